"""A promotion locked for a move, and the final to which it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.judging import PromotionRules
from domain.levels import Level
from domain.phases import Phase
from domain.promotion import Offer, OfferStatus, PlaceStatus, is_too_late
from domain.wire.promotion import PromotionState
from storage.requests import the_request
from storage.tables.cycles import Cycle
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.records import Request
from storage.templates import calendar_in

_RULES: TypeAdapter[PromotionRules] = TypeAdapter(PromotionRules)


@dataclass(slots=True)
class PromotionCase:
    """The places of a category, with everything that a move needs to know."""

    promotion: Promotion
    cycle: Cycle
    final: Cycle
    offers: list[PlaceOffer]
    request: Request | None
    at: datetime

    @property
    def subject(self) -> str:
        """The name by which requests, the journal and the ledger know the promotion."""
        return f"promotion:{self.promotion.id}"

    @property
    def rules(self) -> PromotionRules:
        """The rules of the edition, as the promotion froze them."""
        return rules_from(self.promotion)

    @property
    def closes_at(self) -> datetime:
        """When the files of the final close, by its calendar in force."""
        return calendar_in(self.final).closes_at

    @property
    def is_too_late(self) -> bool:
        """Whether nobody can go up any more."""
        return is_too_late(self.at, Phase(self.final.phase), self.closes_at)

    def offer(self, offer_id: str) -> PlaceOffer:
        """The offer of that id."""
        return next(each for each in self.offers if str(each.id) == offer_id)


async def opened_promotion(
    session: AsyncSession, promotion: str, request: str | None, at: datetime
) -> PromotionCase:
    """Lock the row, so that an answer and the end of a delay take turns."""
    row = (
        await session.execute(
            select(Promotion, Cycle)
            .join(Cycle, col(Cycle.id) == col(Promotion.cycle_id))
            .where(col(Promotion.id) == UUID(promotion))
            .with_for_update(of=Promotion)
            .execution_options(populate_existing=True)
        )
    ).one()
    row.Promotion.turn += 1
    final = await final_of(session, row.Cycle.edition_id)
    if final is None:
        message = "a promotion is written down only where there is a final"
        raise RuntimeError(message)
    return PromotionCase(
        row.Promotion,
        row.Cycle,
        final,
        list(await offers_of(session, row.Promotion.id)),
        await the_request(session, request) if request else None,
        at,
    )


async def final_of(session: AsyncSession, edition_id: UUID) -> Cycle | None:
    """The final of an edition, unless there is none."""
    found = await session.execute(
        select(Cycle).where(col(Cycle.edition_id) == edition_id, col(Cycle.level) == Level.NATIONAL)
    )
    return found.scalar_one_or_none()


async def offers_of(session: AsyncSession, promotion_id: UUID) -> Sequence[PlaceOffer]:
    """Every offer of a promotion, in the order in which they were made."""
    rows = await session.execute(
        select(PlaceOffer)
        .where(col(PlaceOffer.promotion_id) == promotion_id)
        .order_by(col(PlaceOffer.offered_at), col(PlaceOffer.rank), col(PlaceOffer.id))
        .execution_options(populate_existing=True)
    )
    return rows.scalars().all()


def state_of(case: PromotionCase) -> PromotionState:
    """Where the places stand, as the workflow remembers it."""
    return PromotionState(
        PlaceStatus(case.promotion.status),
        tuple(offer_in(each) for each in case.offers),
        case.promotion.turn,
    )


def offer_in(row: PlaceOffer) -> Offer:
    """An offer as the rules know it."""
    return Offer(
        str(row.id),
        str(row.application_id),
        OfferStatus(row.status),
        row.offered_at,
        row.until,
    )


def rules_from(promotion: Promotion) -> PromotionRules:
    """The rules that a promotion froze."""
    return _RULES.validate_python(promotion.rules)


def rules_document(rules: PromotionRules) -> dict[str, object]:
    """The rules as their column keeps them."""
    return _RULES.dump_python(rules, mode="json")
