from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.civil import (
    Area,
    easter,
    instant,
    is_working_day,
    last_weekday,
    months_before,
    next_working_day,
    nth_weekday,
    previous_working_day,
    public_holidays,
)
from domain.refusals import Refusal


def test_the_eleven_public_holidays_of_2027() -> None:
    holidays = sorted(f"{day:%d/%m}" for day in public_holidays(2027))

    assert holidays == sorted(
        [
            "01/01",
            "29/03",
            "01/05",
            "06/05",
            "08/05",
            "17/05",
            "14/07",
            "15/08",
            "01/11",
            "11/11",
            "25/12",
        ]
    )


@pytest.mark.parametrize(
    ("area", "added"),
    [
        (Area.ALSACE_MOSELLE, {date(2027, 3, 26), date(2027, 12, 26)}),
        (Area.GUADELOUPE, {date(2027, 5, 27)}),
        (Area.MAYOTTE, {date(2027, 4, 27)}),
    ],
)
def test_some_areas_have_holidays_of_their_own(area: Area, added: set[date]) -> None:
    assert public_holidays(2027, area) - public_holidays(2027) == added


@pytest.mark.parametrize(
    "day",
    [date(1961, 4, 2), date(2000, 4, 23), date(2024, 3, 31), date(2038, 4, 25), date(2285, 3, 22)],
    ids=str,
)
def test_easter_falls_where_almanacs_say(day: date) -> None:
    assert easter(day.year) == day


@given(st.integers(1900, 2999))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    sunday = easter(year)

    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_working_days_surround_every_day(day: date) -> None:
    before, after = previous_working_day(day), next_working_day(day)

    assert is_working_day(before)
    assert is_working_day(after)
    assert before <= day <= after
    assert (before == day) == is_working_day(day)


def test_a_holiday_before_a_weekend_moves_to_monday() -> None:
    assert next_working_day(date(2027, 11, 11)) == date(2027, 11, 12)
    assert next_working_day(date(2027, 5, 1)) == date(2027, 5, 3)


def test_weekdays_are_counted_in_their_month() -> None:
    first_monday = nth_weekday(2027, 3, 0, 1)
    last_thursday = last_weekday(2027, 11, 3)
    last_of_year = nth_weekday(2027, 12, 4, -1)

    assert (first_monday, last_thursday, last_of_year) == (
        date(2027, 3, 1),
        date(2027, 11, 25),
        date(2027, 12, 31),
    )


def test_a_month_has_no_sixth_monday() -> None:
    with pytest.raises(ValueError, match="day"):
        nth_weekday(2027, 3, 0, 6)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 6, 30), 6, date(2026, 12, 30)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
    ],
    ids=["half-year", "short-month", "leap-day", "january"],
)
def test_months_are_counted_backwards(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Paris", datetime(2027, 6, 30, 16, tzinfo=UTC)),
        ("Indian/Reunion", datetime(2027, 6, 30, 14, tzinfo=UTC)),
        ("America/Martinique", datetime(2027, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_an_hour_is_an_instant_of_its_zone(zone: str, expected: datetime) -> None:
    assert instant(date(2027, 6, 30), time(18), zone) == expected


def test_an_hour_that_the_clock_skips_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        instant(date(2027, 3, 28), time(2, 30), "Europe/Paris")

    assert str(refused.value) == (
        "L’heure 02:30 n’existe pas le 28/03/2027 (Europe/Paris)\u00a0: "
        "l’horloge avance cette nuit-là. Choisissez une autre heure."
    )


def test_an_hour_that_comes_twice_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        instant(date(2027, 10, 31), time(2, 30), "Europe/Paris")

    assert str(refused.value) == (
        "L’heure 02:30 existe deux fois le 31/10/2027 (Europe/Paris)\u00a0: "
        "l’horloge recule cette nuit-là. Choisissez une autre heure."
    )


@pytest.mark.parametrize("hour", [time(1, 59), time(3)], ids=str)
@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)], ids=str)
def test_the_hours_around_a_change_are_accepted(day: date, hour: time) -> None:
    assert instant(day, hour, "Europe/Paris").utcoffset() == timedelta()
