"""Cancelling a cycle: whom it would write to, and its code typed again before it is done."""

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
from domain.phases import check_cancel
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.reads.organiser.board import Board, board_of
from storage.reads.organiser.concerned import people_concerned
from storage.reads.organiser.tallies import forget

router = APIRouter()

PAGE = DESK + "/annuler"


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """What cancelling would do."""
    return await _shown(screen, desk, db, uuid4())


@router.post(PAGE)
async def cancel(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Cancel the cycle, its code and a reason being given."""
    wrong = _complaints(desk, form)
    if wrong:
        said = {name: screen.say(each.sentence, **each.facts) for name, each in wrong.items()}
        return await _shown(screen, desk, db, request_id_in(form), 422, form, said)
    payload = {"reason": reason_in(form)}
    wish = Wish("cancel", f"cycle:{desk.cycle.id}", request_id_in(form), payload)
    try:
        check_cancel(desk.phase)
        asked = await written_down(db, desk.viewer, wish)
        await engine.cancel_cycle(desk.cycle.code, asked)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, next_request_id(form, refusal), 409, form, said)
    forget(desk.cycle.id)
    return screen.go(
        desk.base, N_("Le cycle est annulé. Les personnes concernées en sont averties.")
    )


def _complaints(desk: Desk, form: PostedForm) -> dict[str, Refusal]:
    wrong: dict[str, Refusal] = {}
    try:
        reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = refusal
    if form.get("code").strip() != desk.cycle.code:
        wrong["code"] = Refusal(N_("Recopiez le code du cycle : %(code)s."), code=desk.cycle.code)
    return wrong


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: dict[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        board: Board = await board_of(session, desk.cycle)
        concerned = await people_concerned(session, desk.cycle.id)
    return screen.show(
        "pages/organiser/cancelling.html",
        status,
        desk=desk,
        board=board,
        concerned=concerned,
        request_id=request_id,
        reason=form.get("reason") if form else "",
        code=form.get("code") if form else "",
        complaints=complaints or {},
    )
