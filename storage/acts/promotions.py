"""What happens to places in the final: answers, reminders, ends of delays; one transaction each."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.final_files import Entry
from domain.phases import Phase
from domain.promotion import (
    ANSWERS,
    OfferStatus,
    PlaceStatus,
    PromotionAct,
    check_answer,
    offer_until,
)
from domain.promotion_dates import PromotionTimer
from domain.refusals import N_, Refusal
from domain.texts import is_blank
from domain.wire.promotion import (
    BeginPromotions,
    PromotionFallsDue,
    PromotionRef,
    PromotionState,
    SettlePromotion,
)
from storage.acts import promotion_letters as letters
from storage.acts.carried_files import carry_up
from storage.acts.cycles import locked
from storage.acts.final_files import GoingUp, send_up
from storage.acts.promotion_case import (
    PromotionCase,
    final_of,
    offer_in,
    opened_promotion,
    rules_document,
    state_of,
)
from storage.acts.promotion_places import fill_places, trace
from storage.acts.refused_late import refuse_late
from storage.acts.waiting import still_waiting
from storage.reads.regrouping import regrouped_in
from storage.tables.applications import Application
from storage.tables.promotions import PlaceOffer, Promotion
from storage.templates import calendar_in, template_of

LONGEST_REASON = 2000
TOO_LATE = N_(
    "La mise à jour des dossiers de la finale est close : plus aucune place ne peut être confirmée."
)


async def begin(session: AsyncSession, due: BeginPromotions) -> list[Promotion]:
    """Write down the places of every category of a decided territory; twice is once."""
    cycle = await locked(session, due.cycle)
    template = await template_of(session, cycle)
    final = await final_of(session, cycle.edition_id)
    if template.national is None or final is None or final.id == cycle.id:
        return []
    if cycle.phase not in {Phase.DECIDED, Phase.PUBLISHED, Phase.CLOSED}:
        return []
    await carry_up(session, cycle, final, due.at)
    elsewhere = await regrouped_in(session, cycle.id)
    for category in template.categories:
        if category.code in elsewhere:
            continue
        await session.execute(
            insert(Promotion)
            .values(
                cycle_id=cycle.id,
                category=category.code,
                rules=rules_document(template.national.promotion),
                threshold=template.jury.laureate_threshold,
                status=PlaceStatus.WAITING,
            )
            .on_conflict_do_nothing(index_elements=["cycle_id", "category"])
        )
    rows = await session.scalars(
        select(Promotion)
        .where(col(Promotion.cycle_id) == cycle.id)
        .order_by(col(Promotion.category))
    )
    return list(rows)


async def offer_places(session: AsyncSession, due: PromotionRef) -> PromotionState:
    """Offer the places that nobody holds, by the dates and the decision in force now."""
    case = await opened_promotion(session, due.promotion, None, due.at)
    _recompute(case)
    await fill_places(session, case)
    return state_of(case)


async def settle(session: AsyncSession, asked: SettlePromotion) -> PromotionState:
    """Take an answer, once; a place that is declined goes to the next in rank at once."""
    case = await opened_promotion(session, asked.promotion, asked.request, asked.arrived_at)
    request = case.request
    if request is None or request.settled:
        return state_of(case)
    _recompute(case)
    offer = _answered(case)
    check_answer(offer_in(offer), asked.arrived_at)
    if asked.act is PromotionAct.CONFIRM and case.is_too_late:
        raise Refusal(TOO_LATE)
    offer.status = ANSWERS[asked.act]
    offer.answered_at = asked.arrived_at
    offer.by_person = request.by_person
    if asked.act is PromotionAct.CONFIRM:
        await _confirm(session, case, offer)
    else:
        await _decline(session, case, offer)
    request.settled = True
    await fill_places(session, case)
    return state_of(case)


async def fall_due(session: AsyncSession, date: PromotionFallsDue) -> PromotionState:
    """Do what a date brings, if it is still due by the calendar in force."""
    case = await opened_promotion(session, date.promotion, None, date.at)
    _recompute(case)
    offer = case.offer(date.due.offer)
    if offer.status != OfferStatus.OFFERED or offer.until != date.due.until:
        return state_of(case)
    if date.due.what is PromotionTimer.REMIND:
        await letters.to_company(
            session,
            case,
            offer,
            "promotion_reminder",
            key=f"{offer.until.isoformat()}:{date.due.at.isoformat()}",
            answer_until=offer.until,
        )
        return state_of(case)
    return await _lapse(session, case, offer, date)


async def _lapse(
    session: AsyncSession, case: PromotionCase, offer: PlaceOffer, date: PromotionFallsDue
) -> PromotionState:
    """End a delay, unless an answer arrived in time and still waits: then it is taken."""
    for request in await still_waiting(session, case.subject, list(PromotionAct), offer.until):
        act = PromotionAct(request.kind)
        try:
            return await settle(
                session,
                SettlePromotion(date.promotion, act, str(request.id), request.arrived_at),
            )
        except Refusal as refusal:
            await refuse_late(session, request.id, refusal)
    offer.status = OfferStatus.LAPSED
    trace(session, case, offer, "lapse_offer", OfferStatus.OFFERED)
    await letters.to_company(session, case, offer, "promotion_lapsed", answer_until=offer.until)
    await fill_places(session, case)
    return state_of(case)


async def _confirm(session: AsyncSession, case: PromotionCase, offer: PlaceOffer) -> None:
    trace(session, case, offer, PromotionAct.CONFIRM, OfferStatus.OFFERED)
    file = await session.get_one(Application, offer.application_id)
    going = GoingUp(file, case.final, Entry.PROMOTED, case.at)
    offer.final_file_id = (await send_up(session, going)).id
    calendar = calendar_in(case.final)
    await letters.to_company(
        session,
        case,
        offer,
        "promotion_confirmed",
        link=f"/candidatures/{offer.final_file_id}",
        opens_at=calendar.opens_at,
        update_until=calendar.closes_at,
        fingerprint=offer.fingerprint,
    )


async def _decline(session: AsyncSession, case: PromotionCase, offer: PlaceOffer) -> None:
    reason = str(case.request.payload.get("reason", "")).strip() if case.request else ""
    if is_blank(reason) or len(reason) > LONGEST_REASON:
        raise Refusal(N_("Dites en quelques mots pourquoi, en 2 000 caractères au plus."))
    offer.reason = reason
    trace(session, case, offer, PromotionAct.DECLINE, OfferStatus.OFFERED)
    file = await session.get_one(Application, offer.application_id)
    await letters.to_organisers(
        session,
        case,
        "promotion_declined",
        key=str(offer.id),
        company=file.company,
        reason=reason,
    )


def _recompute(case: PromotionCase) -> None:
    """Put the ends of delays where the dates in force put them."""
    for each in case.offers:
        if each.status == OfferStatus.OFFERED:
            each.until = offer_until(each.offered_at, case.rules, case.closes_at)


def _answered(case: PromotionCase) -> PlaceOffer:
    named = str(case.request.payload.get("offer", "")) if case.request else ""
    found = [each for each in case.offers if str(each.id) == named]
    if not found:
        raise Refusal(N_("Cette offre n'existe plus : rechargez la page."))
    return found[0]
