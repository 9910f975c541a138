"""How the cycles of an edition followed the last move of its dates."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.editions import EditionAct
from domain.refusals import Refusal
from storage.requests import refusal_of
from storage.tables.cycles import Cycle
from storage.tables.records import JournalLine, Request


@dataclass(frozen=True, slots=True)
class Followed:
    """A cycle that was asked to follow: whether it did, or why it would not."""

    name: str
    is_settled: bool
    refusal: Refusal | None


async def last_followed(session: AsyncSession, edition_id: UUID) -> tuple[Followed, ...]:
    """The cycles that the last move of an edition concerned, by name."""
    last = await session.scalar(
        select(col(JournalLine.request_id))
        .where(
            col(JournalLine.subject) == f"edition:{edition_id}",
            col(JournalLine.act) == EditionAct.MOVE,
        )
        .order_by(col(JournalLine.id).desc())
        .limit(1)
    )
    if last is None:
        return ()
    cycles = await session.scalars(select(Cycle).where(col(Cycle.edition_id) == edition_id))
    names = {uuid5(last, str(each.id)): each.name for each in cycles}
    asked = await session.scalars(select(Request).where(col(Request.id).in_(names)))
    found = (Followed(names[each.id], each.settled, refusal_of(each)) for each in asked)
    return tuple(sorted(found, key=lambda each: each.name))
