"""Moving dates: what is refused, where the cycle goes, what people gain or lose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import CycleCalendar, check_calendar, reminder_instants
from domain.calendar_effects import Fate, Group, Touched, effects_of
from domain.calendar_moves import DATES, Move, check_move, collisions, with_dates
from domain.phases import Phase
from domain.refusals import Refusal

DAY = timedelta(days=1)
OPENING = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
CALENDAR = CycleCalendar(
    opens_at=OPENING,
    closes_at=OPENING + 120 * DAY,
    screening_until=OPENING + 136 * DAY,
    evaluation_from=OPENING + 180 * DAY,
    evaluation_until=OPENING + 205 * DAY,
    deliberation_until=OPENING + 220 * DAY,
    publishes_at=OPENING + 260 * DAY,
    ends_at=OPENING + 300 * DAY,
)
PEOPLE = {Group.DRAFTS: 3, Group.SENT: 2, Group.LAPSED: 4, Group.JURORS: 5, Group.SCORING: 1}


def a_move(
    days: dict[str, float],
    *,
    phase: Phase = Phase.OPEN,
    at: float = 50,
    drafts: int = 3,
    is_forced: bool = False,
) -> Move:
    """Dates put at so many days after the opening, asked for after so many."""
    dates = {name: OPENING + day * DAY for name, day in days.items()}
    after = with_dates(CALENDAR, dates)
    return Move(CALENDAR, after, phase, OPENING + at * DAY, drafts, is_forced)


instants = st.integers(min_value=0, max_value=500).map(lambda days: OPENING + days * DAY)
some_dates = st.dictionaries(st.sampled_from(DATES), instants)


@given(dates=some_dates)
def test_moving_there_and_back_gives_the_same_calendar(dates: dict[str, datetime]) -> None:
    back = {name: getattr(CALENDAR, name) for name in dates}

    assert with_dates(with_dates(CALENDAR, dates), back) == CALENDAR


@given(dates=some_dates, phase=st.sampled_from(Phase), at=instants)
def test_a_move_that_is_taken_leaves_a_calendar_in_order_with_its_new_dates_to_come(
    dates: dict[str, datetime], phase: Phase, at: datetime
) -> None:
    move = Move(CALENDAR, with_dates(CALENDAR, dates), phase, at)

    try:
        check_move(move)
    except Refusal:
        return

    check_calendar(move.after)
    assert collisions(move.after) == ()
    assert [each.name for each in move.dates if each.after <= at] == []


@given(dates=some_dates)
def test_what_the_order_refuses_is_said_date_by_date(dates: dict[str, datetime]) -> None:
    after = with_dates(CALENDAR, dates)

    try:
        check_calendar(after)
    except Refusal:
        assert collisions(after) != ()
    else:
        assert collisions(after) == ()


def test_a_move_of_nothing_does_nothing() -> None:
    effects = effects_of(a_move({}), PEOPLE)

    assert (effects.dates, effects.touched, effects.reminders) == ((), (), ())
    assert effects.phase is Phase.OPEN


@given(days=st.integers(min_value=51, max_value=130), at=st.integers(min_value=1, max_value=50))
def test_no_reminder_instant_of_the_old_calendar_survives(days: int, at: int) -> None:
    move = a_move({"closes_at": days}, at=at)

    effects = effects_of(move, PEOPLE)

    to_come = {each.after for each in effects.reminders if each.fate is not Fate.CANCELLED}
    periods = CALENDAR.draft_reminders_before
    new = {each for each in reminder_instants(move.after.closes_at, periods) if each > move.at}
    assert to_come == (new if days != 120 else set())


@pytest.mark.parametrize(
    ("closes", "fates"),
    [
        pytest.param(130, [Fate.RETIMED] * 4, id="later, all still to come"),
        pytest.param(
            80,
            [Fate.CANCELLED, Fate.RETIMED, Fate.RETIMED, Fate.RETIMED],
            id="earlier, one is past",
        ),
    ],
)
def test_each_reminder_is_moved_or_cancelled(closes: int, fates: list[Fate]) -> None:
    effects = effects_of(a_move({"closes_at": closes}, at=60), PEOPLE)

    assert [each.fate for each in effects.reminders] == fates


def test_a_reminder_that_had_left_leaves_again_for_the_new_date() -> None:
    effects = effects_of(a_move({"closes_at": 134}, at=100), PEOPLE)

    assert [each.fate for each in effects.reminders] == [Fate.AGAIN, *[Fate.RETIMED] * 3]


def test_a_later_closing_gives_time_to_those_who_write_and_reopens_nothing() -> None:
    effects = effects_of(a_move({"closes_at": 130}), PEOPLE)

    until = OPENING + 130 * DAY
    assert effects.touched == (
        Touched(Group.DRAFTS, 3, 10 * DAY, until),
        Touched(Group.SENT, 2, 10 * DAY, until),
    )
    assert not effects.reopens_the_call


def test_those_who_were_given_more_time_keep_it_whatever_the_others_gain() -> None:
    effects = effects_of(a_move({"closes_at": 130}), {Group.EXTENDED: 2})

    assert effects.touched == (Touched(Group.EXTENDED, 2, timedelta(), OPENING + 130 * DAY),)


LATER = {"closes_at": 150, "screening_until": 160}


@pytest.mark.parametrize(
    ("phase", "at", "days", "after"),
    [
        pytest.param(Phase.OPEN, 50, {"closes_at": 130}, Phase.OPEN, id="before the closing"),
        pytest.param(Phase.SCREENING, 130, LATER, Phase.OPEN, id="after the closing"),
        pytest.param(
            Phase.SCREENING, 130, {"screening_until": 150}, Phase.SCREENING, id="another date"
        ),
        pytest.param(
            Phase.EVALUATION,
            190,
            {"closes_at": 195, "screening_until": 196, "evaluation_from": 200},
            Phase.OPEN,
            id="while the jury reads",
        ),
        pytest.param(
            Phase.EVALUATION, 190, {"evaluation_from": 195}, Phase.SCREENING, id="before the jury"
        ),
        pytest.param(
            Phase.EVALUATION, 190, {"evaluation_until": 210}, Phase.EVALUATION, id="its end"
        ),
    ],
)
def test_a_closing_that_is_to_come_again_opens_the_call_again(
    phase: Phase, at: float, days: dict[str, float], after: Phase
) -> None:
    move = a_move(days, phase=phase, at=at)

    check_move(move)

    assert move.phase_after is after
    assert move.reopens_the_call is (phase is not Phase.OPEN and after is Phase.OPEN)


def test_drafts_that_lapsed_are_counted_when_the_call_opens_again_only() -> None:
    again = effects_of(a_move(LATER, phase=Phase.SCREENING, at=130), PEOPLE)
    before = effects_of(a_move({"closes_at": 130}), PEOPLE)

    assert Group.LAPSED in {each.group for each in again.touched}
    assert Group.LAPSED not in {each.group for each in before.touched}


@pytest.mark.parametrize(
    "move",
    [
        pytest.param(a_move({}), id="nothing"),
        pytest.param(a_move({"closes_at": 140}), id="after what follows it"),
        pytest.param(a_move({"opens_at": 60}), id="an opening that was"),
        pytest.param(a_move({"closes_at": 40}), id="into the past"),
        pytest.param(a_move({"closes_at": 40}, is_forced=True), id="into the past, forced"),
        pytest.param(a_move({"closes_at": 56}), id="less than a week for a draft"),
        pytest.param(a_move({"ends_at": 310}, phase=Phase.CLOSED), id="of a cycle that is over"),
        pytest.param(a_move({"ends_at": 310}, phase=Phase.CANCELLED), id="of a cancelled cycle"),
        pytest.param(
            a_move({"evaluation_until": 219}, phase=Phase.DELIBERATION, at=206), id="of a ranking"
        ),
        pytest.param(
            a_move({"deliberation_until": 230}, phase=Phase.DECIDED, at=215), id="of signed minutes"
        ),
        pytest.param(
            a_move({"publishes_at": 270}, phase=Phase.PUBLISHED, at=262), id="of a publication"
        ),
    ],
)
def test_what_may_not_move_is_refused(move: Move) -> None:
    with pytest.raises(Refusal):
        check_move(move)


@pytest.mark.parametrize(
    "move",
    [
        pytest.param(a_move({"closes_at": 56}, is_forced=True), id="forced, with a notice"),
        pytest.param(a_move({"closes_at": 56}, drafts=0), id="when nobody writes"),
        pytest.param(a_move({"closes_at": 57}), id="when a week is left"),
        pytest.param(a_move({"opens_at": 3}, phase=Phase.PREPARED, at=-5), id="before it opens"),
        pytest.param(
            a_move({"publishes_at": 250}, phase=Phase.DECIDED, at=230), id="a publication to come"
        ),
    ],
)
def test_what_may_move_is_taken(move: Move) -> None:
    check_move(move)

    assert move.after != move.before


def test_each_collision_names_both_dates() -> None:
    after = replace(CALENDAR, closes_at=OPENING + 140 * DAY, ends_at=OPENING + 250 * DAY)

    assert [each.facts for each in collisions(after)] == [
        {"earlier": OPENING + 140 * DAY, "later": OPENING + 136 * DAY},
        {"earlier": OPENING + 260 * DAY, "later": OPENING + 250 * DAY},
    ]
