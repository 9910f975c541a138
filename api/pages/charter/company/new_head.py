"""A new head of the company reads what was promised, and signs it in turn."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import Forbidden
from api.pages.charter.company.asking import Wish, ask
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import HEAD, REVIEW, home_of, page_of
from api.pages.charter.company.review import promises_of
from api.pages.charter.company.signing import Hand, hand_in, wrong_in
from api.pages.request_ids import next_request_id
from domain.charter.people import check_is_next_head
from domain.charter.states import Act
from domain.charter.wording import siren_in_groups
from domain.refusals import N_, Refusal
from storage.reads.charter.roles import ToSign, to_sign

router = APIRouter()
PAGE = "/adhesions/{adherence_id}/" + HEAD

SIGNED = N_("Vous avez signé : vous dirigez maintenant cette adhésion.")


@router.get(PAGE)
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Show the promises in force to who was named."""
    file = await desk.file(adherence_id)
    asked = await _asked(desk, file)
    return _show(desk, file, asked, Hand(uuid4(), asked.head.name, asked.head.function))


@router.post(PAGE)
async def sign(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Sign what was read, or say why it cannot be signed."""
    file, hand = await desk.file(adherence_id), hand_in(form)
    asked = await _asked(desk, file)
    wrong = wrong_in(hand)
    if wrong:
        return _show(desk, file, asked, hand, desk.said(wrong), 422)
    said: dict[str, object] = {
        "name": hand.name,
        "function": hand.function,
        "fingerprint": form.get("fingerprint"),
    }
    try:
        await ask(desk, file, Wish(Act.TAKE_OVER, hand.request_id, said))
    except Refusal as refusal:
        again = replace(hand, request_id=next_request_id(form, refusal))
        return _show(desk, file, asked, again, {"": desk.say(refusal)}, 409)
    return desk.screen.go(home_of(file.id), SIGNED)


async def _asked(desk: Desk, file: File) -> ToSign:
    try:
        check_is_next_head(file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal
    async with desk.db.transaction() as session:
        asked = await to_sign(session, file.id)
    if asked is None:
        raise Forbidden(N_("Cette signature n'est plus demandée."))
    return asked


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    asked: ToSign,
    hand: Hand,
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    then = replace(file, entry=asked.entry, fingerprint=asked.fingerprint)
    return desk.screen.show(
        "pages/charter/company/new_head.html",
        status,
        file=then,
        home=home_of(file.id),
        url=page_of(file.id, HEAD),
        review_url=page_of(file.id, REVIEW),
        promises=promises_of(desk, then),
        siren=siren_in_groups(file.siren),
        term=file.situation.term_on,
        hand=hand,
        complaints=dict(complaints or {}),
    )
