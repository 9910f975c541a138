"""Come back after a withdrawal: at once while the call is open, else with the organiser's word."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.applications.asking import Wish, ask, is_final
from api.pages.applications.desk import Desk, Work
from api.pages.applications.leaving import LONGEST_REASON
from api.pages.applications.paths import home_of, page_of
from api.pages.applications.typed import request_id_in
from domain.applications import Act, Status, moved
from domain.members import check_may_send
from domain.refusals import N_, Refusal, Unanswered
from domain.returning import back_to

router = APIRouter()

ASKED = N_("Votre demande de retour est transmise à l'organisation, qui vous répondra.")
BACK = N_("Votre candidature est de retour.")


@router.get("/candidatures/{application_id}/retour")
async def show(application_id: UUID, desk: Desk) -> Response:
    """Say to what the application would come back, and ask why."""
    return _show(desk, await desk.work(application_id), uuid4())


@router.post("/candidatures/{application_id}/retour")
async def come_back(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Bring the application back, or ask the organiser for it."""
    work = await desk.work(application_id)
    reason, request_id = form.get("reason").strip(), request_id_in(form)
    try:
        back = back_for(desk, work)
    except Refusal as refusal:
        return _show(desk, work, request_id, reason, {"": refusal}, 409)
    if not 0 < len(reason) <= LONGEST_REASON:
        wrong = Refusal(N_("Dites en quelques mots pourquoi, en 2 000 caractères au plus."))
        return _show(desk, work, request_id, reason, {"reason": wrong}, 422)
    try:
        wish = Wish(Act.COME_BACK, request_id, {"reason": reason})
        await ask(desk.db, desk.engine, desk.viewer, work, wish)
    except Unanswered as later:
        return desk.go_home(work, later)
    except Refusal as refusal:
        again = uuid4() if is_final(refusal) else request_id
        return _show(desk, work, again, reason, {"": refusal}, 409)
    return desk.screen.go(home_of(work.id), ASKED if back is Status.RETURNING else BACK)


def back_for(desk: Desk, work: Work) -> Status:
    """Where it would come back for this person now, or a refusal."""
    moved(work.status, Act.COME_BACK)
    check_may_send(work.role)
    return back_to(work.version, work.phase, work.calendar, desk.now)


def may_come_back(desk: Desk, work: Work) -> bool:
    """Whether this person may still bring it back."""
    try:
        back_for(desk, work)
    except Refusal:
        return False
    return True


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    work: Work,
    request_id: UUID,
    reason: str = "",
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    refused, back = "", None
    try:
        back = back_for(desk, work)
    except Refusal as refusal:
        refused = desk.say(refusal)
    return desk.screen.show(
        "pages/applications/come_back.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, "retour"),
        request_id=request_id,
        reason=reason,
        limit=LONGEST_REASON,
        back=back,
        refused=refused,
        complaints=desk.said(complaints or {}),
    )
