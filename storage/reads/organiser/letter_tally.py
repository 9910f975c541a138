"""The letters of a cycle, counted by state and kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.ledger import LetterState
from storage.reads.organiser.letters import in_pile
from storage.tables.letters import Letter


@dataclass(frozen=True, slots=True)
class LetterTally:
    """How many letters stand where, by kind."""

    counts: Mapping[tuple[LetterState, str], int]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of letter that were ever planned."""
        return tuple(sorted({kind for _, kind in self.counts}))

    def of(self, *states: LetterState, kind: str = "") -> int:
        """How many stand there, of a kind or of all."""
        wanted = frozenset(states)
        return sum(
            count
            for (state, own), count in self.counts.items()
            if state in wanted and kind in ("", own)
        )

    def total(self, kind: str = "") -> int:
        """How many there are, wherever they stand."""
        return self.of(*LetterState, kind=kind)


async def count_letters(
    session: AsyncSession, cycle_id: UUID | None, hidden: frozenset[str] = frozenset()
) -> LetterTally:
    """Count the letters of a cycle, or of the charter when none is named; not those that are hidden."""
    keys = (col(Letter.state), col(Letter.kind))
    counted = select(*keys, func.count()).where(in_pile(cycle_id))
    if hidden:
        counted = counted.where(col(Letter.subject).not_in(hidden))
    rows = await session.execute(counted.group_by(*keys))
    return LetterTally({(LetterState(state), kind): count for state, kind, count in rows})
