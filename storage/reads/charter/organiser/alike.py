"""The adherences that live, put together when the calendar holds the same for them.

Ten thousand adherences make some hundreds of situations: one statement counts them, and the dates
of each are computed once. Whatever changes no date is left out of what tells them apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from heapq import merge
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Executable, and_, case, func, null, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.charter.dates import first_window
from domain.charter.document import CharterDocument
from domain.charter.situation import Report as ReportDue
from domain.charter.situation import Situation, Step
from domain.charter.states import ENDED, State
from domain.civil import Area
from storage.charters import CHARTER, charter_by_id
from storage.tables.charter import Adherence, Report

# How many are named of each; the others are counted.
NAMED = 12
# Where the day of entering the state moves a date.
DATED = (State.DRAFT, State.FILED, State.EXPIRED)
LIVE = tuple(state for state in State if state not in ENDED)


@dataclass(frozen=True, slots=True)
class Named:
    """One of them."""

    company: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Alike:
    """A situation, how many are in it, and the first of them by name."""

    charter: CharterDocument
    situation: Situation
    count: int
    named: tuple[Named, ...]
    with_successor: bool = False

    @property
    def state(self) -> State:
        """The state that people read."""
        return self.situation.state


def merged(alike: Iterable[Alike]) -> tuple[Alike, ...]:
    """The same, those that became equal put together."""
    found: dict[tuple[object, ...], list[Alike]] = {}
    for each in alike:
        key = (each.charter.version, each.situation, each.with_successor)
        found.setdefault(key, []).append(each)
    return tuple(
        replace(same[0], count=sum(each.count for each in same), named=first_by_name(same))
        for same in found.values()
    )


def first_by_name(alike: Iterable[Alike]) -> tuple[Named, ...]:
    """The first of all by name."""
    in_order = merge(*(each.named for each in alike), key=lambda named: (named.company, named.id))
    return tuple(islice(in_order, NAMED))


async def counted(session: AsyncSession) -> tuple[Alike, ...]:
    """Every situation in which an adherence lives today, with its count; terms are left out."""
    return await _found(session, _COUNTED)


async def named(session: AsyncSession) -> tuple[Alike, ...]:
    """The same told apart by their terms too, with the first of each by name."""
    return await _found(session, _NAMED)


async def _found(session: AsyncSession, statement: Executable) -> tuple[Alike, ...]:
    rows = (await session.execute(statement)).all()
    charters = {row[0]: await charter_by_id(session, row[0]) for row in rows}
    return tuple(_alike(charters[row[0]], tuple(row)) for row in rows)


def _day(instant: Mapped[datetime] | ColumnElement[Any]) -> ColumnElement[date]:
    return func.timezone(col(Adherence.zone), instant).cast(Date)


_LAST = (
    select(Report)
    .where(col(Report.adherence_id) == col(Adherence.id))
    .order_by(col(Report.year).desc())
    .limit(1)
    .lateral("last_report")
)
_KEY = (
    col(Adherence.charter_id),
    col(Adherence.state),
    col(Adherence.zone),
    col(Adherence.area),
    case((col(Adherence.state).in_(DATED), _day(col(Adherence.since)))),
    case((_LAST.c.year.is_(None), col(Adherence.accepted_on))),
    col(Adherence.complements_until),
    col(Adherence.missed_on),
    col(Adherence.expired_on),
    col(Adherence.suspended_on),
    col(Adherence.ceased_on),
    col(Adherence.successor_siret).is_not(None),
    _LAST.c.year,
    _LAST.c.step,
    _LAST.c.closes_at,
    case((_LAST.c.step == Step.SUBMITTED, _day(_LAST.c.submitted_at))),
    _LAST.c.return_until,
)
_BY_NAME = (col(Adherence.company), col(Adherence.id))
_FIRST = tuple(
    func.array_agg(aggregate_order_by(column, *_BY_NAME))[1:NAMED] for column in _BY_NAME
)
_LIVING = and_(col(Adherence.charter_code) == CHARTER, col(Adherence.state).in_(LIVE))
# Without names nothing is sorted: ten thousand rows are counted in a third of the time.
_COUNTED = (
    select(*_KEY, func.count(), null(), null(), null())
    .select_from(Adherence)
    .outerjoin(_LAST, true())
    .where(_LIVING)
    .group_by(*_KEY)
)
_NAMED = (
    select(*_KEY, func.count(), col(Adherence.term_on), *_FIRST)
    .select_from(Adherence)
    .outerjoin(_LAST, true())
    .where(_LIVING)
    .group_by(*_KEY, col(Adherence.term_on))
)


def _alike(charter: CharterDocument, row: Sequence[Any]) -> Alike:
    _, state, zone, area, entered, accepted, until, *dates = row[:11]
    has_successor, year, step, closes_at, sent, return_until, count, term, names, ids = row[11:]
    missed, expired, suspended, ceased = dates
    report = None
    if year is not None:
        report = ReportDue(
            year=year,
            step=Step(step),
            closes_at=closes_at,
            submitted_at=_noon(sent, zone) if sent else None,
            return_until=return_until,
        )
    first = first_window(accepted, charter.periods) if accepted else year
    return Alike(
        charter=charter,
        situation=Situation(
            state=State(state),
            since=_noon(entered or date(2000, 1, 1), zone),
            zone=zone,
            area=Area(area),
            # Any day that has the same first window stands for the others.
            accepted_on=date(first - 1, 1, 1) if first else None,
            term_on=term,
            complements_until=until,
            report=report,
            missed_on=missed,
            expired_on=expired,
            suspended_on=suspended,
            ceased_on=ceased,
        ),
        count=count,
        named=tuple(map(Named, names or (), ids or ())),
        with_successor=has_successor,
    )


def _noon(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(zone))
