"""The letter of engagement: the head of the company reads it, signs it, and keeps the receipt."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.charter.company.asking import Wish, ask
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.lacks import lacks_of
from api.pages.charter.company.paths import REVIEW, SIGNATURE, home_of, page_of
from api.pages.charter.company.review import promises_of
from api.pages.charter.company.signing import CHANGED, Hand, check_is_head, hand_in, wrong_in
from api.pages.request_ids import next_request_id
from domain.charter.entry import NOBODY
from domain.charter.states import ALLOWED, Act, State
from domain.charter.wording import siren_in_groups
from domain.charter.writing import term_to_sign
from domain.refusals import Refusal
from storage.reads.charter.company_trail import Signed, signed_of

router = APIRouter()


@router.get("/adhesions/{adherence_id}/signature")
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Show the letter to the head of the company; the receipt once it is signed."""
    file = await desk.file(adherence_id)
    if file.state not in ALLOWED[Act.SIGN]:
        return await _receipt(desk, file)
    check_is_head(file)
    head = file.entry.roles.get(file.charter.signatory.code, NOBODY)
    return _show(desk, file, Hand(uuid4(), head.name, head.function))


@router.post("/adhesions/{adherence_id}/signature")
async def sign(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Sign what was read, or say why it cannot be signed."""
    file, hand = await desk.file(adherence_id), hand_in(form)
    check_is_head(file)
    if file.state is State.FILED:
        return desk.screen.go(page_of(file.id, SIGNATURE))
    closed = desk.closed(file)
    if closed:
        return _show(desk, file, hand, {"": closed}, 409)
    read = form.get("fingerprint")
    if read != file.fingerprint:
        return _show(desk, file, hand, {"": desk.screen.say(CHANGED)}, 409)
    wrong = wrong_in(hand)
    if wrong or lacks_of(desk, file):
        return _show(desk, file, hand, desk.said(wrong), 422)
    said: dict[str, object] = {"name": hand.name, "function": hand.function, "fingerprint": read}
    try:
        await ask(desk, file, Wish(Act.SIGN, hand.request_id, said))
    except Refusal as refusal:
        again = replace(hand, request_id=next_request_id(form, refusal))
        return _show(desk, await desk.file(file.id), again, {"": desk.say(refusal)}, 409)
    return desk.screen.go(page_of(file.id, SIGNATURE))


def _show(
    desk: Desk,
    file: File,
    hand: Hand,
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    return desk.screen.show(
        "pages/charter/company/signature.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, SIGNATURE),
        review_url=page_of(file.id, REVIEW),
        hand=hand,
        siren=siren_in_groups(file.siren),
        promises=promises_of(desk, file),
        term=term_to_sign(file.situation, file.charter.periods, desk.now),
        lacks=lacks_of(desk, file),
        closed=desk.closed(file),
        complaints=dict(complaints or {}),
    )


async def _receipt(desk: Desk, file: File) -> Response:
    async with desk.db.transaction() as session:
        signed = await signed_of(session, file.id)
    if not signed:
        return desk.screen.go(home_of(file.id))
    return desk.screen.show(
        "pages/charter/company/receipt.html",
        file=file,
        home=home_of(file.id),
        review_url=page_of(file.id, REVIEW),
        signed=signed[0],
        number=number_of(file, signed[0]),
        siren=siren_in_groups(file.siren),
        review_days=file.charter.periods.review_days,
    )


def number_of(file: File, signed: Signed) -> str:
    """The number under which a letter of engagement is known: the company's, and which of them."""
    return f"{siren_in_groups(file.siren)}-{signed.number}"
