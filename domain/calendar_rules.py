"""The dates of a cycle as a règlement says them: civil dates, good for any year."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.civil import instant, next_working_day, nth_weekday, previous_working_day


class Shift(StrEnum):
    """Where a date goes when it falls on a day that is not worked."""

    STAY = "stay"
    NEXT = "next_working_day"
    PREVIOUS = "previous_working_day"


@dataclass(frozen=True, slots=True)
class FixedDay:
    """The same day every year: 30 June."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """That day of that year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """A Monday (0) to Sunday (6) counted in its month, from the end when ``nth`` is negative."""

    month: int
    weekday: int
    nth: int

    def in_year(self, year: int) -> date:
        """That day of that year."""
        return nth_weekday(year, self.month, self.weekday, self.nth)


@dataclass(frozen=True, slots=True)
class DateRule:
    """A civil date and an hour, in the year of the edition or ``years_later``."""

    on: FixedDay | NthWeekday
    at: time
    shift: Shift = Shift.STAY
    years_later: int = 0

    def day_in(self, year: int) -> date:
        """The day on which the rule falls for the edition of that year."""
        day = self.on.in_year(year + self.years_later)
        match self.shift:
            case Shift.NEXT:
                return next_working_day(day)
            case Shift.PREVIOUS:
                return previous_working_day(day)
            case Shift.STAY:
                return day

    def instant_in(self, year: int, zone: str) -> datetime:
        """The instant, in UTC, of the rule for the edition of that year."""
        return instant(self.day_in(year), self.at, zone)


@dataclass(frozen=True, slots=True)
class Periods:
    """How long people have, and when they are reminded."""

    tolerance: timedelta = timedelta(minutes=15)
    draft_reminders_before: tuple[timedelta, ...] = (
        timedelta(days=30),
        timedelta(days=10),
        timedelta(days=3),
        timedelta(days=1),
    )
    complements_within: timedelta = timedelta(days=14)
    invitation_expires_after: timedelta = timedelta(days=5)
    invitation_reminders_after: tuple[timedelta, ...] = (timedelta(days=2),)
    juror_reminders_before: tuple[timedelta, ...] = (
        timedelta(days=14),
        timedelta(days=7),
        timedelta(days=2),
    )


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """The civil dates of a cycle, and its periods."""

    code: str
    opens_at: DateRule
    closes_at: DateRule
    screening_until: DateRule
    evaluation_from: DateRule
    evaluation_until: DateRule
    deliberation_until: DateRule
    publishes_at: DateRule
    ends_at: DateRule
    periods: Periods = Periods()
    zone: str = "Europe/Paris"
