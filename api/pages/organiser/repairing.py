"""Repairing the deal: who leaves, what would change hands, then the act that was shown."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import Wish, next_request_id, reason_in, request_id_in, written_down
from api.pages.organiser.desk import DESK, AtDesk, Desk
from domain.dealing import check_repair
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.reads.organiser.repairing import repair_preview
from storage.reads.organiser.tallies import forget

router = APIRouter()

PAGE = DESK + "/attribution/reparation"
MOST_LEAVERS = 50


@router.get(PAGE)
async def show(desk: AtDesk, request: Request, db: Db, screen: Screen) -> Response:
    """What a repair would change, without those who are said to leave."""
    leaving = _leaving(request.query_params.getlist("depart"))
    return await _tried(screen, db, desk, leaving, uuid4(), {})


@router.post(PAGE)
async def repair(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Make the repair that was shown, or show what it has become."""
    leaving = _leaving(form.getlist("depart"))
    try:
        payload = {
            "leaving": leaving,
            "key": form.get("key"),
            "reserve": form.get("reserve") == "yes",
            "reason": reason_in(form),
        }
        wish = Wish("repair_deal", f"cycle:{desk.cycle.id}", request_id_in(form), payload)
        asked = await written_down(db, desk.viewer, wish)
        await engine.repair_deal(desk.cycle.code, asked)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        typed = {"reason": form.get("reason"), "reserve": form.get("reserve")}
        again = next_request_id(form, refusal)
        return await _tried(screen, db, desk, leaving, again, typed, said)
    forget(desk.cycle.id)
    return screen.go(
        f"{desk.base}/attribution",
        N_("L'attribution est réparée. Les personnes concernées reçoivent une lettre."),
    )


async def _tried(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    db: Database,
    desk: Desk,
    leaving: list[str],
    request_id: UUID,
    typed: dict[str, str],
    complaints: dict[str, str] | None = None,
) -> Response:
    said = complaints or {}
    preview, seats = None, None
    try:
        check_repair(desk.phase)
        async with db.transaction() as session:
            seats = (await repair_preview(session, desk.cycle, [])).seats
            preview = await repair_preview(session, desk.cycle, leaving)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)} | said
    return screen.show(
        "pages/organiser/dealing/repair.html",
        409 if said else 200,
        desk=desk,
        preview=preview,
        seats=sorted((seats or {}).items(), key=lambda each: each[1]),
        leaving=leaving,
        request_id=request_id,
        typed=typed,
        complaints=said,
    )


def _leaving(typed: list[str]) -> list[str]:
    """The ids that were ticked; one that is none is nobody's, and refused as such."""
    return sorted({each.lower() for each in typed[:MOST_LEAVERS]})
