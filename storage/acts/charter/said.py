"""The dates that letters say: those of the calendar itself, never a count of days to add up."""

from datetime import date, datetime
from typing import TypedDict

from domain.charter.dates import days_later, deadline, months_after
from domain.charter.situation import Situation
from domain.charter.timetable import Timer, dues
from storage.acts.charter.case import AdherenceCase


class BadgeDays(TypedDict):
    """By which days the badge leaves pages and printed matter."""

    digital_on: str
    print_on: str


class Appeal(TypedDict):
    """Until when a decision may be appealed against, and in how many days the answer comes."""

    appeal_until: datetime
    appeal_answer_days: int


def falls_at(case: AdherenceCase, situation: Situation, what: Timer) -> datetime | None:
    """When the calendar will do that in this situation; nothing when it will not."""
    coming = dues(situation, case.charter.periods)
    return next((due.at for due in coming if due.what is what), None)


def within(case: AdherenceCase, days: int) -> datetime:
    """The deadline that many days from the act."""
    return deadline(days_later(case.at, days, case.situation), case.situation)


def in_months(case: AdherenceCase, months: int) -> date:
    """The civil day that many months from the act."""
    return months_after(case.situation.day_of(case.at), months)


def badge_days(case: AdherenceCase) -> BadgeDays:
    """The days that the charter leaves to remove the badge."""
    periods = case.charter.periods
    return BadgeDays(
        digital_on=str(days_later(case.at, periods.badge_digital_days, case.situation)),
        print_on=str(days_later(case.at, periods.badge_print_days, case.situation)),
    )


def appeal(case: AdherenceCase) -> Appeal:
    """The appeal that a decision of that day allows."""
    periods = case.charter.periods
    return Appeal(
        appeal_until=within(case, periods.appeal_days),
        appeal_answer_days=periods.appeal_answer_days,
    )
