"""One score card: the file beside the grid, kept as the juror writes."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.dependencies import Form
from api.pages.jury.card_page import show_card
from api.pages.jury.desk import desk_of
from api.pages.jury.drafting import keep
from api.pages.jury.shut import Shut, shut_page
from api.pages.jury.visit import CARD, AtCard
from domain.refusals import N_

router = APIRouter()


@router.get(CARD)
async def show(visit: AtCard) -> Response:
    """The file and the grid, or the card as it was closed."""
    desk = await desk_of(visit)
    return shut_page(visit, desk) if isinstance(desk, Shut) else show_card(visit.screen, desk)


@router.post(CARD)
async def save(visit: AtCard, form: Form) -> Response:
    """Keep the draft, and go back to the list."""
    desk = await desk_of(visit)
    if isinstance(desk, Shut):
        return shut_page(visit, desk)
    kept = await keep(visit.db, desk, form)
    if kept.complaints:
        return show_card(visit.screen, desk, kept.status, kept.written, kept.complaints)
    return visit.screen.go(
        desk.jury, N_("Votre brouillon est enregistré. Il n'est visible que de vous.")
    )


@router.post(CARD + "/brouillon")
async def autosave(visit: AtCard, form: Form) -> Response:
    """Keep the draft while the juror writes; answers to a script."""
    desk = await desk_of(visit)
    if isinstance(desk, Shut):
        return JSONResponse({}, 409)
    kept = await keep(visit.db, desk, form)
    if kept.complaints:
        return JSONResponse({"wrong": sorted(kept.complaints)}, kept.status)
    return JSONResponse({"revision": kept.revision})
