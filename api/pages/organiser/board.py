"""The board of a cycle: where it stands, what blocks, what comes next."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.organiser.desk import DESK, AtDesk
from api.pages.organiser.outlook import blockers, uncovered
from api.pages.public.steps import steps_of
from domain.applications import Status
from domain.early_end import ends_at
from domain.phases import ENDED, MAY_END_EARLY, NAMES, ORDER, Phase
from domain.refusals import N_
from storage.reads.organiser.board import Board, board_of
from wording.typography import short_day

router = APIRouter()


@router.get(DESK)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The cycle at a glance; the counts are asked again every five seconds."""
    async with db.transaction() as session:
        board = await board_of(session, desk.cycle)
    return screen.show(
        "pages/organiser/board.html",
        desk=desk,
        board=board,
        until=ends_at(board.calendar, board.phase),
        counts={status.name: board.applications.of(status) for status in Status},
        uncovered=uncovered(board),
        blockers=blockers(board, screen.now),
        phases=timeline(screen, board),
        steps=steps_of(board.calendar),
        may_end=board.phase in MAY_END_EARLY,
        may_cancel=board.phase not in ENDED,
    )


def timeline(screen: Screen, board: Board) -> list[dict[str, object]]:
    """The phases, each with the day on which it ends."""
    return [
        {"key": phase, "title": screen.say(NAMES[phase]), "when": _ending(screen, board, phase)}
        for phase in ORDER
        if phase is not Phase.CLOSED
    ]


def _ending(screen: Screen, board: Board, phase: Phase) -> str:
    end = ends_at(board.calendar, phase) or (
        board.calendar.deliberation_until if phase is Phase.DELIBERATION else None
    )
    if end is None:
        return ""
    return screen.say(N_("jusqu'au %(day)s"), day=short_day(end, screen.language))
