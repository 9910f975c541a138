"""A new term: prepared on the pages of the file, signed here by the head of the company."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Form
from api.pages.charter.company.asking import Wish, ask, send
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.lacks import lacks_of
from api.pages.charter.company.paths import (
    PARTS,
    RENEWAL,
    REVIEW,
    SIGNATURE,
    SUCCESSOR,
    home_of,
    page_of,
)
from api.pages.charter.company.review import ASKED_NOW, INCOMPLETE, promises_of
from api.pages.charter.company.signing import CHANGED, Hand, check_is_head, hand_in, wrong_in
from api.pages.charter.company.stages import is_awaited
from api.pages.request_ids import next_request_id, request_id_in
from domain.charter.dates import renewal_opens
from domain.charter.entry import NOBODY
from domain.charter.states import ALLOWED, Act, State
from domain.charter.wording import siren_in_groups
from domain.charter.writing import is_renewing, term_to_sign
from domain.refusals import N_, Refusal
from storage.drafts.adherence_people import SIGNATURE as ASKED
from storage.drafts.adherence_people import ask_to_sign, bring_in
from storage.reads.charter.company_trail import last_asked

router = APIRouter()

NOT_OPEN = N_("Le renouvellement n'est pas ouvert.")


@router.get("/adhesions/{adherence_id}/renouvellement")
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Show what would be signed for the new term; or when it opens, or what to cure first."""
    file = await desk.file(adherence_id)
    head = file.entry.roles.get(file.charter.signatory.code, NOBODY)
    return await _show(desk, file, Hand(uuid4(), head.name, head.function))


@router.post("/adhesions/{adherence_id}/renouvellement")
async def renew(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Sign for the new term, or say why it cannot be signed."""
    file, hand = await desk.file(adherence_id), hand_in(form)
    check_is_head(file)
    if not _is_open(desk, file):
        return await _show(desk, file, hand, {"": desk.screen.say(NOT_OPEN)}, 409)
    read = form.get("fingerprint")
    if read != file.fingerprint:
        return await _show(desk, file, hand, {"": desk.screen.say(CHANGED)}, 409)
    wrong = wrong_in(hand)
    if wrong or lacks_of(desk, file):
        return await _show(desk, file, hand, desk.said(wrong), 422)
    said: dict[str, object] = {"name": hand.name, "function": hand.function, "fingerprint": read}
    try:
        await ask(desk, file, Wish(Act.RENEW, hand.request_id, said))
    except Refusal as refusal:
        again = replace(hand, request_id=next_request_id(form, refusal))
        return await _show(desk, await desk.file(file.id), again, {"": desk.say(refusal)}, 409)
    return desk.screen.go(page_of(file.id, SIGNATURE), N_("L'adhésion est renouvelée."))


@router.post("/adhesions/{adherence_id}/renouvellement/demande")
async def ask_the_head(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Write to the head of the company, or say what keeps the new term from being signed."""
    file, hand = await desk.file(adherence_id), Hand(request_id_in(form))
    if not _is_open(desk, file):
        return await _show(desk, file, hand, {"": desk.screen.say(NOT_OPEN)}, 409)
    if lacks_of(desk, file):
        return await _show(desk, file, hand, {"": desk.screen.say(INCOMPLETE)}, 422)
    try:
        async with desk.db.transaction() as session:
            told = await bring_in(session, desk.hand(file))
            key = await ask_to_sign(session, desk.hand(file), hand.request_id)
    except Refusal as refusal:
        return await _show(desk, file, hand, {"": desk.say(refusal)}, 409)
    head = file.entry.roles.get(file.charter.signatory.code, NOBODY)
    response = desk.screen.go(home_of(file.id), ASKED_NOW, address=head.email)
    response.background = BackgroundTask(send, desk.engine, (*told, key))
    return response


def _is_open(desk: Desk, file: File) -> bool:
    return is_renewing(file.situation, file.charter.periods, desk.now)


async def _show(
    desk: Desk,
    file: File,
    hand: Hand,
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    situation, periods = file.situation, file.charter.periods
    opens = renewal_opens(situation.term_on, situation, periods) if situation.term_on else None
    async with desk.db.transaction() as session:
        asked_at = await last_asked(session, file.id, ASKED)
    is_open, report = _is_open(desk, file), situation.report
    return desk.screen.show(
        "pages/charter/company/renewal.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, RENEWAL),
        review_url=page_of(file.id, REVIEW),
        first_url=page_of(file.id, PARTS[1]),
        successor_url=page_of(file.id, SUCCESSOR),
        report_url=f"{home_of(file.id)}/bilan/{report.year}" if report else "",
        is_report_awaited=is_awaited(file),
        is_open=is_open,
        is_blocked=file.state not in ALLOWED[Act.RENEW],
        is_suspended=file.state is State.SUSPENDED,
        is_ceased=file.state is State.CEASED,
        opens=opens,
        term=situation.term_on,
        new_term=term_to_sign(situation, periods, desk.now) if is_open else None,
        promises=promises_of(desk, file) if is_open else (),
        lacks=lacks_of(desk, file) if is_open else (),
        siren=siren_in_groups(file.siren),
        head=file.entry.roles.get(file.charter.signatory.code, NOBODY),
        is_head=file.charter.signatory.code in file.roles,
        asked_at=asked_at if asked_at and opens and asked_at >= opens else None,
        hand=hand,
        complaints=dict(complaints or {}),
    )
