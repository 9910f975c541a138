"""Withdraw an application, knowing what it does."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.applications.asking import Wish, ask, is_final
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import home_of, page_of
from api.pages.applications.typed import request_id_in
from domain.applications import Act, moved
from domain.members import check_may_send
from domain.refusals import N_, Refusal, Unanswered

router = APIRouter()

LONGEST_REASON = 2000


@router.get("/candidatures/{application_id}/retrait")
async def show(application_id: UUID, desk: Desk) -> Response:
    """Say what a withdrawal does, and ask why."""
    return _show(desk, await desk.work(application_id), uuid4())


@router.post("/candidatures/{application_id}/retrait")
async def withdraw(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Withdraw the application, with the reason."""
    work = await desk.work(application_id)
    reason, request_id = form.get("reason").strip(), request_id_in(form)
    refused = _refused(work)
    if refused:
        return _show(desk, work, request_id, reason, {"": refused}, 409)
    if not 0 < len(reason) <= LONGEST_REASON:
        wrong = Refusal(N_("Dites en quelques mots pourquoi, en 2 000 caractères au plus."))
        return _show(desk, work, request_id, reason, {"reason": wrong}, 422)
    try:
        wish = Wish(Act.WITHDRAW, request_id, {"reason": reason})
        await ask(desk.db, desk.engine, desk.viewer, work, wish)
    except Unanswered as later:
        return desk.go_home(work, later)
    except Refusal as refusal:
        again = uuid4() if is_final(refusal) else request_id
        return _show(desk, work, again, reason, {"": refusal}, 409)
    return desk.screen.go(home_of(work.id), N_("Votre candidature est retirée."))


def _refused(work: Work) -> Refusal | None:
    """Why this person may not withdraw it now, if they may not."""
    try:
        moved(work.status, Act.WITHDRAW)
        check_may_send(work.role)
    except Refusal as refusal:
        return refusal
    return None


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    work: Work,
    request_id: UUID,
    reason: str = "",
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    refused = _refused(work)
    return desk.screen.show(
        "pages/applications/withdraw.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, "retrait"),
        request_id=request_id,
        reason=reason,
        limit=LONGEST_REASON,
        refused=desk.say(refused) if refused else "",
        complaints=desk.said(complaints or {}),
    )
