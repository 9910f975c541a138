"""Whom a move of dates concerns, by name, and the calendars that were in force before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.calendar_effects import Group
from domain.calendar_moves import Move, MovedDate
from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.acts.touched import STATUSES, people_in
from storage.tables.applications import Application
from storage.tables.calendars import CalendarVersion
from storage.tables.juries import Juror
from storage.tables.people import Person
from storage.templates import calendar_from

FEW = 10
JURORS = {Group.INVITED: JurorStatus.INVITED, Group.JURORS: JurorStatus.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Concerned:
    """How many are in each group, and the first names of those that have some."""

    counts: Mapping[Group, int]
    names: Mapping[Group, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Version:
    """A calendar that was in force: since when, by whom (empty: by the calendar itself), why."""

    number: int
    act: str
    at: datetime
    who: str
    reason: str
    calendar: CycleCalendar
    changes: tuple[MovedDate, ...]


async def concerned_by_dates(session: AsyncSession, cycle_id: UUID) -> Concerned:
    """The groups of a cycle, by a constant number of questions."""
    companies = await _companies(session, cycle_id)
    jurors = await _jurors(session, cycle_id)
    names = {group: companies[status] for group, status in STATUSES.items()}
    names |= {group: jurors[status] for group, status in JURORS.items()}
    return Concerned(await people_in(session, cycle_id), names)


async def versions_of(session: AsyncSession, cycle_id: UUID) -> tuple[Version, ...]:
    """Every calendar of the cycle, the one in force first, each with what it changed."""
    rows = await session.execute(
        select(CalendarVersion, col(Person.name), col(Person.email))
        .outerjoin(Person, col(Person.id) == col(CalendarVersion.by_person))
        .where(col(CalendarVersion.cycle_id) == cycle_id)
        .order_by(col(CalendarVersion.version))
    )
    versions: list[Version] = []
    for row, name, email in rows:
        calendar = calendar_from(row.calendar)
        before = versions[-1].calendar if versions else calendar
        # Only the dates are compared: neither the phase nor the instant counts.
        changes = Move(before, calendar, Phase.OPEN, row.at).dates
        who = name or email or ""
        versions.append(Version(row.version, row.act, row.at, who, row.reason, calendar, changes))
    return tuple(reversed(versions))


async def _companies(session: AsyncSession, cycle_id: UUID) -> Mapping[str, tuple[str, ...]]:
    place = func.row_number().over(
        partition_by=col(Application.status),
        order_by=(col(Application.company), col(Application.id)),
    )
    first = (
        select(col(Application.status), col(Application.company), place.label("place"))
        .where(col(Application.cycle_id) == cycle_id)
        .subquery()
    )
    rows = await session.execute(
        select(first.c.status, first.c.company)
        .where(first.c.place <= FEW)
        .order_by(first.c.status, first.c.place)
    )
    return _gathered((status, company) for status, company in rows)


async def _jurors(session: AsyncSession, cycle_id: UUID) -> Mapping[str, tuple[str, ...]]:
    """Of a jury, which is small, all names are read."""
    rows = await session.execute(
        select(col(Juror.status), col(Person.name), col(Person.email))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id)
        .order_by(col(Person.name), col(Juror.id))
    )
    named = _gathered((status, name or email) for status, name, email in rows)
    return defaultdict(tuple, {status: names[:FEW] for status, names in named.items()})


def _gathered(rows: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for status, name in rows:
        names[status] += (name,)
    return names
