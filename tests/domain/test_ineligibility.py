from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.final_files import Entry
from domain.ineligibility import (
    DoubtStep,
    check_doubt,
    check_exclusion,
    check_reply,
    may_be_doubted,
    reply_until,
)
from domain.phases import Phase
from domain.refusals import Refusal

UNTIL = datetime(2027, 9, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entry", "phases"),
    [
        (Entry.APPLIED, {Phase.SCREENING, Phase.EVALUATION, Phase.DELIBERATION, Phase.DECIDED}),
        (
            Entry.PROMOTED,
            {
                Phase.PREPARED,
                Phase.OPEN,
                Phase.SCREENING,
                Phase.EVALUATION,
                Phase.DELIBERATION,
                Phase.DECIDED,
            },
        ),
    ],
)
def test_an_admitted_file_is_doubted_until_the_palmares_is_public(
    entry: Entry, phases: set[Phase]
) -> None:
    assert {phase for phase in Phase if may_be_doubted(phase, entry)} == phases


@pytest.mark.parametrize("phase", [Phase.PUBLISHED, Phase.CLOSED])
def test_what_is_public_is_corrected_instead(phase: Phase) -> None:
    with pytest.raises(Refusal, match="correction du palmarès"):
        check_doubt(phase, Entry.APPLIED)


@pytest.mark.parametrize("days", [0, 1, 31])
def test_the_company_has_from_two_to_thirty_days(days: int) -> None:
    with pytest.raises(Refusal, match="entre 2 et 30 jours"):
        reply_until(UNTIL, days)


@given(st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40)))
def test_either_the_company_may_still_answer_or_the_organiser_may_decide(apart: timedelta) -> None:
    may: list[Callable[[DoubtStep, datetime, datetime], None]] = []
    for check in (check_reply, check_exclusion):
        try:
            check(DoubtStep.OPEN, UNTIL, UNTIL + apart)
        except Refusal:
            continue
        may.append(check)

    assert may == ([check_reply] if apart <= timedelta() else [check_exclusion])


@pytest.mark.parametrize("step", [DoubtStep.DROPPED, DoubtStep.CONFIRMED])
def test_a_doubt_that_is_settled_takes_neither_answer_nor_decision(step: DoubtStep) -> None:
    for check in (check_reply, check_exclusion):
        with pytest.raises(Refusal):
            check(step, UNTIL, UNTIL)


def test_once_answered_it_may_be_decided_before_the_end_of_the_delay() -> None:
    check_exclusion(DoubtStep.REPLIED, UNTIL, UNTIL - timedelta(days=1))
