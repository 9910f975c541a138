"""The same acts, for programs: ``/api/v1``."""

from typing import Any

from fastapi import APIRouter

from api.rest import (
    applications,
    calendars,
    cycles,
    doubts,
    edition_plans,
    editions,
    jurors,
    login_links,
    regrouping,
    results,
    votes,
)
from api.rest.described import router as described
from api.rest.shapes import ProblemDocument

OUTCOMES: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A refusal or an error, in words (RFC 9457).",
        "content": {"application/problem+json": {"schema": ProblemDocument.model_json_schema()}},
    }
}

router = APIRouter()
for noun in (
    editions,
    edition_plans,
    cycles,
    calendars,
    regrouping,
    applications,
    doubts,
    jurors,
    results,
    votes,
    login_links,
):
    router.include_router(noun.router, prefix="/api/v1", responses=OUTCOMES)
router.include_router(described)
