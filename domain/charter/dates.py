"""The dates of the charter: civil days in the adherent's zone, moved to a working day."""

from datetime import date, datetime, time, timedelta

from domain.charter.periods import CharterPeriods
from domain.charter.situation import Situation
from domain.civil import instant, months_before, next_working_day

DEADLINE_HOUR = time(18)
LETTER_HOUR = time(9)


def months_after(day: date, months: int) -> date:
    """The same day, that many months later, or the last day of a month that is too short."""
    return months_before(day, -months)


def end_of_month(day: date) -> date:
    """The last day of the month of that day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def deadline(day: date, situation: Situation, hour: time = DEADLINE_HOUR) -> datetime:
    """The instant by which something is due: that day or the next working day, at 18:00 there."""
    return instant(next_working_day(day, situation.area), hour, situation.zone)


def morning(day: date, situation: Situation) -> datetime:
    """When a letter of that day leaves: on a working day, at nine there."""
    return instant(next_working_day(day, situation.area), LETTER_HOUR, situation.zone)


def days_later(moment: datetime, days: int, situation: Situation) -> date:
    """The civil day, that many days after that of an instant."""
    return situation.day_of(moment) + timedelta(days=days)


def first_window(accepted_on: date, periods: CharterPeriods) -> int:
    """The year of the first report: not the next one for who was accepted late in the year."""
    exempt = date(accepted_on.year, *periods.window.exempt_if_accepted_after)
    return accepted_on.year + (1 if accepted_on <= exempt else 2)


def window_opens(year: int, situation: Situation, periods: CharterPeriods) -> datetime:
    """When the window of a year opens."""
    return instant(date(year, *periods.window.opens), LETTER_HOUR, situation.zone)


def window_closes(year: int, situation: Situation, periods: CharterPeriods) -> datetime:
    """When the window of a year closes, unless one company was given longer."""
    return deadline(date(year, *periods.window.closes), situation, periods.window.hour)


def next_window(situation: Situation, periods: CharterPeriods) -> int | None:
    """The year of the window that has still to open, once there was a decision."""
    if situation.accepted_on is None:
        return None
    first = first_window(situation.accepted_on, periods)
    return max(first, situation.report.year + 1) if situation.report else first


def first_term(accepted_on: date, periods: CharterPeriods) -> date:
    """The last day of an adherence accepted that day: a number of months, to the end of the month."""
    return end_of_month(months_after(accepted_on, periods.term_months))


def removal_day(missed_on: date, periods: CharterPeriods) -> date:
    """The day on which silence ends an adherence, never sooner than some months after the miss."""
    removal = date(missed_on.year, *periods.removal_on)
    if removal < missed_on:
        removal = date(missed_on.year + 1, *periods.removal_on)
    return max(removal, months_after(missed_on, periods.removal_months_after_entry))


def renewal_opens(term_on: date, situation: Situation, periods: CharterPeriods) -> datetime:
    """From when a term may be renewed."""
    return instant(
        months_before(term_on, periods.renewal_months_before), LETTER_HOUR, situation.zone
    )
