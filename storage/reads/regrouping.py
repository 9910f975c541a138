"""The short categories of a territory, what became of them, and who could judge them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.levels import Level
from domain.phases import Phase
from domain.regrouping import Neighbour, RegroupKind, Short
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Regrouping
from storage.templates import calendar_in

WAITING = (Status.SUBMITTED, Status.COMPLEMENTS, Status.RETURNING)


@dataclass(frozen=True, slots=True)
class Regrouped:
    """A category that another jury judges, and which."""

    category: str
    kind: RegroupKind
    into: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The jury that judges a file in the place of its territory's, its dates, and the copy it reads."""

    kind: RegroupKind
    jury: str
    calendar: CycleCalendar
    copy: UUID | None


def judged_here() -> ColumnElement[bool]:
    """Whether an application is of a category that its own territory judges."""
    return ~(
        select(col(Regrouping.id))
        .where(
            col(Regrouping.cycle_id) == col(Application.cycle_id),
            col(Regrouping.category) == col(Application.category),
        )
        .correlate(Application)
        .exists()
    )


async def counts_in(session: AsyncSession, cycle_id: UUID) -> Mapping[str, Short]:
    """How many files each category of a cycle has, admitted and to examine."""
    rows = await session.execute(
        select(col(Application.category), col(Application.status), func.count())
        .where(
            col(Application.cycle_id) == cycle_id,
            col(Application.status).in_((Status.ADMITTED, *WAITING)),
        )
        .group_by(col(Application.category), col(Application.status))
        .order_by(col(Application.category))
    )
    found: dict[str, Short] = {}
    for category, status, count in rows:
        known = found.get(category, Short(category, 0))
        is_admitted = status == Status.ADMITTED
        found[category] = Short(
            category,
            known.admitted + (count if is_admitted else 0),
            known.waiting + (0 if is_admitted else count),
        )
    return found


async def regrouped_in(session: AsyncSession, cycle_id: UUID) -> Mapping[str, Regrouped]:
    """The categories of a cycle that another jury judges."""
    rows = await session.execute(
        select(Regrouping, col(Cycle.name))
        .outerjoin(Cycle, col(Cycle.id) == col(Regrouping.into_cycle_id))
        .where(col(Regrouping.cycle_id) == cycle_id)
    )
    return {
        row.category: Regrouped(row.category, RegroupKind(row.kind), into or "")
        for row, into in rows
    }


async def judged_elsewhere(
    session: AsyncSession, cycle_id: UUID, category: str, application_id: UUID
) -> Elsewhere | None:
    """Who judges a file whose short category was given away; None when its own territory does."""
    own = await session.get_one(Cycle, cycle_id)
    final = (col(Cycle.edition_id) == own.edition_id) & (col(Cycle.level) == Level.NATIONAL)
    neighbour = col(Cycle.id) == col(Regrouping.into_cycle_id)
    is_carried = col(Regrouping.kind) == RegroupKind.CARRIED
    found = await session.execute(
        select(col(Regrouping.kind), Cycle, col(Application.id))
        .join(Cycle, (is_carried & final) | (~is_carried & neighbour))
        .outerjoin(
            Application,
            (col(Application.cycle_id) == col(Cycle.id))
            & (col(Application.origin_id) == application_id),
        )
        .where(col(Regrouping.cycle_id) == cycle_id, col(Regrouping.category) == category)
    )
    row = found.one_or_none()
    if row is None:
        return None
    kind, jury, copy = row
    return Elsewhere(RegroupKind(kind), jury.name, calendar_in(jury), copy)


async def files_in(session: AsyncSession, cycle_id: UUID, category: str) -> tuple[Application, ...]:
    """The admitted files of a category."""
    rows = await session.scalars(
        select(Application)
        .options(*WITHOUT_DOCUMENTS)
        .where(
            col(Application.cycle_id) == cycle_id,
            col(Application.category) == category,
            col(Application.status) == Status.ADMITTED,
        )
        .order_by(col(Application.company), col(Application.id))
    )
    return tuple(rows)


async def neighbours_of(session: AsyncSession, cycle: Cycle) -> tuple[Cycle, ...]:
    """The other territories of the edition, by name."""
    rows = await session.scalars(
        select(Cycle)
        .where(
            col(Cycle.edition_id) == cycle.edition_id,
            col(Cycle.level) == Level.TERRITORIAL,
            col(Cycle.id) != cycle.id,
        )
        .order_by(col(Cycle.name), col(Cycle.code))
    )
    return tuple(rows)


async def neighbour(session: AsyncSession, other: Cycle, category: str) -> Neighbour:
    """Another territory, as the rules of regrouping know it."""
    gone = await regrouped_in(session, other.id)
    return Neighbour(
        Phase(other.phase), calendar_in(other).evaluation_until, is_regrouped=category in gone
    )
