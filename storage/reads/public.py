"""What anybody may read: calls, dates, rules and palmarès, never what is under embargo.

The internal trophies of a company are nobody else's business: nothing here knows them, unless it is
asked for somebody whom they let in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.levels import Level
from domain.phases import Phase
from storage.reads.insiders import Knower, may_be_known_by
from storage.tables.cycles import Cycle, Edition
from storage.tables.results import Palmares
from storage.templates import calendar_in

MOST = 200  # cycles on a page: two years of every territory
BEFORE_PUBLICATION = (
    Phase.PREPARED,
    Phase.OPEN,
    Phase.SCREENING,
    Phase.EVALUATION,
    Phase.DELIBERATION,
    Phase.DECIDED,
)
IS_PUBLIC = col(Cycle.level) != Level.INTERNAL


@dataclass(frozen=True, slots=True)
class PublicCycle:
    """A cycle as anybody may know it."""

    id: UUID
    code: str
    name: str
    year: int
    territory: str
    zone: str
    phase: Phase
    calendar: CycleCalendar
    template_id: UUID


@dataclass(frozen=True, slots=True)
class PublishedCycle:
    """A palmarès in the list."""

    code: str
    name: str
    year: int
    territory: str
    published_at: datetime


async def cycles_under_way(session: AsyncSession) -> tuple[PublicCycle, ...]:
    """The cycles that are prepared or running, those that close first leading."""
    rows = await session.execute(
        select(Cycle, col(Edition.year))
        .join(Edition)
        .where(col(Cycle.phase).in_(BEFORE_PUBLICATION), IS_PUBLIC)
        .order_by(col(Cycle.created_at).desc())
        .limit(MOST)
    )
    cycles = [_cycle(cycle, year) for cycle, year in rows]
    return tuple(sorted(cycles, key=lambda cycle: (cycle.calendar.closes_at, cycle.name)))


async def every_cycle(session: AsyncSession) -> tuple[PublicCycle, ...]:
    """Every cycle that has rules to read, the latest year first."""
    rows = await session.execute(
        select(Cycle, col(Edition.year))
        .join(Edition)
        .where(IS_PUBLIC)
        .order_by(col(Edition.year).desc(), col(Cycle.name), col(Cycle.code))
        .limit(MOST)
    )
    return tuple(_cycle(cycle, year) for cycle, year in rows)


async def cycle_called(
    session: AsyncSession, code: str, knower: Knower | None = None
) -> PublicCycle | None:
    """The cycle of that code."""
    row = (
        await session.execute(
            select(Cycle, col(Edition.year))
            .join(Edition)
            .where(col(Cycle.code) == code, may_be_known_by(knower))
        )
    ).one_or_none()
    return _cycle(*row) if row else None


async def published_cycles(
    session: AsyncSession, *, most: int = MOST
) -> tuple[PublishedCycle, ...]:
    """The published palmarès, the latest first, each cycle once."""
    latest = (
        select(col(Palmares.cycle_id), func.min(col(Palmares.published_at)).label("published_at"))
        .group_by(col(Palmares.cycle_id))
        .subquery()
    )
    rows = await session.execute(
        select(
            col(Cycle.code),
            col(Cycle.name),
            col(Edition.year),
            col(Cycle.territory),
            latest.c.published_at,
        )
        .join(latest, latest.c.cycle_id == col(Cycle.id))
        .join(Edition)
        .where(IS_PUBLIC)
        .order_by(col(Edition.year).desc(), latest.c.published_at.desc(), col(Cycle.name))
        .limit(most)
    )
    return tuple(_published(row) for row in rows)


async def palmares_of(
    session: AsyncSession,
    code: str,
    version: int | None = None,
    knower: Knower | None = None,
) -> Mapping[str, Any] | None:
    """The published document of a cycle, the latest unless one is named; nothing before its hour.

    That of internal trophies is for whom they let in.
    """
    documents = (
        select(col(Palmares.document))
        .join(Cycle, col(Cycle.id) == col(Palmares.cycle_id))
        .where(col(Cycle.code) == code, may_be_known_by(knower))
        .order_by(col(Palmares.version).desc())
        .limit(1)
    )
    if version is not None:
        documents = documents.where(col(Palmares.version) == version)
    return (await session.execute(documents)).scalar_one_or_none()


def _cycle(cycle: Cycle, year: int) -> PublicCycle:
    return PublicCycle(
        id=cycle.id,
        code=cycle.code,
        name=cycle.name,
        year=year,
        territory=cycle.territory,
        zone=cycle.zone,
        phase=Phase(cycle.phase),
        calendar=calendar_in(cycle),
        template_id=cycle.template_id,
    )


def _published(row: Row[str, str, int, str, Any]) -> PublishedCycle:
    code, name, year, territory, published_at = row
    return PublishedCycle(code, name, year, territory, published_at)
