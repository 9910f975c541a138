"""More time for one company: its frame, and the dates that are then its own."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import CycleCalendar
from domain.calendar_moves import NOTICE
from domain.extensions import (
    Extending,
    calendar_for,
    check_extension,
    closing_for,
    ended_at,
    is_running,
    phase_for,
)
from domain.phases import Phase
from domain.refusals import Refusal

OPENS = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
CALENDAR = CycleCalendar(
    opens_at=OPENS,
    closes_at=OPENS + 20 * DAY,
    screening_until=OPENS + 35 * DAY,
    evaluation_from=OPENS + 40 * DAY,
    evaluation_until=OPENS + 60 * DAY,
    deliberation_until=OPENS + 62 * DAY,
    publishes_at=OPENS + 70 * DAY,
    ends_at=OPENS + 90 * DAY,
)
CLOSES = CALENDAR.closes_at


def asked(
    until: datetime,
    *,
    at: datetime = CLOSES - DAY,
    phase: Phase = Phase.OPEN,
    earlier: datetime | None = None,
    forced: bool = False,
) -> Extending:
    return Extending(CALENDAR, phase, at, until, earlier, is_forced=forced)


@pytest.mark.parametrize(
    "asking",
    [
        pytest.param(asked(CLOSES + SECOND), id="a second more"),
        pytest.param(asked(CALENDAR.evaluation_from), id="until the evaluation"),
        pytest.param(
            asked(CLOSES + 8 * DAY, at=CLOSES + DAY, phase=Phase.SCREENING), id="after the closing"
        ),
        pytest.param(asked(CLOSES + 2 * DAY, earlier=CLOSES + DAY), id="more time again"),
        pytest.param(asked(CLOSES + 9 * DAY, earlier=CLOSES + 12 * DAY), id="shorter, with a week"),
        pytest.param(asked(CLOSES + DAY, earlier=CLOSES + 2 * DAY, forced=True), id="cut short"),
    ],
)
def test_a_company_is_given_time_within_the_frame(asking: Extending) -> None:
    check_extension(asking)


@pytest.mark.parametrize(
    ("asking", "said"),
    [
        pytest.param(asked(CLOSES - 2 * DAY), "déjà passée", id="in the past"),
        pytest.param(asked(CLOSES), "ne donne pas de délai", id="no later than everybody"),
        pytest.param(
            asked(CALENDAR.evaluation_from + SECOND), "L’évaluation commence", id="beyond"
        ),
        pytest.param(
            asked(CLOSES + DAY, at=CALENDAR.evaluation_from, phase=Phase.SCREENING),
            "a commencé",
            id="asked at the evaluation",
        ),
        pytest.param(
            asked(CLOSES + DAY, phase=Phase.EVALUATION), "a commencé", id="evaluation begun early"
        ),
        pytest.param(
            asked(CLOSES + DAY, phase=Phase.PREPARED), "pas encore ouvertes", id="unopened"
        ),
        pytest.param(asked(CLOSES + DAY, phase=Phase.CANCELLED), "terminé", id="cancelled"),
        pytest.param(
            asked(CLOSES + DAY, earlier=CLOSES + DAY), "rien ne change", id="what it has already"
        ),
        pytest.param(
            asked(CLOSES + DAY, earlier=CLOSES + 2 * DAY), "moins de sept jours", id="cut short"
        ),
    ],
)
def test_the_rest_is_refused_with_a_sentence(asking: Extending, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        check_extension(asking)


@given(hours=st.integers(-500, 2000))
def test_the_later_of_both_closings_counts_and_never_after_the_evaluation(hours: int) -> None:
    until = CLOSES + timedelta(hours=hours)

    own = closing_for(CALENDAR, until)

    assert own == min(max(CLOSES, until), CALENDAR.evaluation_until)
    assert calendar_for(CALENDAR, until).screening_until == CALENDAR.screening_until


@given(hours=st.integers(-500, 2000), now=st.integers(-500, 2000))
def test_the_call_goes_on_for_a_company_exactly_while_it_may_send(hours: int, now: int) -> None:
    until, at = CLOSES + timedelta(hours=hours), CLOSES + timedelta(hours=now)

    goes_on = phase_for(Phase.SCREENING, CALENDAR, until, at) is Phase.OPEN

    own = closing_for(CALENDAR, until)
    assert goes_on is (own > CLOSES and at <= own + CALENDAR.tolerance)


def test_the_phase_is_that_of_everybody_without_more_time() -> None:
    assert phase_for(Phase.SCREENING, CALENDAR, None, CLOSES) is Phase.SCREENING
    assert phase_for(Phase.DELIBERATION, CALENDAR, CLOSES + DAY, CLOSES) is Phase.DELIBERATION


def test_taking_it_back_leaves_the_dates_of_everybody_or_this_very_instant() -> None:
    until = CLOSES + 5 * DAY

    assert ended_at(CALENDAR, until, CLOSES - NOTICE) is None
    assert ended_at(CALENDAR, until, CLOSES - DAY, is_forced=True) is None
    assert ended_at(CALENDAR, until, CLOSES + DAY, is_forced=True) == CLOSES + DAY


@pytest.mark.parametrize(
    ("until", "at", "said"),
    [
        pytest.param(None, CLOSES, "Aucun délai", id="none"),
        pytest.param(CLOSES + DAY, CLOSES + 2 * DAY, "Aucun délai", id="over"),
        pytest.param(
            CLOSES + 5 * DAY, CLOSES - DAY, "moins de sept jours", id="before the closing"
        ),
        pytest.param(CLOSES + 9 * DAY, CLOSES + DAY, "moins de sept jours", id="after the closing"),
    ],
)
def test_it_is_not_taken_back_without_notice(
    until: datetime | None, at: datetime, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        ended_at(CALENDAR, until, at)


def test_it_runs_until_its_last_instant() -> None:
    until = CLOSES + DAY

    assert is_running(CALENDAR, until, until)
    assert not is_running(CALENDAR, until, until + SECOND)
