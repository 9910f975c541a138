"""Requests of a cycle that the service has failed to carry for longer than a sweep or two."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Uuid, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.applications import Application
from storage.tables.juries import Card, Juror
from storage.tables.records import Request

LONG = timedelta(minutes=5)
# Written down for the trace only: the page does it itself.
DONE_BY_PAGES = ("name_chair",)


async def stuck_requests(session: AsyncSession, cycle_id: UUID) -> int:
    """How many wait, about the cycle or about what is in it."""
    about = cast(func.split_part(col(Request.subject), ":", 2), Uuid)
    inside = [
        select(col(table.id)).where(col(table.id) == about, col(table.cycle_id) == cycle_id)
        for table in (Application, Juror, Card)
    ]
    waiting = (
        select(func.count())
        .select_from(Request)
        .where(
            col(Request.settled).is_(False),
            col(Request.arrived_at) < func.clock_timestamp() - LONG,
            col(Request.kind).not_in(DONE_BY_PAGES),
            or_(about == cycle_id, *[each.exists() for each in inside]),
        )
    )
    return (await session.execute(waiting)).scalar_one()
