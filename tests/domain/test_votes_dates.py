from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.edition_plan import EditionFrame
from domain.votes import Window
from domain.votes_dates import following, still_to_come
from tests.builders import a_calendar

DAY = timedelta(days=1)
MARCH = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
FRAME = EditionFrame(a_calendar(MARCH), a_calendar(MARCH + 60 * DAY))
TOLD = FRAME.territorial.publishes_at
CEREMONY = FRAME.national.publishes_at
USUAL = Window(TOLD + 7 * DAY, CEREMONY - 20 * DAY, CEREMONY)


def test_an_edition_on_its_usual_dates_has_the_usual_window() -> None:
    assert following(USUAL, FRAME, FRAME) == USUAL


def test_it_opens_with_the_announcement_and_ends_with_the_ceremony() -> None:
    planned = EditionFrame(
        replace(FRAME.territorial, publishes_at=TOLD + 3 * DAY),
        replace(FRAME.national, publishes_at=CEREMONY + 5 * DAY),
    )

    assert following(USUAL, FRAME, planned) == Window(
        USUAL.opens_at + 3 * DAY, USUAL.closes_at + 5 * DAY, USUAL.publishes_at + 5 * DAY
    )


def test_dates_that_would_cross_make_no_window() -> None:
    planned = EditionFrame(replace(FRAME.territorial, publishes_at=TOLD + 60 * DAY), FRAME.national)

    assert following(USUAL, FRAME, planned) is None


def test_a_vote_that_has_opened_keeps_its_opening() -> None:
    later = Window(USUAL.opens_at + DAY, USUAL.closes_at + DAY, USUAL.publishes_at)

    assert still_to_come(later, USUAL, USUAL.opens_at) == replace(later, opens_at=USUAL.opens_at)
    assert still_to_come(USUAL, USUAL, USUAL.opens_at) is None
