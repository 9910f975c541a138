"""Files that have another version than the one that some juror scored."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus
from storage.tables.applications import Application
from storage.tables.juries import Card

MOST = 20


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file, its version in force, the oldest that was scored, and by how many jurors."""

    application_id: UUID
    company: str
    category: str
    version: int
    read_version: int
    readers: int


async def changed_files(session: AsyncSession, cycle_id: UUID) -> tuple[ChangedFile, ...]:
    """The first of them, by name."""
    rows = await session.execute(
        select(
            col(Application.id),
            col(Application.company),
            col(Application.category),
            col(Application.version),
            func.min(col(Card.read_version)),
            func.count(),
        )
        .join(Card, col(Card.application_id) == col(Application.id))
        .where(
            col(Card.cycle_id) == cycle_id,
            col(Card.status) == CardStatus.SEALED,
            col(Card.read_version) < col(Application.version),
        )
        .group_by(col(Application.id))
        .order_by(col(Application.company), col(Application.id))
        .limit(MOST)
    )
    return tuple(ChangedFile(*row) for row in rows)
