"""Where a territory stands, said from what is counted of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.edition_picture import Progress, Situation, hindrances, situation
from domain.phases import Phase
from tests.builders import NOON, a_calendar

DAY = timedelta(days=1)
CLOSING = NOON + 10 * DAY
READY = Progress(
    phase=Phase.OPEN, calendar=a_calendar(), quorum=4, categories=5, seated=4, has_chair=True
)


@pytest.mark.parametrize(
    ("progress", "now", "expected"),
    [
        (replace(READY, phase=Phase.PREPARED), NOON - DAY, Situation.WAITING),
        (READY, NOON + DAY, Situation.ON_TIME),
        (READY, CLOSING + timedelta(minutes=9), Situation.ON_TIME),
        (READY, CLOSING + timedelta(minutes=11), Situation.LATE),
        (replace(READY, seated=0), NOON + DAY, Situation.ON_TIME),
        (replace(READY, failed_letters=1), NOON + DAY, Situation.BLOCKED),
        (replace(READY, phase=Phase.SCREENING, to_screen=2), CLOSING + DAY, Situation.ON_TIME),
        (replace(READY, phase=Phase.SCREENING, to_screen=2), CLOSING + 4 * DAY, Situation.BLOCKED),
        (replace(READY, phase=Phase.SCREENING, seated=3), CLOSING + 4 * DAY, Situation.BLOCKED),
        (replace(READY, phase=Phase.EVALUATION, open_cards=9), NOON + 20 * DAY, Situation.ON_TIME),
        (replace(READY, phase=Phase.EVALUATION, open_cards=9), NOON + 25 * DAY, Situation.BLOCKED),
        (
            replace(READY, phase=Phase.EVALUATION, has_chair=False),
            NOON + 17 * DAY,
            Situation.BLOCKED,
        ),
        (replace(READY, phase=Phase.DELIBERATION), NOON + 29 * DAY, Situation.LATE),
        (replace(READY, phase=Phase.PUBLISHED, failed_letters=1), NOON + 31 * DAY, Situation.DONE),
        (replace(READY, phase=Phase.CANCELLED, has_chair=False), NOON, Situation.CANCELLED),
    ],
)
def test_a_territory_stands_where_its_counts_say(
    progress: Progress, now: datetime, expected: Situation
) -> None:
    assert situation(progress, now) is expected


def test_what_blocks_comes_first() -> None:
    deliberating = replace(READY, phase=Phase.DELIBERATION, decided=3, failed_letters=2)

    found = hindrances(deliberating, NOON + 26 * DAY - timedelta(hours=30))

    assert [(each.words.facts, each.blocks) for each in found] == [
        ({"count": 2}, True),
        ({"count": 2}, False),
    ]


def test_nothing_is_left_to_do_once_it_is_over() -> None:
    assert hindrances(replace(READY, phase=Phase.CLOSED, seated=0, to_screen=4), NOON) == ()
