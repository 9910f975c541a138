"""The cycles that somebody organises, a year at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.early_end import ends_at
from domain.phases import Phase
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.templates import calendar_in

# A year has one cycle per territory and the national one: a page holds them all.
MOST = 100
WAITING = (Status.SUBMITTED, Status.COMPLEMENTS)


@dataclass(frozen=True, slots=True)
class OrganisedCycle:
    """One cycle in the list: where it stands, until when, and how many files."""

    code: str
    name: str
    edition: str
    phase: Phase
    calendar: CycleCalendar
    drafts: int = 0
    to_screen: int = 0
    admitted: int = 0

    @property
    def until(self) -> datetime | None:
        """When the phase ends by the calendar."""
        return ends_at(self.calendar, self.phase)


@dataclass(frozen=True, slots=True)
class OrganisedYear:
    """The cycles of one year, and the years there are."""

    year: int | None
    years: tuple[int, ...]
    cycles: tuple[OrganisedCycle, ...]

    @property
    def editions(self) -> tuple[tuple[str, str], ...]:
        """The editions of these cycles: the code that theirs begin with, and the name."""
        named = ((cycle.code.rpartition(":")[0], cycle.edition) for cycle in self.cycles)
        return tuple(dict.fromkeys(named))


async def organised_year(
    session: AsyncSession, organises: Collection[UUID] | None, year: int | None = None
) -> OrganisedYear:
    """The cycles of a year, or of the last one; None organises everything."""
    theirs = true() if organises is None else col(Cycle.id).in_(organises)
    years = tuple(
        (
            await session.execute(
                select(col(Edition.year))
                .join(Cycle)
                .where(theirs)
                .distinct()
                .order_by(col(Edition.year).desc())
            )
        ).scalars()
    )
    shown = year if year in years else next(iter(years), None)
    rows = (
        await session.execute(
            select(Cycle, col(Edition.name))
            .join(Edition)
            .where(theirs, col(Edition.year) == shown)
            .order_by(col(Cycle.name), col(Cycle.code))
            .limit(MOST)
        )
    ).all()
    counts = await _counts(session, [cycle.id for cycle, _ in rows])
    return OrganisedYear(
        year=shown,
        years=years,
        cycles=tuple(_cycle(cycle, edition, counts) for cycle, edition in rows),
    )


async def _counts(
    session: AsyncSession, cycles: Collection[UUID]
) -> dict[tuple[UUID, Status], int]:
    keys = (col(Application.cycle_id), col(Application.status))
    rows = await session.execute(
        select(*keys, func.count()).where(col(Application.cycle_id).in_(cycles)).group_by(*keys)
    )
    return {(cycle, Status(status)): count for cycle, status, count in rows}


def _cycle(cycle: Cycle, edition: str, counts: dict[tuple[UUID, Status], int]) -> OrganisedCycle:
    return OrganisedCycle(
        code=cycle.code,
        name=cycle.name,
        edition=edition,
        phase=Phase(cycle.phase),
        calendar=calendar_in(cycle),
        drafts=counts.get((cycle.id, Status.DRAFT), 0),
        to_screen=sum(counts.get((cycle.id, status), 0) for status in WAITING),
        admitted=counts.get((cycle.id, Status.ADMITTED), 0),
    )


async def year_of(session: AsyncSession, cycle: Cycle) -> int:
    """The year of the edition of a cycle, which its figures are about."""
    found = await session.execute(
        select(col(Edition.year)).where(col(Edition.id) == cycle.edition_id)
    )
    return found.scalar_one()
