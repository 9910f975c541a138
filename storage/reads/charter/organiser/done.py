"""Whether what a form asks was done already: somebody pressed twice."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.records import Request


async def was_done(session: AsyncSession, request_id: UUID, subject: str) -> bool:
    """Whether that request about that subject was settled, and not refused."""
    found = await session.execute(
        select(col(Request.id)).where(
            col(Request.id) == request_id,
            col(Request.subject) == subject,
            col(Request.settled).is_(True),
            col(Request.refusal).is_(None),
        )
    )
    return found.first() is not None
