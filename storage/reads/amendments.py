"""The decisions that were made again under embargo, as they are read beside the minutes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.applications import Application
from storage.tables.results import Amendment


@dataclass(frozen=True, slots=True)
class AmendmentShown:
    """One of them: what was decided instead, why, and its fingerprint."""

    number: int
    category: str
    laureate: str
    reason: str
    signed_at: datetime
    fingerprint: str


async def amendments_of(session: AsyncSession, cycle_id: UUID) -> tuple[AmendmentShown, ...]:
    """Every amendment of a cycle, in order; a decision without a laureate names nobody."""
    rows = await session.scalars(
        select(Amendment).where(col(Amendment.cycle_id) == cycle_id).order_by(col(Amendment.number))
    )
    amendments = rows.all()
    if not amendments:
        return ()
    ids = {UUID(each.document["after"]["laureate"]) for each in amendments if _names(each)}
    found = await session.execute(
        select(col(Application.id), col(Application.company)).where(col(Application.id).in_(ids))
    )
    companies = {str(row.id): row.company for row in found}
    return tuple(
        AmendmentShown(
            each.number,
            each.category,
            companies.get(str(each.document["after"]["laureate"]), ""),
            str(each.document["after"]["reason"]),
            each.signed_at,
            each.fingerprint,
        )
        for each in amendments
    )


def _names(amendment: Amendment) -> bool:
    return bool(amendment.document["after"]["laureate"])
