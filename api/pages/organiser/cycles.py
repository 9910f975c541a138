"""The cycles that one may organise."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen, SignedInViewer
from api.errors import Forbidden
from domain.phases import NAMES
from domain.refusals import N_
from storage.reads.organiser.cycles import organised_year

router = APIRouter()


@router.get("/organisation")
async def show(
    viewer: SignedInViewer, db: Db, screen: Screen, annee: int | None = None
) -> Response:
    """The cycles of a year, with where they stand."""
    if not viewer.is_organiser:
        raise Forbidden(N_("Cette page est réservée aux personnes qui organisent un cycle."))
    organises = None if viewer.organises_everything else viewer.organises
    async with db.transaction() as session:
        year = await organised_year(session, organises, annee)
    return screen.show(
        "pages/organiser/cycles.html",
        shown=year,
        phases={phase: screen.say(name) for phase, name in NAMES.items()},
        may_open=viewer.organises_everything,
    )
