"""The calendar of a cycle, kept in every version: what was in force when, by whom and why."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.calendar import CycleCalendar
from storage.tables.calendars import CalendarVersion
from storage.tables.cycles import Cycle
from storage.tables.records import Request
from storage.templates import calendar_document


def put_in_force(  # noqa: PLR0913  (a version says all of that, named at the call)
    session: AsyncSession,
    cycle: Cycle,
    calendar: CycleCalendar,
    *,
    act: str,
    at: datetime,
    request: Request | None,
) -> None:
    """Give the cycle new dates, under the next version number."""
    cycle.calendar = calendar_document(calendar)
    cycle.calendar_version += 1
    session.add(
        CalendarVersion(
            cycle_id=cycle.id,
            version=cycle.calendar_version,
            calendar=cycle.calendar,
            act=act,
            reason=str(request.payload.get("reason", "")) if request else "",
            at=at,
            by_person=request.by_person if request else None,
            request_id=request.id if request else None,
        )
    )


def keep_the_first(session: AsyncSession, cycle: Cycle) -> None:
    """Keep the calendar with which a cycle is opened, as its version 1."""
    session.add(
        CalendarVersion(
            cycle_id=cycle.id,
            version=cycle.calendar_version,
            calendar=cycle.calendar,
            act="open_cycle",
            at=cycle.created_at,
        )
    )
