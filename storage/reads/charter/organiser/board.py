"""The board of the charter: who stands where, what waits for the organiser, and since when."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.situation import Step
from domain.charter.states import State
from domain.charter.timetable import Timer, dues
from storage.charters import CHARTER
from storage.reads.charter.organiser.alike import Alike, counted
from storage.reads.organiser.remembered import Remembered
from storage.tables.charter import Adherence, Alert

# What is awaited next from an adherence in that state, or from the organiser.
AWAITED = {
    State.DRAFT: (Timer.EXPIRE,),
    State.FILED: (Timer.ESCALATE_REVIEW,),
    State.COMPLEMENTS: (Timer.EXPIRE,),
    State.ACTIVE: (Timer.OPEN_WINDOW, Timer.MISS, Timer.TAKE_AS_DECLARED),
    State.TO_COMPLETE: (Timer.MISS,),
    State.UNREPORTED: (Timer.REMOVE, Timer.TAKE_AS_DECLARED),
    State.SUSPENDED: (Timer.DECIDE_SUSPENSION,),
    State.EXPIRED: (Timer.END_GRACE,),
    State.CEASED: (Timer.END_CESSATION,),
}

_SITUATIONS = Remembered[tuple[Alike, ...]](seconds=10)
_COMING = Remembered["Mapping[State, Coming]"](seconds=10)
_ALERTS = Remembered[Mapping[str, int]]()
_STATES = Remembered[Mapping[State, int]]()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the organiser: how many, how many past the promise, and the oldest."""

    count: int = 0
    late: int = 0
    oldest_days: int = 0
    promised_days: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A state: how many are in it, and the first date that something is due there."""

    state: State
    count: int
    first_due: datetime | None
    due_count: int = 0
    due: Timer | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """The first date that something is due in a state, what it is, and for how many."""

    at: datetime
    what: Timer
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the board shows, but the campaign."""

    standings: tuple[Standing, ...]
    files: Waiting
    reports: Waiting
    suspended: Standing
    successors: int
    ceased: Standing
    alerts: Mapping[str, int]


async def board_of(
    session: AsyncSession, now: datetime, hidden: frozenset[str] = frozenset()
) -> Board:
    """The board at that instant; what is counted is at most ten seconds old.

    ``hidden`` are the complaints of which this reader may know nothing.
    """
    alike = await _alike(session)
    coming = await _COMING.get(key_of(session), partial(_coming, session))
    counts = await state_tally(session)
    standings = {
        state: _standing(state, counts.get(state, 0), coming.get(state)) for state in State
    }
    return Board(
        standings=tuple(standings.values()),
        files=_waiting(alike, now, _file_since, lambda each: each.charter.periods.review_days),
        reports=_waiting(
            alike, now, _report_since, lambda each: each.charter.periods.report_tacit_days
        ),
        suspended=standings[State.SUSPENDED],
        successors=sum(
            each.count for each in alike if each.state is State.CEASED and each.with_successor
        ),
        ceased=standings[State.CEASED],
        alerts=await alert_tally(session, hidden),
    )


async def state_tally(session: AsyncSession) -> Mapping[State, int]:
    """How many adherences are in each state, those that ended included."""
    return await _STATES.get(key_of(session), partial(_count_states, session))


async def alert_tally(
    session: AsyncSession, hidden: frozenset[str] = frozenset()
) -> Mapping[str, int]:
    """How many complaints are at each step, without those that are hidden."""
    return await _ALERTS.get((key_of(session), hidden), partial(_count_alerts, session, hidden))


def key_of(session: AsyncSession) -> str:
    """What tells the charter of this database from that of another."""
    return str(session.get_bind().engine.url)


def forget_board() -> None:
    """Count again next time; the page that changed something says so."""
    for remembered in (_SITUATIONS, _COMING, _ALERTS, _STATES):
        remembered.forget_all()


async def _count_states(session: AsyncSession) -> Mapping[State, int]:
    rows = await session.execute(
        select(col(Adherence.state), func.count())
        .where(col(Adherence.charter_code) == CHARTER)
        .group_by(col(Adherence.state))
    )
    return {State(state): count for state, count in rows}


async def _count_alerts(session: AsyncSession, hidden: frozenset[str]) -> Mapping[str, int]:
    counted = select(col(Alert.step), func.count())
    if hidden:
        own = [UUID(each.partition(":")[2]) for each in hidden]
        counted = counted.where(col(Alert.id).not_in(own))
    rows = await session.execute(counted.group_by(col(Alert.step)).order_by(col(Alert.step)))
    return {step: count for step, count in rows}  # noqa: C416  (rows are not pairs)


async def _alike(session: AsyncSession) -> tuple[Alike, ...]:
    return await _SITUATIONS.get(key_of(session), partial(counted, session))


async def _coming(session: AsyncSession) -> Mapping[State, Coming]:
    """What comes first in each state: worked out once for all who look, by every timetable."""
    dated = defaultdict[State, Counter[tuple[datetime, Timer]]](Counter)
    for each in await _alike(session):
        for due in _awaited(each):
            dated[each.state][due] += each.count
    firsts = {
        state: min(found.items(), key=lambda due: due[0][0]) for state, found in dated.items()
    }
    return {state: Coming(at, what, count) for state, ((at, what), count) in firsts.items()}


def _standing(state: State, count: int, first: Coming | None) -> Standing:
    if first is None:
        return Standing(state, count, None)
    return Standing(state, count, first.at, first.count, first.what)


def _awaited(each: Alike) -> Iterator[tuple[datetime, Timer]]:
    """The next of what is awaited; the last reminder of a suspension is its end."""
    found = [
        due for due in dues(each.situation, each.charter.periods) if due.what in AWAITED[each.state]
    ]
    if found:
        next_one = max if each.state is State.SUSPENDED else min
        due = next_one(found, key=lambda due: due.at)
        yield due.at, due.what


def _waiting(
    alike: Sequence[Alike],
    now: datetime,
    since: Callable[[Alike], datetime | None],
    promised: Callable[[Alike], int],
) -> Waiting:
    count = late = oldest = days = 0
    for each in alike:
        began = since(each)
        if began is None:
            continue
        age = (each.situation.day_of(now) - each.situation.day_of(began)).days
        days = promised(each)
        count, oldest = count + each.count, max(oldest, age)
        late += each.count if age > days else 0
    return Waiting(count, late, oldest, days)


def _file_since(each: Alike) -> datetime | None:
    return each.situation.since if each.state is State.FILED else None


def _report_since(each: Alike) -> datetime | None:
    report = each.situation.report
    return report.submitted_at if report and report.step is Step.SUBMITTED else None
