"""The public register of companies, asked politely: API Recherche d'entreprises."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from time import monotonic
from typing import Any, cast

import httpx

from domain.registry import UNKNOWN, UNREACHABLE, RegistryFacts, day_in, text_in, texts_in
from domain.siret import Siret

# The register bans who does not say who they are, and somebody waits for the page.
USER_AGENT = "trophees-insertion/1 (https://github.com/trophees-insertion)"
PATIENCE = httpx.Timeout(4.0)
KEPT_FOR = timedelta(hours=24).total_seconds()
KEPT_AT_MOST = 2000
BUSY_FOR = 5.0
BUSY_AT_MOST = 3600.0
ACTIVE = "A"
TOO_MANY_REQUESTS = 429

Document = Mapping[str, Any]


class Registry:
    """Looks establishments up; when it cannot, it says so rather than wait."""

    def __init__(self, url: str, clock: Callable[[], float] = monotonic) -> None:
        self._url = url.rstrip("/")
        self._clock = clock
        self._known: dict[Siret, tuple[float, RegistryFacts]] = {}
        self._quiet_until = 0.0
        self._line: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Hang up; whoever asks again is connected again."""
        line, self._line = self._line, None
        if line is not None:
            await line.aclose()

    async def facts_about(self, siret: Siret) -> RegistryFacts:
        """What the register says of this establishment, at most a day old."""
        kept = self._kept(siret)
        if kept is not None:
            return kept
        if self._clock() < self._quiet_until:
            return UNREACHABLE
        facts = await self._asked(siret)
        if facts.found:
            self._keep(siret, facts)
        return facts

    async def _asked(self, siret: Siret) -> RegistryFacts:
        try:
            answer = await self._connected().get(f"{self._url}/search", params={"q": siret})
            if answer.status_code == TOO_MANY_REQUESTS:
                self._quiet_until = self._clock() + _pause(answer.headers.get("Retry-After", ""))
            if not answer.is_success:
                return UNREACHABLE
            return facts_in(answer.json(), siret)
        except (httpx.HTTPError, ValueError):
            return UNREACHABLE

    def _connected(self) -> httpx.AsyncClient:
        """The one client: reading the certificates for each question would take longer than asking."""
        if self._line is None:
            headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
            # Sooner than servers hang up, which do so after five seconds of silence and more.
            limits = httpx.Limits(keepalive_expiry=2)
            self._line = httpx.AsyncClient(timeout=PATIENCE, headers=headers, limits=limits)
        return self._line

    def _kept(self, siret: Siret) -> RegistryFacts | None:
        since, facts = self._known.get(siret, (0.0, None))
        return facts if facts and self._clock() - since < KEPT_FOR else None

    def _keep(self, siret: Siret, facts: RegistryFacts) -> None:
        if len(self._known) >= KEPT_AT_MOST:
            self._known.pop(next(iter(self._known)))
        self._known[siret] = (self._clock(), facts)


@lru_cache
def registry_at(url: str) -> Registry:
    """The register of that address: one per process, so that its silences are respected by all."""
    return Registry(url)


def facts_in(document: object, siret: Siret) -> RegistryFacts:
    """The facts in an answer of the register, whatever is missing from it."""
    results = _documents(_document(document).get("results"))
    found = (
        _facts(company, site)
        for company in results
        for site in _sites(company)
        if site.get("siret") == siret
    )
    return next(found, UNKNOWN)


def _facts(company: Document, site: Document) -> RegistryFacts:
    more = _document(company.get("complements"))
    notices = _document(company.get("bodacc"))
    return RegistryFacts(
        found=True,
        verified=True,
        active=_is_active(company, site),
        created_on=day_in(company.get("date_creation")) or day_in(site.get("date_creation")),
        name=text_in(company.get("nom_raison_sociale")) or text_in(company.get("nom_complet")),
        commune=text_in(site.get("commune")),
        city=text_in(site.get("libelle_commune")),
        department=text_in(site.get("departement")),
        region=text_in(site.get("region")),
        size_code=text_in(company.get("tranche_effectif_salarie")),
        activity=text_in(site.get("activite_principale")),
        legal_form=text_in(company.get("nature_juridique")),
        company_size=text_in(company.get("categorie_entreprise")),
        siae_types=texts_in(more.get("type_siae")),
        is_association=more.get("est_association") is True,
        insolvency=text_in(_document(notices.get("procedure_collective")).get("statut")),
    )


def _sites(company: Document) -> Iterator[Document]:
    yield from _documents(company.get("matching_etablissements"))
    yield _document(company.get("siege"))


def _is_active(company: Document, site: Document) -> bool | None:
    states = [each.get("etat_administratif") for each in (company, site)]
    known = [state for state in states if state]
    return all(state == ACTIVE for state in known) if known else None


def _pause(retry_after: str) -> float:
    """How long the register wants silence, in seconds; its dates are read as the usual pause."""
    is_seconds = retry_after.isascii() and retry_after.isdigit()
    return min(float(retry_after), BUSY_AT_MOST) if is_seconds else BUSY_FOR


def _document(value: object) -> Document:
    return cast("Document", value) if isinstance(value, dict) else {}


def _documents(value: object) -> list[Document]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [_document(item) for item in items]
