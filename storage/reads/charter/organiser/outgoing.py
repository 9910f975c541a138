"""The letters that will leave by themselves in the weeks to come, by day and by what causes them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter.outlook import outlook
from domain.charter.situation import Situation
from domain.charter.timetable import Timer
from domain.civil import months_before
from storage.reads.charter.organiser.alike import Alike, Named, first_by_name, merged, named
from storage.reads.charter.organiser.board import key_of
from storage.reads.organiser.remembered import Remembered

DAYS = 30
# A deadline that falls on a closed day moves by some days.
A_WEEK = timedelta(days=7)
_OUTGOING = Remembered[tuple["OutgoingDay", ...]](seconds=60)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One cause of letters on one day: how many adherences it touches, and the first by name."""

    what: Timer
    count: int
    named: tuple[Named, ...]

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, slots=True)
class OutgoingDay:
    """A day on which letters leave; what is late leaves today."""

    day: date
    lines: tuple[Outgoing, ...]


def forget_outgoing() -> None:
    """Compute again next time."""
    _OUTGOING.forget_all()


async def outgoing(session: AsyncSession, now: datetime) -> tuple[OutgoingDay, ...]:
    """The days of the next weeks on which a letter leaves, if nobody does anything."""

    async def compute() -> tuple[OutgoingDay, ...]:
        return by_day(await named(session), now, now + timedelta(days=DAYS))

    return await _OUTGOING.get((key_of(session), now.date()), compute)


def by_day(alike: Sequence[Alike], now: datetime, until: datetime) -> tuple[OutgoingDay, ...]:
    """The letters of every day; each date is computed once for all who share it."""
    found: dict[tuple[date, Timer], list[Alike]] = {}
    near = [replace(each, situation=_without_far_term(each, now, until)) for each in alike]
    for each in merged(near):
        for due in outlook(each.situation, each.charter.periods, now, until):
            day = each.situation.day_of(max(due.at, now))
            found.setdefault((day, due.what), []).append(each)
    days = sorted({day for day, _ in found})
    return tuple(
        OutgoingDay(
            day, tuple(_line(what, found[day, what]) for what in Timer if (day, what) in found)
        )
        for day in days
    )


def _without_far_term(each: Alike, now: datetime, until: datetime) -> Situation:
    """A term none of whose letters leaves in these weeks tells nobody apart."""
    term, periods = each.situation.term_on, each.charter.periods
    months = (0, periods.renewal_months_before, *periods.renewal_reminders_months_before)
    if term is None or any(
        now.date() - A_WEEK <= months_before(term, each) <= until.date() + A_WEEK for each in months
    ):
        return each.situation
    return replace(each.situation, term_on=None)


def _line(what: Timer, alike: Sequence[Alike]) -> Outgoing:
    return Outgoing(what, sum(each.count for each in alike), first_by_name(alike))
