"""The calls for applications that a company may answer."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.levels import Level
from domain.phases import Phase
from storage.reads.insiders import Knower, may_be_known_by
from storage.tables.cycles import Cycle
from storage.templates import calendar_in, template_of


@dataclass(frozen=True, slots=True)
class Call:
    """A call for applications: where, until when, in which categories."""

    id: UUID
    code: str
    name: str
    zone: str
    level: Level
    phase: Phase
    calendar: CycleCalendar
    template: EditionTemplate


async def call_of(session: AsyncSession, code: str, knower: Knower | None) -> Call | None:
    """The call of that cycle, open or not; that of internal trophies for whom they let in only."""
    found = await session.execute(
        select(Cycle).where(col(Cycle.code) == code, may_be_known_by(knower))
    )
    cycle = found.scalar_one_or_none()
    return None if cycle is None else await _call(session, cycle)


async def open_calls(session: AsyncSession, knower: Knower | None) -> tuple[Call, ...]:
    """Every call that is open to somebody, by name; files go up to a final, nobody applies there."""
    rows = await session.execute(
        select(Cycle)
        .where(
            col(Cycle.phase) == Phase.OPEN,
            col(Cycle.level) != Level.NATIONAL,
            may_be_known_by(knower),
        )
        .order_by(col(Cycle.name))
        .limit(200)
    )
    return tuple([await _call(session, cycle) for cycle in rows.scalars()])


async def _call(session: AsyncSession, cycle: Cycle) -> Call:
    # Templates are read once per process: no query per row.
    return Call(
        id=cycle.id,
        code=cycle.code,
        name=cycle.name,
        zone=cycle.zone,
        level=Level(cycle.level),
        phase=Phase(cycle.phase),
        calendar=calendar_in(cycle),
        template=await template_of(session, cycle),
    )
