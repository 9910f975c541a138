"""What comes by itself: reminders, the misses that follow them, and nothing after the end."""

from datetime import UTC, date, datetime, timedelta

from domain.charter import moves
from domain.charter.outlook import outlook
from domain.charter.situation import Situation
from domain.charter.states import State
from domain.charter.timetable import Due, Timer
from tests.domain.charters import PERIODS

ACCEPTED = datetime(2026, 9, 15, 8, tzinfo=UTC)


def a_signatory() -> Situation:
    return moves.accepted(Situation(State.FILED, ACCEPTED), ACCEPTED, PERIODS)


def said(situation: Situation, now: datetime, days: int) -> list[tuple[date, Timer]]:
    coming = outlook(situation, PERIODS, now, now + timedelta(days=days))
    return [(situation.day_of(each.at), each.what) for each in coming]


def test_a_reminder_of_tomorrow_is_said_and_one_of_yesterday_is_not() -> None:
    opened = moves.window_opened(a_signatory(), 2027, datetime(2027, 2, 1, 8, tzinfo=UTC), PERIODS)

    coming = said(opened, datetime(2027, 3, 30, 8, tzinfo=UTC), 20)

    assert coming == [(date(2027, 4, 1), Timer.REMIND_REPORT)]


def test_a_miss_brings_its_own_notices() -> None:
    opened = moves.window_opened(a_signatory(), 2027, datetime(2027, 2, 1, 8, tzinfo=UTC), PERIODS)

    coming = said(opened, datetime(2027, 4, 29, 8, tzinfo=UTC), 30)

    assert coming == [(date(2027, 5, 3), Timer.MISS), (date(2027, 5, 18), Timer.NOTICE)]


def test_a_window_that_opens_brings_the_reminders_of_its_report() -> None:
    coming = said(a_signatory(), datetime(2027, 1, 28, 8, tzinfo=UTC), 35)

    assert coming == [
        (date(2027, 2, 1), Timer.OPEN_WINDOW),
        (date(2027, 3, 1), Timer.REMIND_REPORT),
    ]


def test_nothing_comes_after_the_end() -> None:
    draft = Situation(State.DRAFT, datetime(2027, 3, 1, 8, tzinfo=UTC))

    coming = said(draft, datetime(2027, 4, 25, 8, tzinfo=UTC), 400)

    assert coming == [(date(2027, 4, 30), Timer.EXPIRE)]


def test_a_move_that_is_late_is_said_at_the_date_that_it_had() -> None:
    draft = Situation(State.DRAFT, datetime(2027, 3, 1, 8, tzinfo=UTC))

    coming = list(
        outlook(draft, PERIODS, datetime(2027, 5, 2, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
    )

    assert coming == [Due(datetime(2027, 4, 30, 16, tzinfo=UTC), Timer.EXPIRE)]


def test_the_whole_silence_of_a_year_is_foreseen_to_the_removal() -> None:
    opened = moves.window_opened(a_signatory(), 2027, datetime(2027, 2, 1, 8, tzinfo=UTC), PERIODS)

    coming = said(opened, datetime(2027, 4, 29, 8, tzinfo=UTC), 400)

    assert coming[-1] == (date(2027, 11, 2), Timer.REMOVE)
