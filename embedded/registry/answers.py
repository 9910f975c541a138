"""How the registry writes a company down: the documented fields, from our short description."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

MASKED = "[NON-DIFFUSIBLE]"
Document = dict[str, Any]


class Site(BaseModel):
    """One place of a company."""

    siret: str
    commune: str
    city: str
    postcode: str
    departement: str
    region: str
    epci: str


class Company(Site):
    """A made-up company, seated at its own site."""

    name: str
    activity: str
    category: str
    staff: str
    legal_form: str = "5710"
    created: date = date(2009, 4, 1)
    age_days: int | None = None
    state: str = "A"
    closed_on: date | None = None
    diffusion: str = "O"
    siae: list[str] = []
    adapted: list[str] = []
    ess: bool = False
    association: bool = False
    mission: bool = False
    responsible_buyer: bool = False
    sites: list[Site] = []

    @property
    def siren(self) -> str:
        """The number of the company, without that of the place."""
        return self.siret[:9]

    def created_on(self, today: date) -> date:
        """When it was registered; some companies stay young for ever."""
        return today - timedelta(days=self.age_days) if self.age_days else self.created


class Throttled(BaseModel):
    """A question that the registry answers with 429 so many times."""

    q: str
    times: int
    retry_after: int


class Catalogue(BaseModel):
    """What the stand-in knows."""

    companies: list[Company]
    throttled: list[Throttled]


def answer(companies: list[Company], query: str, today: date) -> Document:
    """One page of results, as the registry frames it."""
    found = [company for company in companies if _matches(company, query)]
    return {
        "results": [_company(company, query, today) for company in found],
        "total_results": len(found),
        "page": 1,
        "per_page": 10,
        "total_pages": 1 if found else 0,
    }


def _matches(company: Company, query: str) -> bool:
    if query.isdigit() and len(query) in {9, 14}:
        return query in {company.siren, company.siret, *(site.siret for site in company.sites)}
    return query.casefold() in company.name.casefold()


def _company(company: Company, query: str, today: date) -> Document:
    sites = [company, *company.sites]
    matching = [site for site in sites if query in {site.siret, company.siren}] or [company]
    created = company.created_on(today).isoformat()
    return {
        "siren": company.siren,
        "nom_complet": company.name.upper(),
        "nom_raison_sociale": company.name.upper(),
        "sigle": None,
        "nombre_etablissements": len(sites),
        "nombre_etablissements_ouverts": len(sites) if company.state == "A" else 0,
        "siege": _site(company, company, created),
        "activite_principale": company.activity,
        "categorie_entreprise": company.category,
        "date_creation": created,
        "date_fermeture": company.closed_on.isoformat() if company.closed_on else None,
        "dirigeants": [],
        "etat_administratif": company.state,
        "nature_juridique": company.legal_form,
        "tranche_effectif_salarie": company.staff,
        "statut_diffusion": company.diffusion,
        "matching_etablissements": [_site(company, site, created) for site in matching],
        "finances": None,
        "bodacc": {"radiation": None, "procedure_collective": None},
        "complements": _complements(company),
    }


def _site(company: Company, site: Site, created: str) -> Document:
    masked = company.diffusion != "O"
    address = f"1 RUE DE L'EXEMPLE {site.postcode} {site.city.upper()}"
    return {
        "siret": site.siret,
        "activite_principale": company.activity,
        "adresse": MASKED if masked else address,
        "code_postal": MASKED if masked else site.postcode,
        "commune": site.commune,
        "libelle_commune": site.city.upper(),
        "departement": site.departement,
        "region": site.region,
        "epci": site.epci,
        "date_creation": created,
        "est_siege": site.siret == company.siret,
        "etat_administratif": "F" if company.state == "C" else "A",
        "statut_diffusion_etablissement": company.diffusion,
        "tranche_effectif_salarie": company.staff,
    }


def _complements(company: Company) -> Mapping[str, bool | list[str] | str | None]:
    types = [*company.siae, *company.adapted]
    return {
        "est_siae": bool(types),
        "type_siae": types or None,
        "est_ess": company.ess,
        "est_association": company.association,
        "est_societe_mission": company.mission,
        "est_achats_responsables": company.responsible_buyer,
        "egapro_renseignee": False,
        "convention_collective_renseignee": True,
    }
