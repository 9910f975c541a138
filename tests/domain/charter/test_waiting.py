"""What an adherence waits for from its company."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.charter.situation import Report, Situation, Step
from domain.charter.states import State
from domain.charter.waiting import Waiting, Wanted, waiting_for
from tests.domain.charters import PERIODS

NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)
CLOSES = datetime(2027, 4, 30, 16, tzinfo=UTC)
SIGNATORY = Situation(State.ACTIVE, NOW, accepted_on=date(2026, 9, 15), term_on=date(2029, 9, 30))
OWED = Report(2027, Step.OPEN, CLOSES)


@pytest.mark.parametrize(
    ("situation", "waiting"),
    [
        (
            Situation(State.DRAFT, NOW),
            Waiting(Wanted.ENTRY, datetime(2027, 5, 10, 16, tzinfo=UTC)),
        ),
        (
            Situation(State.COMPLEMENTS, NOW, complements_until=CLOSES),
            Waiting(Wanted.COMPLEMENTS, CLOSES),
        ),
        (Situation(State.FILED, NOW), None),
        (SIGNATORY, None),
        (replace(SIGNATORY, report=OWED), Waiting(Wanted.REPORT, CLOSES, 2027)),
        (
            replace(
                SIGNATORY,
                state=State.TO_COMPLETE,
                report=replace(OWED, step=Step.RETURNED, return_until=NOW),
            ),
            Waiting(Wanted.REPORT, NOW, 2027),
        ),
        (replace(SIGNATORY, report=replace(OWED, step=Step.SUBMITTED)), None),
        (
            replace(SIGNATORY, state=State.UNREPORTED, report=OWED, missed_on=date(2027, 5, 1)),
            Waiting(Wanted.REPORT, datetime(2027, 11, 2, 17, tzinfo=UTC), 2027),
        ),
        (
            replace(SIGNATORY, state=State.CEASED, ceased_on=date(2027, 3, 10)),
            Waiting(Wanted.SUCCESSOR, datetime(2027, 4, 9, 16, tzinfo=UTC)),
        ),
        (replace(SIGNATORY, state=State.REMOVED), None),
    ],
    ids=[
        "draft",
        "complements",
        "filed",
        "active",
        "window",
        "returned",
        "submitted",
        "missed",
        "closed establishment",
        "removed",
    ],
)
def test_what_is_wanted_and_by_when(situation: Situation, waiting: Waiting | None) -> None:
    assert waiting_for(situation, PERIODS, NOW) == waiting


def test_renewal_is_wanted_from_six_months_before_the_term() -> None:
    opens = datetime(2029, 4, 2, 12, tzinfo=UTC)

    waiting = waiting_for(SIGNATORY, PERIODS, opens)

    assert waiting == Waiting(Wanted.RENEWAL, datetime(2029, 10, 1, 16, tzinfo=UTC))
