"""The organiser's desk: the cycles, and everything of one cycle."""

from fastapi import APIRouter

from api.pages.organiser import (
    applications,
    board,
    cancelling,
    cycles,
    dealing,
    ending,
    journal,
    jury,
    letters,
    opening,
    results,
    screening,
)

router = APIRouter()
# « ouvrir » first: it would otherwise be read as the code of a cycle.
for page in (
    cycles,
    opening,
    board,
    cancelling,
    ending,
    applications,
    screening,
    jury,
    dealing,
    results,
    letters,
    journal,
):
    router.include_router(page.router)
