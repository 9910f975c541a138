"""The web application that answers as the API Recherche d'entreprises does."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import yaml
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from embedded.registry.answers import Catalogue, Throttled, answer

COMPANIES = Path(__file__).parent.parent / "registry_companies.yaml"
SHORTEST_QUERY = 3


def catalogue() -> Catalogue:
    """The made-up companies and the questions that meet a busy registry."""
    return Catalogue.model_validate(yaml.safe_load(COMPANIES.read_text(encoding="utf-8")))


class Registry:
    """Answers questions, and is sometimes too busy to."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._throttled = {throttled.q: throttled for throttled in known.throttled}
        self._refused = Counter[str]()

    async def health(self, _request: Request) -> JSONResponse:
        """Answer that the stand-in is there."""
        return JSONResponse({"status": "ok"})

    async def search(self, request: Request) -> JSONResponse:
        """Answer a search by SIRET, by SIREN, or by a part of the name."""
        query = request.query_params.get("q", "").strip()
        if len(query) < SHORTEST_QUERY:
            return JSONResponse({"erreur": "3 caractères minimum pour la requête."}, 400)
        if busy := self._too_busy_for(query):
            headers = {"Retry-After": str(busy.retry_after)}
            return JSONResponse({"erreur": "Trop de requêtes."}, 429, headers)
        return JSONResponse(answer(self._known.companies, query, datetime.now(UTC).date()))

    def _too_busy_for(self, query: str) -> Throttled | None:
        busy = self._throttled.get(query)
        if busy is None or self._refused[query] >= busy.times:
            return None
        self._refused[query] += 1
        return busy


def create_registry() -> Starlette:
    """The application, with nobody refused yet."""
    registry = Registry(catalogue())
    return Starlette(routes=[Route("/health", registry.health), Route("/search", registry.search)])
