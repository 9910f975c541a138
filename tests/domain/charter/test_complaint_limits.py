"""How many complaints one person may send."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.charter.complaint_limits import (
    A_DAY,
    ComplaintLimits,
    Filed,
    check_may_file,
    limits_from,
)
from domain.refusals import Refusal
from domain.template_reading import TemplateError
from storage.complaint_limits import complaint_limits

NOW = datetime(2027, 5, 3, 8, 0, 30, tzinfo=UTC)
THREE = ComplaintLimits(a_day=3, open_about_a_signatory=1)
AGES = st.lists(st.timedeltas(timedelta(), timedelta(days=3)), max_size=8)


def sent(*hours: float) -> list[Filed]:
    return [Filed(NOW - timedelta(hours=each)) for each in hours]


def test_the_shipped_limits_are_three_a_day_and_one_open() -> None:
    assert complaint_limits() == THREE


def test_the_fourth_in_a_day_says_when_it_may_leave() -> None:
    with pytest.raises(Refusal) as refused:
        check_may_file(THREE, sent(1, 20, 5), NOW)

    assert refused.value.facts == {"most": 3, "day": "03/05/2027", "hour": "14 h 01"}


def test_one_that_is_open_about_the_same_signatory_is_enough() -> None:
    old = Filed(NOW - timedelta(days=60), is_open_about_the_same=True)

    with pytest.raises(Refusal, match="déjà un signalement en cours"):
        check_may_file(THREE, [old], NOW)


@given(AGES)
def test_no_day_ever_holds_more_than_three(ages: list[timedelta]) -> None:
    taken: list[Filed] = []
    for age in sorted(ages, reverse=True):
        at = NOW - age
        try:
            check_may_file(THREE, taken, at)
        except Refusal:
            continue
        taken.append(Filed(at))

    assert all(
        sum(start.at <= each.at < start.at + A_DAY for each in taken) <= THREE.a_day
        for start in taken
    )


@given(AGES)
def test_what_was_said_to_be_possible_is(ages: list[timedelta]) -> None:
    filed = [Filed(NOW - age) for age in ages]
    try:
        check_may_file(THREE, filed, NOW)
    except Refusal:
        recent = sorted(each.at for each in filed if each.at > NOW - A_DAY)
        check_may_file(THREE, filed, recent[-3] + A_DAY)


@pytest.mark.parametrize("a_day", [0, -1, "trois"])
def test_a_limit_is_at_least_one(a_day: object) -> None:
    with pytest.raises(TemplateError):
        limits_from({"a_day": a_day, "open_about_a_signatory": 1})
