"""Requests that arrived and that nobody carried to a workflow: a slow worker makes nobody late."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.records import Request


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
