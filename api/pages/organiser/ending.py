"""Ending a phase early: what it will do is said before it is done."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from domain.applications import Status
from domain.phases import NAMES, Phase, check_end
from domain.refusals import N_, Refusal
from domain.wire.cycle import EndPhase
from storage.database import Database
from storage.reads.organiser.board import Board, board_of
from storage.reads.organiser.tallies import forget

router = APIRouter()

PAGE = DESK + "/clore-la-phase"


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """What ending the phase now would do."""
    return _shown(screen, desk, await _board(db, desk), uuid4())


@router.post(PAGE)
async def end(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """End the phase that the person saw, with a reason for the journal."""
    try:
        reason = reason_in(form)
    except Refusal as refusal:
        return await _again(screen, desk, db, form, "reason", refusal, 422)
    try:
        phase = _phase_in(form)
        payload = {"reason": reason, "phase": phase}
        wish = Wish("end_phase", f"cycle:{desk.cycle.id}", request_id_in(form), payload)
        check_end(desk.phase, phase)
        asked = await written_down(db, desk.viewer, wish)
        ask = EndPhase(asked.request, asked.arrived_at, phase)
        state = await engine.end_phase(desk.cycle.code, ask)
    except Refusal as refusal:
        return await _again(screen, desk, db, form, "", refusal, 409)
    forget(desk.cycle.id)
    now_in = screen.say(NAMES[state.phase])
    return screen.go(
        desk.base,
        N_("La phase est close. Le cycle est maintenant à l'étape « %(phase)s »."),
        phase=now_in,
    )


async def _board(db: Database, desk: Desk) -> Board:
    async with db.transaction() as session:
        return await board_of(session, desk.cycle)


async def _again(  # noqa: PLR0913, PLR0917  (the page, what was typed, and what is wrong)
    screen: Screen,
    desk: Desk,
    db: Database,
    form: PostedForm,
    field: str,
    refusal: Refusal,
    status: int,
) -> Response:
    said = {field: screen.say(refusal.sentence, **refusal.facts)}
    request_id = next_request_id(form, refusal)
    return _shown(screen, desk, await _board(db, desk), request_id, status, form, said)


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    board: Board,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: dict[str, str] | None = None,
) -> Response:
    return screen.show(
        "pages/organiser/ending.html",
        status,
        desk=desk,
        board=board,
        counts={each.name: board.applications.of(each) for each in Status},
        request_id=request_id,
        reason=form.get("reason") if form else "",
        complaints=complaints or {},
    )


def _phase_in(form: PostedForm) -> Phase:
    """The phase that the page showed; an unknown one is not running."""
    try:
        return Phase(form.get("phase"))
    except ValueError:
        raise Refusal(
            N_("Cette phase n'est pas en cours. Rechargez la page pour voir où en est le cycle.")
        ) from None
