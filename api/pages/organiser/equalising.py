"""Raw and adjusted rankings side by side, for the organiser of a cycle."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.errors import NotFound
from api.pages.equalised import shown_of
from api.pages.organiser.desk import DESK, AtDesk
from api.pages.organiser.results import RANKED
from storage.reads.equalised import equalised
from storage.templates import template_of

router = APIRouter()


@router.get(DESK + "/resultats/perequation")
async def show(desk: AtDesk, db: Db, screen: Screen, categorie: str = "") -> Response:
    """What equalisation says of a category, once the ranking is frozen."""
    if desk.phase not in RANKED:
        raise NotFound
    async with db.transaction() as session:
        frozen = await template_of(session, desk.cycle)
        codes = [each.code for each in frozen.categories]
        shown = categorie if categorie in codes else codes[0]
        found = await equalised(session, desk.cycle.id, shown)
    return screen.show(
        "pages/organiser/equalised.html",
        desk=desk,
        category=frozen.category(shown),
        found=found,
        **shown_of(found, frozen.jury.calibration),
    )
