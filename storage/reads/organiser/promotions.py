"""The places in the final, as those who organise follow them: offers, answers, files that went up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.final_files import Entry
from domain.levels import Level
from domain.promotion import OfferStatus, PlaceStatus
from domain.promotion_evidence import EvidenceCheck
from storage.acts.promotion_evidence import verify
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.promotions import PlaceOffer, Promotion


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One company that was asked."""

    id: UUID
    company: str
    rank: int
    status: OfferStatus
    until: datetime
    answered_at: datetime | None
    reason: str


@dataclass(slots=True)
class PlaceLine:
    """The places of one category of one territory."""

    territory: str
    category: str
    status: PlaceStatus
    offers: list[OfferLine] = field(default_factory=list[OfferLine])


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A file that entered the final outside its territory."""

    id: UUID
    company: str
    category: str


@dataclass(frozen=True, slots=True)
class SealedEvidence:
    """The evidence of one offer, and whether it still holds."""

    company: str
    category: str
    evidence: Mapping[str, Any]
    fingerprint: str
    check: EvidenceCheck


async def places_of(session: AsyncSession, cycle: Cycle) -> tuple[PlaceLine, ...]:
    """The places of a territory; of every territory of the edition when the cycle is the final."""
    is_final = cycle.level == Level.NATIONAL
    mine = col(Cycle.edition_id) == cycle.edition_id if is_final else col(Cycle.id) == cycle.id
    rows = await session.execute(
        select(Promotion, col(Cycle.name), PlaceOffer, col(Application.company))
        .join(Cycle, col(Cycle.id) == col(Promotion.cycle_id))
        .outerjoin(PlaceOffer, col(PlaceOffer.promotion_id) == col(Promotion.id))
        .outerjoin(Application, col(Application.id) == col(PlaceOffer.application_id))
        .where(mine)
        .order_by(
            col(Cycle.name),
            col(Promotion.category),
            col(PlaceOffer.offered_at),
            col(PlaceOffer.rank),
        )
    )
    lines: dict[UUID, PlaceLine] = {}
    for promotion, territory, offer, company in rows:
        line = lines.setdefault(
            promotion.id,
            PlaceLine(territory, promotion.category, PlaceStatus(promotion.status)),
        )
        line.offers.extend(_asked(offer, company))
    return tuple(lines.values())


async def carried_into(session: AsyncSession, cycle: Cycle) -> tuple[CarriedLine, ...]:
    """The files of a final that came outside their territory."""
    rows = await session.execute(
        select(col(Application.id), col(Application.company), col(Application.category))
        .where(col(Application.cycle_id) == cycle.id, col(Application.entry) == Entry.CARRIED)
        .order_by(col(Application.company), col(Application.id))
    )
    return tuple(CarriedLine(row.id, row.company, row.category) for row in rows)


async def evidence_of(session: AsyncSession, cycle: Cycle, offer_id: UUID) -> SealedEvidence | None:
    """The evidence of an offer that this cycle made, or that leads to this final."""
    row = (
        await session.execute(
            select(PlaceOffer, Promotion, col(Application.company), Cycle)
            .join(Promotion, col(Promotion.id) == col(PlaceOffer.promotion_id))
            .join(Application, col(Application.id) == col(PlaceOffer.application_id))
            .join(Cycle, col(Cycle.id) == col(Promotion.cycle_id))
            .where(col(PlaceOffer.id) == offer_id, col(Cycle.edition_id) == cycle.edition_id)
        )
    ).one_or_none()
    if row is None or (cycle.level != Level.NATIONAL and row.Cycle.id != cycle.id):
        return None
    return SealedEvidence(
        row.company,
        row.Promotion.category,
        row.PlaceOffer.evidence,
        row.PlaceOffer.fingerprint,
        await verify(session, row.PlaceOffer),
    )


def _asked(offer: PlaceOffer | None, company: str | None) -> tuple[OfferLine, ...]:
    """The company of an outer join; nobody when no offer was made."""
    return () if offer is None or company is None else (_offer(offer, company),)


def _offer(offer: PlaceOffer, company: str) -> OfferLine:
    return OfferLine(
        offer.id,
        company,
        offer.rank,
        OfferStatus(offer.status),
        offer.until,
        offer.answered_at,
        offer.reason,
    )
