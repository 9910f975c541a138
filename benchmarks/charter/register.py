"""A register that knows every company of the benchmark, and that all are open."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def create_register() -> Starlette:
    """It answers as the public register does, with the fields that a look at an adherent reads."""
    return Starlette(routes=[Route("/search", _search)])


async def _search(request: Request) -> JSONResponse:
    siret = request.query_params["q"]
    site = {"siret": siret, "etat_administratif": "A"}
    company = {"etat_administratif": "A", "siege": site, "matching_etablissements": [site]}
    return JSONResponse({"results": [company], "total_results": 1})
