"""The support of the head: its own page, found by a letter; and asking for it."""

from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Form
from api.errors import Forbidden
from api.pages.charter.company.asking import send
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.public.sheet import TONES, WORDS
from api.pages.charter.report.desk import (
    Account,
    account_on,
    base_of,
    hand_on,
    head_in,
    no_report,
)
from api.pages.charter.report.paths import REPORT, REVIEW, SUPPORT, Year
from api.pages.charter.report.shown import groups_of, told_in
from api.pages.charter.report.standing import standing_of
from api.pages.request_ids import request_id_in
from domain.answers import TICKED
from domain.charter.people import check_may_support
from domain.charter.report_sheet import SUPPORT as SUPPORT_BOX
from domain.refusals import N_, Refusal
from storage.drafts.adherence_support import ask_for_support, give_support

router = APIRouter()
PAGE = f"{REPORT}/{SUPPORT}"

UNTICKED = N_("Cochez cette case pour renouveler votre soutien.")
GIVEN = N_("Votre soutien est renouvelé.")
ASKED_NOW = N_("La demande part à %(address)s. Vous verrez ici quand le soutien sera renouvelé.")


@router.get(PAGE)
async def show(adherence_id: UUID, year: Year, desk: Desk) -> Response:
    """Show the head the report as it stands, and what renewing the support says."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    _check_is_head(account.file)
    return desk.screen.go(account.url) if account.closed else _show(desk, account)


@router.post(PAGE)
async def give(adherence_id: UUID, year: Year, form: Form, desk: Desk) -> Response:
    """Renew the support, as the head."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    _check_is_head(account.file)
    if account.closed:
        return desk.screen.go(account.url, account.closed, "info")
    if form.get(SUPPORT_BOX) != TICKED:
        return _show(desk, account, desk.screen.say(UNTICKED), 422)
    try:
        async with desk.db.transaction() as session:
            await give_support(session, hand_on(desk, account))
    except Refusal as refusal:
        return _show(desk, account, desk.say(refusal), 409)
    return desk.screen.go(f"{account.url}/{REVIEW}", GIVEN)


@router.post(f"{PAGE}/demander")
async def ask(adherence_id: UUID, year: Year, form: Form, desk: Desk) -> Response:
    """Write to the head of the company, who alone may renew the support."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    back = f"{account.url}/{REVIEW}"
    try:
        async with desk.db.transaction() as session:
            key = await ask_for_support(session, hand_on(desk, account), request_id_in(form))
    except Refusal as refusal:
        return desk.screen.go(back, desk.say(refusal), "info")
    response = desk.screen.go(back, ASKED_NOW, address=head_in(account.file).email)
    response.background = BackgroundTask(send, desk.engine, (key,))
    return response


def _check_is_head(file: File) -> None:
    try:
        check_may_support(file.charter, file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal


def _show(desk: Desk, account: Account, refused: str = "", status: int = 200) -> Response:
    return desk.screen.show(
        "pages/charter/report/support.html",
        status,
        **base_of(account),
        standing=standing_of(desk, account),
        groups=groups_of(desk, account),
        told=told_in(account),
        words=WORDS,
        tones=TONES,
        support=account.file.charter.report.support,
        is_supported=bool(account.sheet.get(SUPPORT_BOX)),
        left=len(account.gaps),
        support_url=f"{account.url}/{SUPPORT}",
        review_url=f"{account.url}/{REVIEW}",
        complaints={SUPPORT_BOX: refused} if refused else {},
    )
