"""The applications of a cycle, counted by one grouped query."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from storage.tables.applications import Application


@dataclass(frozen=True, slots=True)
class ApplicationTally:
    """How many stand where, by category; ``green`` ones wait and pass every rule."""

    counts: Mapping[tuple[Status, str], int]
    green: int = 0

    def of(self, *statuses: Status, category: str = "") -> int:
        """How many stand there, in a category or in all."""
        wanted = frozenset(statuses)
        return sum(
            count
            for (status, own), count in self.counts.items()
            if status in wanted and category in ("", own)
        )

    def total(self, category: str = "") -> int:
        """How many there are, whatever their status."""
        return self.of(*Status, category=category)


async def count_applications(session: AsyncSession, cycle_id: UUID) -> ApplicationTally:
    """Count the applications of a cycle."""
    passes = func.coalesce(col(Application.admissible), False)
    keys = (col(Application.status), col(Application.category), passes)
    rows = await session.execute(
        select(*keys, func.count()).where(col(Application.cycle_id) == cycle_id).group_by(*keys)
    )
    counts: Counter[tuple[Status, str]] = Counter()
    green = 0
    for status, category, passed, count in rows:
        counts[Status(status), category] += count
        green += count if passed and status == Status.SUBMITTED else 0
    return ApplicationTally(counts, green)
