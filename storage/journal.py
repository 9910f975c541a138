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
    at: datetime | None = None,
    before: str = "",
    after: str = "",
    reason: str = "",
    request: Request | None = None,
    by_person: UUID | None = None,
    cycle_id: UUID | None = None,
    calendar_version: int | None = None,
) -> None:
    """Add one line, at the database's own instant unless given.

    The actor is who made the request, else the person named, else the calendar.
    """
    person = request.by_person if request else by_person
    line = JournalLine(
        actor=f"person:{person}" if person else "calendar",
        subject=subject,
        cycle_id=cycle_id,
        act=act,
        before=before,
        after=after,
        reason=reason,
        request_id=request.id if request else None,
        calendar_version=calendar_version,
    )
    if at is not None:
        line.at = at
    session.add(line)
