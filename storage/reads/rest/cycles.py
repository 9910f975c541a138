"""Cycles as programs read them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.early_end import ends_at
from domain.phases import Phase
from storage.reads.rest.keys import named
from storage.reads.rest.pages import PAGE, Slice, key_in, sliced
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Juror
from storage.templates import calendar_in


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A cycle in a list."""

    id: UUID
    code: str
    edition: str
    territory: str
    name: str
    phase: Phase
    until: datetime | None
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class CycleShown:
    """One cycle: where it stands, its dates, and what there is in it."""

    id: UUID
    code: str
    edition: str
    territory: str
    name: str
    zone: str
    phase: Phase
    entered_at: datetime | None
    until: datetime | None
    calendar_version: int
    calendar: CycleCalendar
    applications: Mapping[str, int]
    jurors: Mapping[str, int]


async def cycles(
    session: AsyncSession, organises: Collection[UUID] | None, after: str | None
) -> Slice[CycleLine]:
    """The cycles that somebody organises, by code; None organises everything."""
    query = (
        select(Cycle, col(Edition.code))
        .join(Edition, col(Edition.id) == col(Cycle.edition_id))
        .where(true() if organises is None else col(Cycle.id).in_(organises))
        .order_by(col(Cycle.code))
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(col(Cycle.code) > key_in(after, 1)[0])
    found = [_line(cycle, edition) for cycle, edition in await session.execute(query)]
    return sliced(found, lambda line: (line.code,))


async def cycle_named(session: AsyncSession, name: str) -> Cycle | None:
    """The row of a cycle, by its code or its id."""
    return (await session.execute(select(Cycle).where(named(Cycle, name)))).scalar_one_or_none()


async def cycle_shown(session: AsyncSession, cycle: Cycle) -> CycleShown:
    """One cycle, whole."""
    edition = await session.get_one(Edition, cycle.edition_id)
    calendar, phase = calendar_in(cycle), Phase(cycle.phase)
    return CycleShown(
        id=cycle.id,
        code=cycle.code,
        edition=edition.code,
        territory=cycle.territory,
        name=cycle.name,
        zone=cycle.zone,
        phase=phase,
        entered_at=cycle.entered_at,
        until=ends_at(calendar, phase),
        calendar_version=cycle.calendar_version,
        calendar=calendar,
        applications=await _by_status(session, Application, cycle.id),
        jurors=await _by_status(session, Juror, cycle.id),
    )


async def _by_status(
    session: AsyncSession, table: type[Application | Juror], cycle_id: UUID
) -> dict[str, int]:
    rows = await session.execute(
        select(col(table.status), func.count())
        .where(col(table.cycle_id) == cycle_id)
        .group_by(col(table.status))
        .order_by(col(table.status))
    )
    return dict(iter(rows))


def _line(cycle: Cycle, edition: str) -> CycleLine:
    calendar, phase = calendar_in(cycle), Phase(cycle.phase)
    return CycleLine(
        id=cycle.id,
        code=cycle.code,
        edition=edition,
        territory=cycle.territory,
        name=cycle.name,
        phase=phase,
        until=ends_at(calendar, phase),
        closes_at=calendar.closes_at,
    )
