"""A call of a few minutes has periods of a few seconds; a call of months keeps those of its template."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar import CycleCalendar
from domain.calendar_fitting import fitted

NOON = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)


def a_calendar(call: timedelta, **periods: object) -> CycleCalendar:
    instants = (NOON, NOON + call, *(NOON + call + timedelta(days=n) for n in range(6)))
    return CycleCalendar(*instants, **periods)  # type: ignore[arg-type]  (periods are named)


def test_a_call_of_months_keeps_the_periods_of_its_template() -> None:
    calendar = a_calendar(timedelta(days=119))

    assert fitted(calendar) == calendar


def test_a_call_of_a_minute_is_tolerant_for_two_seconds_and_reminds_after_a_third() -> None:
    calendar = fitted(a_calendar(timedelta(minutes=1)))

    assert calendar.tolerance == timedelta(seconds=2)
    assert calendar.draft_reminders_before == (timedelta(seconds=40),)


@pytest.mark.parametrize(
    "reminders", [(), (timedelta(days=30), timedelta(days=1))], ids=["none", "one fits"]
)
def test_reminders_that_somebody_chose_or_that_fit_stay(reminders: tuple[timedelta, ...]) -> None:
    calendar = a_calendar(timedelta(days=2), draft_reminders_before=reminders)

    assert fitted(calendar).draft_reminders_before == reminders
