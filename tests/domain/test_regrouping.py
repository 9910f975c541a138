from datetime import UTC, datetime, timedelta

import pytest

from domain.phases import Phase
from domain.refusals import Refusal
from domain.regrouping import Neighbour, Short, check_neighbour, check_short, short_among

AT = datetime(2027, 9, 1, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_category_is_short_when_it_has_files_but_too_few() -> None:
    counts = {each.category: each for each in (Short("A", 0), Short("B", 2), Short("C", 3))}

    assert short_among(counts, 3) == (Short("B", 2),)


@pytest.mark.parametrize(
    ("short", "sentence"),
    [
        (None, "rien à regrouper"),
        (Short("A", 0), "rien à regrouper"),
        (Short("A", 2, 1), "attendent encore"),
        (Short("A", 3), "assez de dossiers"),
    ],
)
def test_what_is_not_short_or_not_examined_stays(short: Short | None, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        check_short(short, 3)


@pytest.mark.parametrize(
    ("neighbour", "sentence"),
    [
        (None, "de la même édition"),
        (Neighbour(Phase.EVALUATION, AT + DAY, is_regrouped=True), "lui-même regroupé"),
        (Neighbour(Phase.DELIBERATION, AT + DAY), "aura fini de noter"),
        (Neighbour(Phase.EVALUATION, AT), "aura fini de noter"),
    ],
)
def test_a_neighbour_must_still_be_able_to_read(neighbour: Neighbour | None, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        check_neighbour(neighbour, AT)


def test_a_neighbour_that_screens_or_scores_takes_the_files() -> None:
    for phase in (Phase.SCREENING, Phase.EVALUATION):
        check_neighbour(Neighbour(phase, AT + DAY), AT)
