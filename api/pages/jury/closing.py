"""Closing a card: read through and sealed, or left without marks, with a reason."""

import re
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.jury.asking import Wish, next_request_id, written_down
from api.pages.jury.card_page import show_card, show_read_through
from api.pages.jury.complaints import only, refused
from api.pages.jury.desk import Desk, desk_of, fingerprint
from api.pages.jury.drafting import CLOSED, keep
from api.pages.jury.grid import missing_in
from api.pages.jury.shut import Shut, shut_page
from api.pages.jury.visit import CARD, AtCard, CardVisit
from api.posted import PostedForm
from domain.jurors import CardAct, CardStatus
from domain.refusals import N_, Refusal
from domain.wire.juror import CloseCard

router = APIRouter()

LONGEST_REASON = 1000
A_VERSION = re.compile(r"[0-9]{1,6}", re.ASCII)
READ_AGAIN = N_("La fiche a changé depuis votre relecture : relisez-la, puis scellez-la.")
WHY = N_("Dites pourquoi en quelques mots.")
TOO_LONG = N_("Ce texte est trop long : 1 000 caractères au plus.")
DONE = {
    CardAct.SEAL: N_("Votre fiche est scellée."),
    CardAct.ABSTAIN: N_("Votre abstention est enregistrée."),
    CardAct.RECUSE: N_("Vous ne lirez plus ce dossier ; une autre personne du jury s'en charge."),
}
DONE_AND_NEXT = {
    CardAct.SEAL: N_("Votre fiche est scellée. Voici le dossier suivant."),
    CardAct.ABSTAIN: N_("Votre abstention est enregistrée. Voici le dossier suivant."),
    CardAct.RECUSE: N_("Vous ne lirez plus le dossier précédent. Voici le suivant."),
}


@router.post(CARD + "/relecture")
async def read_through(visit: AtCard, form: Form) -> Response:
    """Keep the draft, and go on to the read-through unless something is missing."""
    desk = await desk_of(visit)
    if isinstance(desk, Shut):
        return shut_page(visit, desk)
    kept = await keep(visit.db, desk, form)
    if kept.complaints:
        return show_card(visit.screen, desk, kept.status, kept.written, kept.complaints)
    missing = missing_in(kept.written, desk.category, desk.scale)
    if missing:
        return show_card(visit.screen, desk, 422, kept.written, missing, kept.revision)
    return visit.screen.go(f"{desk.base}/relecture")


@router.get(CARD + "/relecture")
async def show_read(visit: AtCard) -> Response:
    """The card as it will be sealed; back to the grid while it is not whole."""
    desk = await desk_of(visit)
    if isinstance(desk, Shut):
        return shut_page(visit, desk)
    if not desk.is_open or missing_in(desk.written, desk.category, desk.scale):
        return visit.screen.go(desk.base)
    return show_read_through(visit.screen, desk)


@router.post(CARD + "/scellement")
async def seal(visit: AtCard, form: Form) -> Response:
    """Seal the card as it was read through."""
    desk = await desk_of(visit)
    if isinstance(desk, Shut):
        return shut_page(visit, desk)
    if desk.sheet.status is CardStatus.SEALED:
        return visit.screen.go(desk.base)
    objection = _objection(visit, desk, form)
    if objection is not None:
        return objection
    sealed = {
        "marks": dict(desk.written.marks),
        "comments": dict(desk.written.comments),
        "version": _version_in(form),
    }
    try:
        await _close(visit, form, desk, CardAct.SEAL, sealed)
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return show_read_through(visit.screen, desk, 409, refused(refusal), again)
    return _onwards(visit, desk, CardAct.SEAL)


@router.post(CARD + "/abstention")
async def abstain(visit: AtCard, form: Form) -> Response:
    """Give no marks to a file that one cannot judge."""
    return await _leave(visit, form, CardAct.ABSTAIN)


@router.post(CARD + "/deport")
async def recuse(visit: AtCard, form: Form) -> Response:
    """Stand aside from a file, which another juror will read."""
    return await _leave(visit, form, CardAct.RECUSE)


def _objection(visit: CardVisit, desk: Desk, form: PostedForm) -> Response | None:
    """The page to show instead of sealing, when the card is not what was read through."""
    if not desk.is_open:
        return show_card(visit.screen, desk, 409, complaints=only("", CLOSED))
    missing = missing_in(desk.written, desk.category, desk.scale)
    if missing:
        return show_card(visit.screen, desk, 422, complaints=missing)
    if form.get("read") != fingerprint(desk.written):
        return show_read_through(visit.screen, desk, 409, only("", READ_AGAIN))
    return None


def _version_in(form: PostedForm) -> int:
    """The version of the file that the page showed; 0 when it did not say."""
    typed = form.get("version")
    return int(typed) if A_VERSION.fullmatch(typed) else 0


async def _leave(visit: CardVisit, form: PostedForm, act: CardAct) -> Response:
    desk = await desk_of(visit)
    if isinstance(desk, Shut):
        return shut_page(visit, desk)
    reason = form.get(f"reason.{act}").strip()
    typed = {act.value: reason}
    if not desk.is_open:
        return show_card(visit.screen, desk, 409, complaints=only("", CLOSED), leaving=typed)
    if not reason or len(reason) > LONGEST_REASON:
        wrong = only(f"reason.{act}", TOO_LONG if reason else WHY)
        return show_card(visit.screen, desk, 422, complaints=wrong, leaving=typed)
    try:
        await _close(visit, form, desk, act, {"reason": reason})
    except Refusal as refusal:
        wrong, again = refused(refusal), next_request_id(form, refusal)
        return show_card(visit.screen, desk, 409, complaints=wrong, leaving=typed, request_id=again)
    return _onwards(visit, desk, act)


async def _close(
    visit: CardVisit, form: PostedForm, desk: Desk, act: CardAct, said: Mapping[str, object]
) -> None:
    asked = await written_down(visit, form, Wish(act, f"card:{visit.card_id}", said))
    await visit.engine.close_card(
        str(desk.seat.cycle.id),
        str(visit.juror_id),
        CloseCard(asked.request, asked.arrived_at, str(visit.card_id), act),
    )


def _onwards(visit: CardVisit, desk: Desk, act: CardAct) -> Response:
    """On to the next card that waits, or back to the list when none does."""
    following = desk.neighbours.next_to_score
    if following is None:
        return visit.screen.go(desk.jury, DONE[act])
    return visit.screen.go(f"{desk.jury}/fiches/{following}", DONE_AND_NEXT[act])
