"""A place in the final is offered: read what it means, confirm it, or decline it with a reason."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.engine import NotRunning
from api.errors import NotFound
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import home_of, page_of
from api.pages.evidence_shown import evidence_rows
from api.pages.request_ids import next_request_id, request_id_in
from api.posted import PostedForm
from domain.members import check_may_send
from domain.promotion import ANSWERS, OFFER_NAMES, OfferStatus, PromotionAct, check_answer
from domain.refusals import N_, Refusal, Unanswered
from domain.texts import is_blank
from domain.wire import names
from domain.wire.asked import Asked
from domain.wire.promotion import AskOfPromotion
from storage.acts.promotion_starts import promotion_to_run
from storage.reads.promotion import OfferedPlace, offered_place
from storage.requests import the_request, write_request

router = APIRouter()

PAGE = "/candidatures/{application_id}/finale"
LONGEST_REASON = 2000
TONES = {
    OfferStatus.OFFERED: "attention",
    OfferStatus.CONFIRMED: "good",
    OfferStatus.DECLINED: "quiet",
    OfferStatus.LAPSED: "quiet",
    OfferStatus.VOID: "quiet",
}
UNTICKED = N_("Cochez la case pour confirmer que vous acceptez la publication.")
UNEXPLAINED = N_("Dites en quelques mots pourquoi, en 2 000 caractères au plus.")
CONFIRMED = N_("Votre place en finale est confirmée : voici le dossier de la finale.")
DECLINED = N_("Vous avez décliné la place. Elle est proposée au dossier suivant.")

Complaints = dict[str, Refusal]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form said, to be shown again."""

    request_id: UUID
    reason: str = ""
    agrees: bool = False


@router.get(PAGE)
async def show(application_id: UUID, desk: Desk) -> Response:
    """Say what the place means, until when, and what would be public."""
    work = await desk.work(application_id)
    return await _shown(desk, work, Typed(uuid4()))


@router.post(PAGE + "/confirmer")
async def confirm(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Confirm the place."""
    work = await desk.work(application_id)
    typed = Typed(request_id_in(form), agrees=form.get("agrees") == "yes")
    if not typed.agrees:
        return await _shown(desk, work, typed, {"agrees": Refusal(UNTICKED)}, 422)
    return await _answered(desk, work, form, typed, PromotionAct.CONFIRM)


@router.post(PAGE + "/decliner")
async def decline(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Decline the place, with the reason."""
    work = await desk.work(application_id)
    typed = Typed(request_id_in(form), reason=form.get("reason").strip())
    if is_blank(typed.reason) or len(typed.reason) > LONGEST_REASON:
        return await _shown(desk, work, typed, {"reason": Refusal(UNEXPLAINED)}, 422)
    return await _answered(desk, work, form, typed, PromotionAct.DECLINE)


async def _answered(
    desk: Desk, work: Work, form: PostedForm, typed: Typed, act: PromotionAct
) -> Response:
    place = await _place(desk, work)
    try:
        check_may_send(work.role)
        check_answer(place.offer, desk.now)
        await _ask(desk, place, typed, act)
    except Unanswered as later:
        return desk.go_home(work, later)
    except Refusal as refusal:
        if (await _place(desk, work)).offer.status is ANSWERS[act]:  # the end of the delay took it
            return desk.screen.go(page_of(work.id, "finale"))
        again = Typed(next_request_id(form, refusal), typed.reason, typed.agrees)
        return await _shown(desk, work, again, {"": refusal}, 409)
    if act is PromotionAct.DECLINE:
        return desk.screen.go(page_of(work.id, "finale"), DECLINED)
    final_file = (await _place(desk, work)).final_file
    return desk.screen.go(home_of(final_file or work.id), CONFIRMED)


async def _ask(desk: Desk, place: OfferedPlace, typed: Typed, act: PromotionAct) -> None:
    asked = await _written_down(desk, place, typed, act)
    question = AskOfPromotion(act, asked.request, asked.arrived_at)
    workflow = names.promotion_id(str(place.cycle), place.category)
    try:
        await desk.engine.ask_promotion(workflow, question)
    except NotRunning:
        # Temporal was away when the place was written down: start its workflow now, and ask again.
        async with desk.db.transaction() as session:
            start = await promotion_to_run(session, place.promotion)
        if start is None:
            raise
        await desk.engine.run_promotion(workflow, start.run)
        await desk.engine.ask_promotion(workflow, question)


async def _written_down(desk: Desk, place: OfferedPlace, typed: Typed, act: PromotionAct) -> Asked:
    subject = names.promotion_subject(str(place.promotion))
    person = desk.viewer.person_id
    async with desk.db.transaction() as session:
        asked = await write_request(
            session,
            request_id=typed.request_id,
            kind=act,
            subject=subject,
            by_person=person,
            payload={"offer": place.offer.offer, "reason": typed.reason},
        )
        kept = await the_request(session, asked.request)
        # An id that was used for something else, or by somebody else, asks for nothing here.
        if (kept.subject, kept.by_person, kept.kind) != (subject, person, act):
            raise NotFound
    return asked


async def _place(desk: Desk, work: Work) -> OfferedPlace:
    async with desk.db.transaction() as session:
        place = await offered_place(session, work.id)
    if place is None:
        raise NotFound
    return place


async def _shown(
    desk: Desk,
    work: Work,
    typed: Typed,
    complaints: Complaints | None = None,
    status: int = 200,
) -> Response:
    place = await _place(desk, work)
    refused = _refused(desk, work, place)
    return desk.screen.show(
        "pages/applications/final.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, "finale"),
        place=place,
        state=OFFER_NAMES[place.offer.status],
        tone=TONES[place.offer.status],
        may_answer=refused is None,
        why=desk.say(refused) if refused else "",
        rows=evidence_rows(desk.screen, place.evidence, work.category),
        final_home=home_of(place.final_file) if place.final_file else "",
        typed=typed,
        limit=LONGEST_REASON,
        complaints=desk.said(complaints or {}),
    )


def _refused(desk: Desk, work: Work, place: OfferedPlace) -> Refusal | None:
    """Why this person may not answer now, if they may not."""
    try:
        check_answer(place.offer, desk.now)
        check_may_send(work.role)
    except Refusal as refusal:
        return refusal
    return None
