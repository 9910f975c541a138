"""What companies sent and the service has not recorded yet."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act
from storage.tables.records import Request

SENT = (Act.SUBMIT, Act.COMPLETE, Act.WITHDRAW, Act.COME_BACK)


async def waiting_among(
    session: AsyncSession, applications: Collection[UUID]
) -> Mapping[UUID, Act]:
    """Among those applications, the ones whose company waits for an answer, and to what."""
    if not applications:
        return {}
    subjects = {f"application:{each}": each for each in applications}
    rows = await session.execute(
        select(col(Request.subject), col(Request.kind))
        .where(
            col(Request.subject).in_(subjects),
            col(Request.kind).in_(SENT),
            col(Request.settled).is_(False),
        )
        .order_by(col(Request.arrived_at))
    )
    return {subjects[row.subject]: Act(row.kind) for row in rows}
