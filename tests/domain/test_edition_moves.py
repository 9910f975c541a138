"""Dates of an edition that move as one: followers follow, each on its clock; own dates and past steps stay."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import CycleCalendar, calendar_of
from domain.calendar_moves import movable
from domain.edition import EditionTemplate
from domain.edition_moves import changes_of, moved_with
from domain.edition_plan import EditionFrame, in_zone
from domain.levels import Level
from domain.phases import Phase

DAY = timedelta(days=1)
ZONES = ("Europe/Paris", "Indian/Reunion", "America/Martinique")
LIVING = (Phase.PREPARED, Phase.OPEN, Phase.SCREENING, Phase.DELIBERATION, Phase.PUBLISHED)


@pytest.fixture(scope="session")
def frame(last: EditionTemplate) -> EditionFrame:
    return EditionFrame(
        calendar_of(last.calendar_rules("territorial"), 2027),
        calendar_of(last.calendar_rules("national"), 2027),
    )


def later(frame: EditionFrame, **days: int) -> EditionFrame:
    """The frame with some dates of the territories pushed."""
    moved = {name: getattr(frame.territorial, name) + count * DAY for name, count in days.items()}
    return replace(frame, territorial=replace(frame.territorial, **moved))


@given(st.sampled_from(ZONES), st.integers(1, 14), st.sampled_from(LIVING))
def test_a_territory_that_follows_has_the_new_dates_on_its_own_clock(
    frame: EditionFrame, zone: str, days: int, phase: Phase
) -> None:
    new = later(frame, closes_at=days, ends_at=days)
    before = in_zone(frame.territorial, zone)

    after = moved_with(before, phase, Level.TERRITORIAL, zone, (frame, new))

    expected = in_zone(new.territorial, zone)
    moved = [name for name in ("closes_at", "ends_at") if name in movable(phase)]
    assert list(changes_of(before, after)) == moved
    assert all(getattr(after, name) == getattr(expected, name) for name in moved)


def test_a_territory_keeps_the_dates_that_are_its_own(frame: EditionFrame) -> None:
    own: CycleCalendar = replace(frame.territorial, closes_at=frame.territorial.closes_at - DAY)

    after = moved_with(
        own,
        Phase.OPEN,
        Level.TERRITORIAL,
        "Europe/Paris",
        (frame, later(frame, closes_at=3, screening_until=3)),
    )

    assert changes_of(own, after) == ("screening_until",)


def test_the_final_takes_every_date_that_changes_even_once_pushed(frame: EditionFrame) -> None:
    pushed = replace(frame.national, closes_at=frame.national.closes_at + 9 * DAY)
    wanted = frame.national.closes_at + 20 * DAY
    new = replace(frame, national=replace(frame.national, closes_at=wanted))

    after = moved_with(pushed, Phase.PREPARED, Level.NATIONAL, "Europe/Paris", (frame, new))

    assert (changes_of(pushed, after), after.closes_at) == (("closes_at",), wanted)


def test_a_cycle_that_is_over_moves_nothing(frame: EditionFrame) -> None:
    before = frame.territorial

    after = moved_with(
        before,
        Phase.CLOSED,
        Level.TERRITORIAL,
        "Europe/Paris",
        (frame, later(frame, ends_at=5)),
    )

    assert after == before
