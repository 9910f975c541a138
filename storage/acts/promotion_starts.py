"""What starts the workflow of a promotion, and those of the files that it sent up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import ENDED, Status
from domain.final_files import Entry
from domain.promotion import PlaceStatus
from domain.wire.application import RunApplication
from domain.wire.promotion import RunPromotion
from storage.acts.promotion_case import rules_from
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.tables.promotions import PlaceOffer, Promotion
from storage.templates import calendar_in


@dataclass(frozen=True, slots=True)
class PromotionToRun:
    """The start of a promotion, with the cycle and the category that are its name."""

    cycle: str
    category: str
    run: RunPromotion


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """Where a promotion belongs: its edition, its cycle, its category."""

    edition: str
    cycle: str
    category: str


async def place_of(session: AsyncSession, promotion: str) -> PlaceOf:
    """The edition, the cycle and the category of a promotion."""
    row = (
        await session.execute(
            select(col(Edition.code), col(Promotion.cycle_id), col(Promotion.category))
            .join(Cycle, col(Cycle.id) == col(Promotion.cycle_id))
            .join(Edition, col(Edition.id) == col(Cycle.edition_id))
            .where(col(Promotion.id) == UUID(promotion))
        )
    ).one()
    return PlaceOf(row.code, str(row.cycle_id), row.category)


async def files_to_run(session: AsyncSession, promotion: str) -> Sequence[RunApplication]:
    """The living files that a promotion sent to the final."""
    rows = await session.execute(
        select(Application, Cycle)
        .join(PlaceOffer, col(PlaceOffer.final_file_id) == col(Application.id))
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(
            col(PlaceOffer.promotion_id) == UUID(promotion),
            col(Application.status).not_in(ENDED),
        )
    )
    return [run_of_file(application, cycle) for application, cycle in rows]


def run_of(promotion: Promotion) -> RunPromotion:
    """The start of the workflow of a promotion."""
    return RunPromotion(str(promotion.id), rules_from(promotion))


async def promotion_to_run(session: AsyncSession, promotion_id: UUID) -> PromotionToRun | None:
    """What would start a promotion, if its places still wait."""
    row = await session.get(Promotion, promotion_id)
    if row is None or row.status != PlaceStatus.WAITING:
        return None
    return PromotionToRun(str(row.cycle_id), row.category, run_of(row))


async def unstarted_promotions(
    session: AsyncSession, since: datetime | None, until: datetime
) -> list[str]:
    """The promotions written in that window whose places wait."""
    waiting = select(col(Promotion.id)).where(
        col(Promotion.status) == PlaceStatus.WAITING, col(Promotion.created_at) <= until
    )
    if since is not None:
        waiting = waiting.where(col(Promotion.created_at) > since)
    return [f"promotion:{each}" for each in await session.scalars(waiting)]


def run_of_file(application: Application, cycle: Cycle) -> RunApplication:
    """The start of the life of a file that came from another cycle."""
    return RunApplication(
        str(application.id),
        str(cycle.id),
        calendar_in(cycle),
        Status(application.status),
        entry=Entry(application.entry),
    )
