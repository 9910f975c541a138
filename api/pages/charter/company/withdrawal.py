"""Leave the charter, knowing what it does."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import Forbidden
from api.pages.charter.company.asking import Wish, ask
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.leaving import LONGEST_REASON, TOO_LONG
from api.pages.charter.company.paths import WITHDRAWAL, home_of, page_of
from api.pages.request_ids import next_request_id, request_id_in
from domain.charter.people import check_may_withdraw
from domain.charter.states import Act, State, check_allowed
from domain.refusals import N_, Refusal

router = APIRouter()

UNCONFIRMED = N_("Cochez cette case pour confirmer le retrait.")


@router.get("/adhesions/{adherence_id}/retrait")
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Say what leaving does, and ask to confirm."""
    file = await desk.file(adherence_id)
    _check_may(file)
    return _show(desk, file, uuid4())


@router.post("/adhesions/{adherence_id}/retrait")
async def withdraw(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Leave the charter."""
    file = await desk.file(adherence_id)
    _check_may(file)
    reason, request_id = form.get("reason").strip(), request_id_in(form)
    if file.state is State.WITHDRAWN:
        return desk.screen.go(home_of(file.id))
    wrong: dict[str, Refusal] = {}
    if len(reason) > LONGEST_REASON:
        wrong["reason"] = Refusal(TOO_LONG)
    if form.get("confirm") != "yes":
        wrong["confirm"] = Refusal(UNCONFIRMED)
    if wrong:
        return _show(desk, file, request_id, reason, wrong, 422)
    try:
        await ask(desk, file, Wish(Act.WITHDRAW, request_id, {"reason": reason}))
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return _show(desk, file, again, reason, {"": refusal}, 409)
    return desk.screen.go(home_of(file.id), N_("Votre organisation s'est retirée de la charte."))


def _check_may(file: File) -> None:
    try:
        check_may_withdraw(file.charter, file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    request_id: UUID,
    reason: str = "",
    complaints: Mapping[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    today, periods, report = desk.today(file), file.charter.periods, file.situation.report
    return desk.screen.show(
        "pages/charter/company/withdrawal.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, WITHDRAWAL),
        report_url=f"{home_of(file.id)}/bilan/{report.year}" if report else "",
        is_report_missing=file.situation.missed_on is not None,
        shown_months=periods.display_withdrawn_months,
        digital_on=today + timedelta(days=periods.badge_digital_days),
        print_on=today + timedelta(days=periods.badge_print_days),
        request_id=request_id,
        reason=reason,
        limit=LONGEST_REASON,
        refused=_refused(desk, file),
        complaints=desk.said(complaints or {}),
    )


def _refused(desk: Desk, file: File) -> str:
    """Why the company may not leave now, if it may not."""
    try:
        check_allowed(file.state, Act.WITHDRAW)
    except Refusal as refusal:
        return desk.say(refusal)
    return ""
