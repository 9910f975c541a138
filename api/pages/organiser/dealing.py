"""The deal of files to jurors: tried before evaluation opens, told afterwards."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.organiser.desk import DESK, AtDesk
from api.pages.organiser.outlook import uncovered
from domain.phases import Phase
from storage.reads.organiser.board import board_of
from storage.reads.organiser.dealing import deal_preview

router = APIRouter()

BEFORE = frozenset({Phase.PREPARED, Phase.OPEN, Phase.SCREENING})


@router.get(DESK + "/attribution")
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """What the deal would give now, or what it gave."""
    async with db.transaction() as session:
        board = await board_of(session, desk.cycle)
        is_before = desk.phase in BEFORE
        preview = await deal_preview(session, desk.cycle) if is_before else None
    return screen.show(
        "pages/organiser/dealing.html",
        desk=desk,
        board=board,
        preview=preview,
        uncovered=uncovered(board),
        dealt_at=desk.cycle.dealt_at,
    )
