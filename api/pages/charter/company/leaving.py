"""Give an entry file up, knowing what it does; and answer the organiser without signing again."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import Forbidden
from api.pages.charter.company.asking import Wish, ask
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import ABANDON, home_of, page_of
from api.pages.request_ids import next_request_id, request_id_in
from domain.charter.people import check_may_abandon
from domain.charter.states import Act, check_allowed
from domain.refusals import N_, Refusal

router = APIRouter()

LONGEST_REASON = 2000
TOO_LONG = N_("Écrivez 2 000 caractères au plus.")


@router.get("/adhesions/{adherence_id}/abandon")
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Say what giving the file up does, and ask to confirm."""
    file = await desk.file(adherence_id)
    _check_may(file)
    return _show(desk, file, uuid4())


@router.post("/adhesions/{adherence_id}/abandon")
async def abandon(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Give the file up."""
    file = await desk.file(adherence_id)
    _check_may(file)
    reason, request_id = form.get("reason").strip(), request_id_in(form)
    if len(reason) > LONGEST_REASON:
        return _show(desk, file, request_id, reason, {"reason": Refusal(TOO_LONG)}, 422)
    try:
        await ask(desk, file, Wish(Act.ABANDON, request_id, {"reason": reason}))
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return _show(desk, file, again, reason, {"": refusal}, 409)
    return desk.screen.go(home_of(file.id), N_("Ce dossier est abandonné."))


def _check_may(file: File) -> None:
    try:
        check_may_abandon(file.charter, file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    request_id: UUID,
    reason: str = "",
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    return desk.screen.show(
        "pages/charter/company/abandon.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, ABANDON),
        request_id=request_id,
        reason=reason,
        limit=LONGEST_REASON,
        refused=_refused(desk, file),
        purge_months=file.charter.periods.purge_months,
        complaints=desk.said(complaints or {}),
    )


def _refused(desk: Desk, file: File) -> str:
    """Why the file may not be given up now, if it may not."""
    try:
        check_allowed(file.state, Act.ABANDON)
    except Refusal as refusal:
        return desk.say(refusal)
    return ""
