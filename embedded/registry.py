"""A stand-in for the API Recherche d'entreprises, with made-up companies; never in production."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import yaml
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from embedded.parts import Part, Port, python
from embedded.ports import HERE
from embedded.readiness import is_answering
from embedded.registry_answers import Catalogue, answer
from settings import Settings

COMPANIES = Path(__file__).with_name("registry_companies.yaml")
SHORTEST_QUERY = 3


def part(settings: Settings) -> Part:
    """The stand-in as the supervisor sees it."""
    address = f"http://{HERE}:{settings.registry_port}"

    async def ready() -> bool:
        return await is_answering(f"{address}/health")

    return Part(
        name="registry",
        title="Company registry (stand-in)",
        command=python("-m", "embedded.registry", HERE, str(settings.registry_port)),
        is_ready=ready,
        ports=(Port(settings.registry_port, "the company registry", "TROPHEES_REGISTRY_PORT"),),
        offers={"TROPHEES_REGISTRY_URL": address},
    )


def catalogue() -> Catalogue:
    """The made-up companies and the questions that meet a busy registry."""
    return Catalogue.model_validate(yaml.safe_load(COMPANIES.read_text(encoding="utf-8")))


def create_registry() -> FastAPI:
    """The web application that answers as the registry does."""
    app = FastAPI(title="Registry stand-in", docs_url=None, redoc_url=None)
    known = catalogue()
    refusals = {throttled.q: throttled for throttled in known.throttled}
    refused = Counter[str]()

    @app.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.get("/search")
    async def search(q: str = "") -> JSONResponse:
        query = q.strip()
        if len(query) < SHORTEST_QUERY:
            return JSONResponse({"erreur": "3 caractères minimum pour la requête."}, 400)
        busy = refusals.get(query)
        if busy and refused[query] < busy.times:
            refused[query] += 1
            headers = {"Retry-After": str(busy.retry_after)}
            return JSONResponse({"erreur": "Trop de requêtes."}, 429, headers)
        return JSONResponse(answer(known.companies, query, datetime.now(UTC).date()))

    _ = (health, search)
    return app


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(create_registry(), host=sys.argv[1], port=int(sys.argv[2]), access_log=False)
