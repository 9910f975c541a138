"""The organiser's desk: the cycles, and everything of one cycle."""

from fastapi import APIRouter

from api.pages.organiser import (
    applications,
    board,
    cancelling,
    confirming,
    correcting,
    corrections,
    cycles,
    dates,
    dealing,
    doubting,
    ending,
    final_terms,
    journal,
    jury,
    letters,
    opening,
    planning_dates,
    planning_groups,
    planning_places,
    promotions,
    results,
    screening,
    steering,
    vote,
    votes,
)

router = APIRouter()
# « ouvrir » and « vote » first: they would otherwise be read as the code of a cycle.
for page in (
    cycles,
    opening,
    confirming,
    planning_dates,
    planning_groups,
    planning_places,
    steering,
    final_terms,
    votes,
    vote,
    board,
    cancelling,
    ending,
    dates,
    applications,
    screening,
    doubting,
    jury,
    dealing,
    results,
    correcting,
    corrections,
    promotions,
    letters,
    journal,
):
    router.include_router(page.router)
