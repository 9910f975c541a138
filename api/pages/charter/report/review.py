"""Read the whole report again, as the public will, then send it."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.charter.company.asking import Wish, ask
from api.pages.charter.company.desk import Desk
from api.pages.charter.company.lacks import Lack
from api.pages.charter.public.sheet import TONES, WORDS
from api.pages.charter.report.desk import Account, account_on, base_of, no_report
from api.pages.charter.report.paths import EVIDENCE, REPORT, REVIEW, SUPPORT, Year
from api.pages.charter.report.shown import groups_of, label_of, told_in
from api.pages.charter.report.standing import standing_of
from api.pages.request_ids import next_request_id, request_id_in
from domain.charter.gaps import Gap, Part
from domain.charter.people import may_support
from domain.charter.report_sheet import SUPPORT as SUPPORT_BOX
from domain.charter.report_sheet import box_of
from domain.charter.states import Act
from domain.refusals import N_, Refusal
from storage.acts.charter.reports import CHANGED
from storage.drafts.adherence_support import ASKED
from storage.reads.charter.company_trail import last_asked

router = APIRouter()

INCOMPLETE = N_("Le bilan n'est pas complet : voici ce qu'il reste à faire.")
ALREADY = N_("Ce bilan est déjà envoyé : voici son récépissé.")
ARRIVED = N_("Votre bilan est arrivé.")
WAITS_FOR_HEAD = N_(
    "Il attend la personne qui dirige la structure, qui seule peut le renouveler : demandez-le-lui "
    "par lettre, plus bas."
)


@router.get(f"{REPORT}/{REVIEW}")
async def read_again(adherence_id: UUID, year: Year, desk: Desk) -> Response:
    """Show everything that would be sent, what is missing, and what the public will read."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    return desk.screen.go(account.url) if account.closed else await _show(desk, account, uuid4())


@router.post(f"{REPORT}/{REVIEW}")
async def send(adherence_id: UUID, year: Year, form: Form, desk: Desk) -> Response:
    """Send what was read, or say why it cannot be sent."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    if account.closed:
        already = ALREADY if account.report.is_sent else account.closed
        return desk.screen.go(account.url, already, "info")
    request_id, read = request_id_in(form), form.get("fingerprint")
    if account.gaps:
        return await _show(desk, account, request_id, desk.screen.say(INCOMPLETE), 422)
    if read != account.report.fingerprint:
        return await _show(desk, account, request_id, desk.screen.say(CHANGED), 409)
    try:
        await ask(desk, account.file, Wish(Act.FILE_REPORT, request_id, {"fingerprint": read}))
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        fresh = await account_on(desk, adherence_id, year) or account
        return await _show(desk, fresh, again, desk.say(refusal), 409)
    return desk.screen.go(account.url, ARRIVED)


async def _show(
    desk: Desk, account: Account, request_id: UUID, refused: str = "", status: int = 200
) -> Response:
    async with desk.db.transaction() as session:
        asked_at = await last_asked(session, account.file.id, ASKED)
    return desk.screen.show(
        "pages/charter/report/review.html",
        status,
        **base_of(account),
        standing=standing_of(desk, account),
        groups=groups_of(desk, account),
        told=told_in(account),
        words=WORDS,
        tones=TONES,
        lacks=[_lack(desk, account, each) for each in account.gaps],
        is_supported=bool(account.sheet.get(SUPPORT_BOX)),
        support=account.file.charter.report.support,
        threshold=account.file.charter.small_counts,
        evidence_url=f"{account.url}/{EVIDENCE}",
        review_url=f"{account.url}/{REVIEW}",
        support_url=f"{account.url}/{SUPPORT}",
        asked_at=asked_at,
        fingerprint=account.report.fingerprint,
        request_id=request_id,
        refused=refused,
    )


def _lack(desk: Desk, account: Account, gap: Gap) -> Lack:
    box = box_of(gap)
    about = label_of(desk, account, box)
    if gap.section is Part.SUPPORT and not may_support(account.file.charter, account.file.roles):
        return Lack(
            REVIEW, about, desk.screen.say(WAITS_FOR_HEAD), f"{account.url}/{REVIEW}#soutien"
        )
    return Lack(REVIEW, about, desk.say_gap(gap), f"{account.url}#field-{box}")
