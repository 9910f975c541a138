"""The files that wait for the organiser's answer, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.states import State
from storage.charters import CHARTER, charter_by_id
from storage.reads.charter.organiser.ages import age_in_days
from storage.tables.charter import Adherence

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueuedFile:
    """A file to review, and how long it has waited against what was promised."""

    id: UUID
    company: str
    siret: str
    territory: str
    size: str
    since: datetime
    age_days: int
    promised_days: int

    @property
    def is_late(self) -> bool:
        """Whether the promise is broken."""
        return self.age_days > self.promised_days


@dataclass(frozen=True, slots=True)
class Queue:
    """Fifty files, and the last of them when there are more."""

    lines: tuple[QueuedFile, ...]
    last: UUID | None = None


async def queue_of_files(session: AsyncSession, now: datetime, after: UUID | None = None) -> Queue:
    """The files that have waited less than that one, or those that have waited longest."""
    since, identity = col(Adherence.since), col(Adherence.id)
    query = select(Adherence).where(
        col(Adherence.charter_code) == CHARTER, col(Adherence.state) == State.FILED
    )
    last = await session.get(Adherence, after) if after else None
    if last is not None:
        query = query.where(tuple_(since, identity) > tuple_(literal(last.since), literal(last.id)))
    rows = (await session.execute(query.order_by(since, identity).limit(PAGE + 1))).scalars().all()
    promised = {
        charter: (await charter_by_id(session, charter)).periods.review_days
        for charter in {row.charter_id for row in rows}
    }
    lines = tuple(_line(row, now, promised[row.charter_id]) for row in rows[:PAGE])
    return Queue(lines, lines[-1].id if len(rows) > PAGE else None)


def _line(row: Adherence, now: datetime, promised_days: int) -> QueuedFile:
    return QueuedFile(
        id=row.id,
        company=row.company,
        siret=row.siret,
        territory=row.territory,
        size=row.size,
        since=row.since,
        age_days=age_in_days(row.since, now, row.zone),
        promised_days=promised_days,
    )
