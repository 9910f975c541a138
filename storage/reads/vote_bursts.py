"""Where many voices came from one place, once the vote is counted: what its organiser may look into."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, label, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.acts.vote_bursts import COLUMNS, Shared
from storage.tables.votes import Voice

# Fewer voices from one place are a family or a team: nobody's business.
SUSPECT = 10
MOST = 15


@dataclass(frozen=True, slots=True)
class Burst:
    """Voices from one place: how many, between which instants, and how many for their first choice."""

    shared: Shared
    fingerprint: str
    voices: int
    first: datetime
    last: datetime
    for_one: int


async def bursts_in(session: AsyncSession, vote_id: UUID) -> tuple[Burst, ...]:
    """The places from which most voices came, those put aside already left out."""
    found: list[Burst] = []
    for shared, column in COLUMNS.items():
        by_choice = (
            select(
                label("fingerprint", column),
                func.count().label("voices"),
                func.min(col(Voice.arrived_at)).label("first"),
                func.max(col(Voice.arrived_at)).label("last"),
            )
            .where(col(Voice.vote_id) == vote_id, col(Voice.burst_id).is_(None))
            .group_by(column, col(Voice.candidate_id))
            .subquery()
        )
        rows = await session.execute(
            select(
                by_choice.c.fingerprint,
                func.sum(by_choice.c.voices),
                func.min(by_choice.c.first),
                func.max(by_choice.c.last),
                func.max(by_choice.c.voices),
            )
            .group_by(by_choice.c.fingerprint)
            .having(func.sum(by_choice.c.voices) >= SUSPECT)
            .order_by(func.sum(by_choice.c.voices).desc(), by_choice.c.fingerprint)
            .limit(MOST)
        )
        found += [
            Burst(shared, fingerprint, int(voices), first, last, int(for_one))
            for fingerprint, voices, first, last, for_one in rows
        ]
    return tuple(found)
