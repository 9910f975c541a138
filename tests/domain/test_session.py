"""The session of a jury: a vote is never drawn, and nobody leaves the room more than they must."""

from collections.abc import Sequence
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.refusals import Refusal
from domain.session.agenda import departures, in_hearing_order, places_to_hear
from domain.session.voting import (
    ABSENT,
    HAS_LAUREATE,
    NO_QUORUM,
    STANDS_ASIDE,
    TIED,
    Choice,
    Count,
    Here,
    check_opening,
    check_voice,
    counted,
    presiding,
)

YES, NO, ABSTAIN = Choice
JURORS = st.frozensets(st.sampled_from("abcd"))


def voices(*said: Choice) -> list[tuple[str, Choice]]:
    return [(str(number), choice) for number, choice in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "president", "count", "verdict"),
    [
        ((YES, YES, NO), "9", Count(2, 1, 0), "adopted"),
        ((YES, NO, NO, ABSTAIN), "9", Count(1, 2, 1), "rejected"),
        ((YES, NO), "0", Count(1, 1, 0, YES), "adopted"),
        ((YES, NO, ABSTAIN), "1", Count(1, 1, 1, NO), "rejected"),
    ],
    ids=["more yes", "more no", "the chair said yes", "the chair said no"],
)
def test_more_voices_win_and_the_chair_settles_a_tie(
    said: Sequence[Choice], president: str, count: Count, verdict: str
) -> None:
    found = counted(voices(*said), president)

    assert found == count
    assert found.is_adopted is (verdict == "adopted")


@pytest.mark.parametrize(
    ("said", "president"),
    [((YES, NO), None), ((YES, NO, ABSTAIN), "2"), ((ABSTAIN, ABSTAIN), "0"), ((), "0")],
    ids=["nobody presides", "the chair abstains", "everybody abstains", "no voice at all"],
)
def test_a_tie_that_nobody_settles_is_refused_and_never_drawn(
    said: Sequence[Choice], president: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        counted(voices(*said), president)

    assert refused.value.sentence == TIED


def test_the_chair_presides_unless_they_stand_aside_or_are_away() -> None:
    second, third = Here("b", is_present=False), Here("c", is_present=True)

    assert presiding([Here("a", is_chair=True, is_present=True), second, third]) == "a"
    assert (
        presiding([Here("a", is_chair=True, is_present=True, is_aside=True), second, third]) == "c"
    )
    assert presiding([Here("a", is_chair=True), second]) is None


def test_a_vote_needs_the_quorum_and_makes_one_laureate_in_a_category() -> None:
    two = [Here("a", is_present=True), Here("b", is_present=True, is_aside=True), Here("c")]

    check_opening(two, 2, ["mine"], "mine")
    with pytest.raises(Refusal) as few:
        check_opening(two, 3, [], "mine")
    with pytest.raises(Refusal) as second:
        check_opening(two, 2, ["other"], "mine")

    assert (few.value.sentence, second.value.sentence) == (NO_QUORUM, HAS_LAUREATE)


@pytest.mark.parametrize(
    ("here", "sentence"),
    [
        (None, ABSENT),
        (Here("a"), ABSENT),
        (Here("a", is_present=True, is_aside=True), STANDS_ASIDE),
    ],
    ids=["unknown", "away", "aside"],
)
def test_those_away_or_aside_say_nothing(here: Here | None, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_voice(here)

    assert refused.value.sentence == sentence


@settings(deadline=None, max_examples=50)
@given(st.lists(JURORS, max_size=5))
def test_a_category_is_heard_whole_with_the_fewest_departures(out: list[frozenset[str]]) -> None:
    aside = {str(file): group for file, group in enumerate(out)}

    order = in_hearing_order([list(aside)], aside)

    assert sorted(order) == sorted(aside)
    assert departures(order, aside) == min(departures(each, aside) for each in permutations(aside))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(JURORS, max_size=14), max_size=3))
def test_categories_follow_each_other_and_a_group_is_never_split(
    out: list[list[frozenset[str]]],
) -> None:
    names = [[f"{place}.{file}" for file in range(len(groups))] for place, groups in enumerate(out)]
    aside = {
        name: group
        for row, groups in zip(names, out, strict=True)
        for name, group in zip(row, groups, strict=True)
    }

    order = in_hearing_order(names, aside)

    assert [sorted(order[: len(names[0])])] == [sorted(names[0])] if names else order == ()
    assert sorted(order) == sorted(aside)
    for row in names:
        groups = [aside[name] for name in order if name in row]
        changes = 1 + sum(a != b for a, b in pairwise(groups))
        assert not groups or changes == len(set(groups))


def test_two_and_a_half_places_are_heard_for_each_distinction() -> None:
    assert [places_to_hear(each) for each in (1, 2, 3)] == [3, 5, 8]
