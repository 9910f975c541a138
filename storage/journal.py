"""The trace: one line per change."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables.records import JournalLine, Request


def write_line(  # noqa: PLR0913  (a line has that many columns, all named at the call)
    session: AsyncSession,
    *,
    subject: str,
    act: str,
    at: datetime,
    before: str = "",
    after: str = "",
    reason: str = "",
    request: Request | None = None,
    cycle_id: UUID | None = None,
    calendar_version: int | None = None,
) -> None:
    """Add one line; the actor is who made the request, or the calendar."""
    session.add(
        JournalLine(
            at=at,
            actor=f"person:{request.by_person}" if request else "calendar",
            subject=subject,
            cycle_id=cycle_id,
            act=act,
            before=before,
            after=after,
            reason=reason,
            request_id=request.id if request else None,
            calendar_version=calendar_version,
        )
    )
