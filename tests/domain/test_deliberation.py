"""The decisions that minutes may seal, and those that they may not."""

from dataclasses import replace

import pytest

from domain.deliberation import (
    GONE,
    NOMINEE_GONE,
    NOMINEE_UNRANKED,
    NOT_AWARDABLE,
    TOO_MANY_NOMINEES,
    TWICE,
    UNDECIDED,
    UNEXPLAINED,
    UNRANKED,
    NamedFile,
    Outcome,
    objection_to,
)

GOOD = NamedFile("good", "QUA", 1, is_awardable=True, is_withdrawn=False)
SECOND = replace(GOOD, id="second", rank=2)
POOR = replace(GOOD, id="poor", rank=3, is_awardable=False)
FOURTH = replace(GOOD, id="fourth", rank=4)
GONE_AWAY = replace(GOOD, id="gone", is_awardable=False, is_withdrawn=True)
UNSCORED = replace(GOOD, id="unscored", rank=None, is_awardable=False)
ELSEWHERE = replace(GOOD, id="elsewhere", category="PAR")


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(Outcome("QUA", GOOD), id="a laureate"),
        pytest.param(Outcome("QUA", GOOD, (SECOND, POOR)), id="nominees, one below the threshold"),
        pytest.param(Outcome("QUA", None, (), "Trop loin du sujet."), id="no award, explained"),
        pytest.param(Outcome("QUA", None, (SECOND,), "Trop loin."), id="nominees without laureate"),
    ],
)
def test_what_the_rules_allow_meets_no_objection(outcome: Outcome) -> None:
    assert objection_to(outcome, most_nominees=2) == ""


@pytest.mark.parametrize(
    ("outcome", "objection"),
    [
        pytest.param(None, UNDECIDED, id="nothing decided"),
        pytest.param(Outcome("QUA", None, (), " "), UNEXPLAINED, id="no award and no reason"),
        pytest.param(Outcome("QUA", None, awards=True), UNRANKED, id="a laureate nobody ranked"),
        pytest.param(Outcome("QUA", ELSEWHERE), UNRANKED, id="a laureate of another category"),
        pytest.param(Outcome("QUA", GONE_AWAY), GONE, id="a laureate who has gone"),
        pytest.param(Outcome("QUA", POOR), NOT_AWARDABLE, id="a laureate below the threshold"),
        pytest.param(Outcome("QUA", UNSCORED), NOT_AWARDABLE, id="a laureate without valid cards"),
        pytest.param(Outcome("QUA", GOOD, (GONE_AWAY,)), NOMINEE_GONE, id="a nominee who has gone"),
        pytest.param(Outcome("QUA", GOOD, (None,)), NOMINEE_UNRANKED, id="a nominee nobody ranked"),
        pytest.param(Outcome("QUA", GOOD, (UNSCORED,)), NOMINEE_UNRANKED, id="an unscored nominee"),
        pytest.param(
            Outcome("QUA", GOOD, (ELSEWHERE,)), NOMINEE_UNRANKED, id="a nominee of another category"
        ),
        pytest.param(Outcome("QUA", GOOD, (GOOD,)), TWICE, id="laureate and nominee at once"),
        pytest.param(Outcome("QUA", GOOD, (SECOND, SECOND)), TWICE, id="a nominee named twice"),
        pytest.param(
            Outcome("QUA", GOOD, (SECOND, POOR, FOURTH)), TOO_MANY_NOMINEES, id="too many"
        ),
    ],
)
def test_what_the_rules_forbid_is_objected_to(outcome: Outcome | None, objection: str) -> None:
    assert objection_to(outcome, most_nominees=2) == objection
