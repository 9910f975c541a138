"""Offering places: to the laureate, then to the next in rank, as long as somebody may go."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.promotion import (
    OfferStatus,
    PlaceStatus,
    Ranked,
    line_of_succession,
    offer_until,
    status_of,
    to_offer,
)
from domain.promotion_evidence import seal_of
from storage.acts import promotion_letters as letters
from storage.acts.promotion_case import PromotionCase, offer_in, offers_of
from storage.acts.promotion_evidence import evidence_about
from storage.journal import write_line
from storage.reads.deliberation import is_awardable
from storage.reads.gone import is_gone, still_there
from storage.tables.applications import Application
from storage.tables.promotions import PlaceOffer
from storage.tables.results import Decision, Standing


async def fill_places(session: AsyncSession, case: PromotionCase) -> None:
    """Offer every place that nobody holds; settle the promotion when nobody is waited for."""
    await drop_the_gone(session, case)
    if not case.is_too_late:
        line = await _line(session, case)
        offers = [offer_in(each) for each in case.offers]
        for application in to_offer(line, offers, case.rules.quota):
            await _offer(session, case, UUID(application))
    await session.flush()
    case.offers = list(await offers_of(session, case.promotion.id))
    await _settle(session, case)


async def drop_the_gone(session: AsyncSession, case: PromotionCase) -> None:
    """A file that was withdrawn, or is admissible no more, holds no place."""
    for offer in case.offers:
        if offer.status != OfferStatus.OFFERED:
            continue
        file = await session.get_one(Application, offer.application_id)
        if is_gone(file):
            offer.status = OfferStatus.VOID
            trace(session, case, offer, "void_offer", OfferStatus.OFFERED)


def trace(
    session: AsyncSession, case: PromotionCase, offer: PlaceOffer, act: str, before: str
) -> None:
    """The line of audit of what happened to an offer."""
    write_line(
        session,
        subject=f"application:{offer.application_id}",
        act=act,
        at=case.at,
        before=before,
        after=offer.status,
        reason=offer.reason,
        request=case.request,
        cycle_id=case.cycle.id,
        calendar_version=case.cycle.calendar_version,
    )


async def _line(session: AsyncSession, case: PromotionCase) -> tuple[str, ...]:
    cycle, category = case.cycle.id, case.promotion.category
    rows = await session.execute(
        select(Standing, still_there().label("is_there"))
        .join(Application, col(Application.id) == col(Standing.application_id))
        .where(col(Standing.cycle_id) == cycle, col(Standing.category) == category)
    )
    ranked = [
        Ranked(
            str(standing.application_id),
            standing.rank,
            standing.mean,
            is_awardable=is_awardable(standing) and is_there,
        )
        for standing, is_there in rows
    ]
    decision = (
        await session.execute(
            select(Decision).where(
                col(Decision.cycle_id) == cycle, col(Decision.category) == category
            )
        )
    ).scalar_one_or_none()
    is_awarded = decision is not None and decision.awards and decision.laureate_id is not None
    laureate = str(decision.laureate_id) if decision and is_awarded else None
    return line_of_succession(ranked, laureate, case.promotion.threshold)


async def _offer(session: AsyncSession, case: PromotionCase, application: UUID) -> None:
    file = await session.get_one(Application, application)
    evidence = await evidence_about(session, case.cycle, file)
    offer = PlaceOffer(
        promotion_id=case.promotion.id,
        application_id=application,
        rank=int(evidence["rank"]),
        offered_at=case.at,
        until=offer_until(case.at, case.rules, case.closes_at),
        evidence=evidence,
        fingerprint=seal_of(evidence),
    )
    session.add(offer)
    await session.flush()
    trace(session, case, offer, "offer_place", "")
    await letters.to_company(
        session,
        case,
        offer,
        "promotion_offered",
        answer_until=offer.until,
        is_laureate=bool(evidence["is_laureate"]),
    )


async def _settle(session: AsyncSession, case: PromotionCase) -> None:
    before = case.promotion.status
    after = status_of([offer_in(each) for each in case.offers])
    case.promotion.status = after
    if after is PlaceStatus.WAITING:
        case.promotion.settled_at = None
        return
    if case.promotion.settled_at is not None and before == after:
        return
    case.promotion.settled_at = case.at
    write_line(
        session,
        subject=case.subject,
        act="settle_promotion",
        at=case.at,
        before=before,
        after=after,
        cycle_id=case.cycle.id,
        calendar_version=case.cycle.calendar_version,
    )
    if after is PlaceStatus.EMPTY:
        await letters.to_organisers(
            session,
            case,
            "promotion_exhausted",
            key=f"{case.promotion.id}:{case.at.isoformat()}",
            asked=len(case.offers),
        )
