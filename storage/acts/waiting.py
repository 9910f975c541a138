"""Requests that arrived and that nobody carried to a workflow: a slow worker makes nobody late."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.refusals import Refusal, written_down
from storage.tables.records import Request

# A page that is still there asks by itself for less long.
PATIENCE = timedelta(seconds=30)

Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that is not settled; ``age`` by the clock of the database."""

    id: UUID
    kind: str
    subject: str
    payload: dict[str, Any]
    arrived_at: datetime
    age: timedelta

    @property
    def place(self) -> Place:
        """Where it stands in the queue."""
        return self.arrived_at, self.id


async def still_waiting(
    session: AsyncSession, subject: str, kinds: Collection[str], until: datetime | None = None
) -> Sequence[Request]:
    """Those about a subject that are not settled, in the order of their arrival."""
    waiting = select(Request).where(
        col(Request.subject) == subject,
        col(Request.kind).in_(kinds),
        col(Request.settled).is_(False),
    )
    if until is not None:
        waiting = waiting.where(col(Request.arrived_at) <= until)
    return (await session.scalars(waiting.order_by(col(Request.arrived_at)))).all()


async def waiting_requests(
    session: AsyncSession, kinds: Collection[str], after: Place | None, limit: int
) -> Sequence[Waiting]:
    """The next requests of those kinds that wait for longer than a page would, by a cursor."""
    now = func.clock_timestamp()
    arrived_at, its_id = col(Request.arrived_at), col(Request.id)
    waiting = select(
        its_id,
        col(Request.kind),
        col(Request.subject),
        col(Request.payload),
        arrived_at,
        (now - arrived_at).label("age"),
    ).where(
        col(Request.settled).is_(False),
        arrived_at < now - PATIENCE,
        col(Request.kind).in_(kinds),
    )
    if after is not None:
        waiting = waiting.where(tuple_(arrived_at, its_id) > after)
    rows = await session.execute(waiting.order_by(arrived_at, its_id).limit(limit))
    return [Waiting(*row) for row in rows]


async def settle_as_answered(session: AsyncSession, request_id: UUID) -> None:
    """Nothing is left to carry: what was asked had its answer."""
    await session.execute(
        update(Request)
        .where(col(Request.id) == request_id, col(Request.settled).is_(False))
        .values(settled=True)
    )


async def settle_as_refused(session: AsyncSession, request_id: UUID, refusal: Refusal) -> None:
    """Keep the refusal with the request; one that was settled meanwhile stays as it is."""
    await session.execute(
        update(Request)
        .where(col(Request.id) == request_id, col(Request.settled).is_(False))
        .values(settled=True, refusal=written_down(refusal))
    )
