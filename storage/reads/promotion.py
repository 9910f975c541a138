"""Places in the final, as the company that is offered one sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.levels import Level
from domain.phases import Phase
from domain.promotion import Offer, OfferStatus
from domain.promotion_evidence import EvidenceCheck
from storage.acts.promotion_case import offer_in
from storage.acts.promotion_evidence import verify
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.juries import Card
from storage.tables.promotions import PlaceOffer, Promotion
from storage.templates import calendar_in


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """The offer of a place, its dates, and the evidence that goes with it."""

    offer: Offer
    promotion: UUID
    cycle: UUID
    category: str
    is_public: bool
    publishes_at: datetime
    final_opens_at: datetime
    final_closes_at: datetime
    ceremony_at: datetime
    answered_at: datetime | None
    reason: str
    final_file: UUID | None
    evidence: Mapping[str, Any]
    fingerprint: str
    check: EvidenceCheck


@dataclass(frozen=True, slots=True)
class MyOffer:
    """One offer that waits for somebody's answer."""

    application_id: UUID
    about: str
    cycle_name: str
    until: datetime


async def offered_place(session: AsyncSession, application_id: UUID) -> OfferedPlace | None:
    """The place that was offered to a file, if one was."""
    final = aliased(Cycle)
    row = (
        await session.execute(
            select(PlaceOffer, Promotion, Cycle, final)
            .join(Promotion, col(Promotion.id) == col(PlaceOffer.promotion_id))
            .join(Cycle, col(Cycle.id) == col(Promotion.cycle_id))
            .join(
                final,
                (col(final.edition_id) == col(Cycle.edition_id))
                & (col(final.level) == Level.NATIONAL),
            )
            .where(col(PlaceOffer.application_id) == application_id)
        )
    ).one_or_none()
    if row is None:
        return None
    offer, promotion, cycle, top = row
    dates = calendar_in(top)
    return OfferedPlace(
        offer=offer_in(offer),
        promotion=promotion.id,
        cycle=cycle.id,
        category=promotion.category,
        is_public=cycle.phase in {Phase.PUBLISHED, Phase.CLOSED},
        publishes_at=calendar_in(cycle).publishes_at,
        final_opens_at=dates.opens_at,
        final_closes_at=dates.closes_at,
        ceremony_at=dates.publishes_at,
        answered_at=offer.answered_at,
        reason=offer.reason,
        final_file=offer.final_file_id,
        evidence=offer.evidence,
        fingerprint=offer.fingerprint,
        check=await verify(session, offer),
    )


async def status_of_offer(session: AsyncSession, application_id: UUID) -> OfferStatus | None:
    """Where the offer of a place to a file stands, if one was made."""
    found = await session.execute(
        select(col(PlaceOffer.status)).where(col(PlaceOffer.application_id) == application_id)
    )
    status = found.scalar_one_or_none()
    return OfferStatus(status) if status else None


async def my_offers(session: AsyncSession, person_id: UUID) -> tuple[MyOffer, ...]:
    """The offers that wait for an answer of the companies for which a person works."""
    rows = await session.execute(
        select(
            col(Application.id),
            col(Application.title),
            col(Application.company),
            col(Cycle.name),
            col(PlaceOffer.until),
        )
        .join(PlaceOffer, col(PlaceOffer.application_id) == col(Application.id))
        .join(Member, col(Member.application_id) == col(Application.id))
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(
            col(Member.person_id) == person_id,
            col(PlaceOffer.status) == OfferStatus.OFFERED,
        )
        .order_by(col(PlaceOffer.until), col(Application.id))
    )
    return tuple(MyOffer(row.id, row.title or row.company, row.name, row.until) for row in rows)


@dataclass(frozen=True, slots=True)
class SealedFor:
    """The evidence of a territory, as a juror of the final reads it."""

    company: str
    category: str
    evidence: Mapping[str, Any]
    fingerprint: str
    check: EvidenceCheck


async def card_and_evidence(
    session: AsyncSession, juror_id: UUID, card_id: UUID
) -> tuple[Card | None, SealedFor | None]:
    """A card of a juror's own, and what the territory sealed about its file, if it came from one."""
    row = (
        await session.execute(
            select(Card, Application, PlaceOffer)
            .join(Application, col(Application.id) == col(Card.application_id))
            .outerjoin(PlaceOffer, col(PlaceOffer.final_file_id) == col(Application.id))
            .where(col(Card.id) == card_id, col(Card.juror_id) == juror_id)
        )
    ).one_or_none()
    if row is None:
        return None, None
    offer: PlaceOffer | None = row.PlaceOffer
    if offer is None:
        return row.Card, None
    file: Application = row.Application
    sealed = SealedFor(
        file.company, file.category, offer.evidence, offer.fingerprint, await verify(session, offer)
    )
    return row.Card, sealed
