"""Coming back after a withdrawal: until when, and to what."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.applications import MOVES, Act, Status, moved
from domain.phases import ORDER, Phase
from domain.refusals import Refusal
from domain.returning import back_to
from tests.builders import a_calendar

CALENDAR = a_calendar()
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("version", "after_closing", "back"),
    [
        pytest.param(0, -SECOND, Status.DRAFT, id="a draft before the closing"),
        pytest.param(0, timedelta(), Status.DRAFT, id="a draft at the instant of the closing"),
        pytest.param(2, -SECOND, Status.SUBMITTED, id="what was sent, before the closing"),
        pytest.param(2, SECOND, Status.RETURNING, id="what was sent, after the closing"),
    ],
)
def test_a_withdrawn_application_comes_back_to_what_it_was(
    version: int, after_closing: timedelta, back: Status
) -> None:
    at = CALENDAR.closes_at + after_closing

    assert back_to(version, Phase.OPEN, CALENDAR, at) is back


@pytest.mark.parametrize(
    ("version", "phase", "at", "sentence"),
    [
        pytest.param(
            0, Phase.SCREENING, CALENDAR.closes_at + SECOND, "jamais été envoyée", id="never sent"
        ),
        pytest.param(
            1, Phase.SCREENING, CALENDAR.screening_until + SECOND, "terminé", id="screening is over"
        ),
        pytest.param(1, Phase.CANCELLED, CALENDAR.opens_at, "annulé", id="the cycle is cancelled"),
    ],
)
def test_it_does_not_come_back_out_of_time(
    version: int, phase: Phase, at: object, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        back_to(version, phase, CALENDAR, at)  # type: ignore[arg-type]


@given(
    version=st.integers(0, 5),
    phase=st.sampled_from(ORDER),
    after=st.timedeltas(timedelta(days=-5), timedelta(days=40)),
)
def test_the_arrival_alone_decides_and_the_organiser_only_after_the_closing(
    version: int, phase: Phase, after: timedelta
) -> None:
    at = CALENDAR.opens_at + after
    try:
        back = back_to(version, phase, CALENDAR, at)
    except Refusal:
        back = None

    if at <= CALENDAR.closes_at:
        assert back is (Status.SUBMITTED if version else Status.DRAFT)
    elif version and at <= CALENDAR.screening_until:
        assert back is Status.RETURNING
    else:
        assert back is None


@given(status=st.sampled_from(list(Status)))
def test_only_what_was_withdrawn_comes_back_and_only_what_asks_to_is_taken_back(
    status: Status,
) -> None:
    assert (status in MOVES[Act.COME_BACK]) is (status is Status.WITHDRAWN)
    assert (status in MOVES[Act.TAKE_BACK]) is (status is Status.RETURNING)


def test_a_return_that_is_declined_leaves_it_withdrawn() -> None:
    assert moved(Status.RETURNING, Act.DECLINE_RETURN) is Status.WITHDRAWN
