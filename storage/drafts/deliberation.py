"""What the chair writes down for a category, until the minutes are signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.phases import Phase
from storage.tables.cycles import Cycle
from storage.tables.results import Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """What the jury decides in a category; no laureate means that the trophy is not awarded."""

    category: str
    laureate: UUID | None
    nominees: Sequence[UUID]
    reason: str


async def save_decision(session: AsyncSession, cycle_id: UUID, decided: Decided) -> datetime | None:
    """Keep the decision of a category, and say when; None once deliberation is over.

    The cycle is held meanwhile, so that no decision changes under a signature.
    """
    phase = await session.execute(
        select(col(Cycle.phase)).where(col(Cycle.id) == cycle_id).with_for_update(read=True)
    )
    if phase.scalar_one() != Phase.DELIBERATION:
        return None
    written = {
        "laureate_id": decided.laureate,
        "nominees": [str(each) for each in decided.nominees],
        "awards": decided.laureate is not None,
        "reason": decided.reason,
        "saved_at": func.clock_timestamp(),
    }
    saved = await session.execute(
        insert(Decision)
        .values(cycle_id=cycle_id, category=decided.category, **written)
        .on_conflict_do_update(index_elements=["cycle_id", "category"], set_=written)
        .returning(col(Decision.saved_at))
    )
    return saved.scalar_one()
