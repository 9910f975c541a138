"""Which application may be closed as the duplicate of which, and until when."""

from dataclasses import replace

import pytest

from domain.applications import Status
from domain.duplicates import ALIVE, Filed, check_duplicate, check_unjudged
from domain.phases import Phase
from domain.refusals import Refusal

CLOSED = Filed("a", "123456782", "QUA", Status.SUBMITTED)
KEPT = Filed("b", "123456782", "QUA", Status.DRAFT)


@pytest.mark.parametrize("status", sorted(ALIVE))
@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SCREENING])
def test_one_is_closed_for_another_of_the_same_company_and_category(
    status: Status, phase: Phase
) -> None:
    check_duplicate(CLOSED, replace(KEPT, status=status), phase)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        pytest.param(CLOSED, "doublon d’elle-même", id="itself"),
        pytest.param(replace(KEPT, siren="732829320"), "même entreprise", id="another company"),
        pytest.param(replace(KEPT, category="INN"), "même entreprise", id="another category"),
        pytest.param(replace(KEPT, status=Status.WITHDRAWN), "a pris fin", id="withdrawn"),
        pytest.param(replace(KEPT, status=Status.DUPLICATE), "a pris fin", id="a duplicate itself"),
        pytest.param(replace(KEPT, is_dealt=True), "L’évaluation a commencé", id="read by a jury"),
    ],
)
def test_the_rest_is_refused_with_a_sentence(kept: Filed, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        check_duplicate(CLOSED, kept, Phase.OPEN)


@pytest.mark.parametrize("phase", [Phase.EVALUATION, Phase.DELIBERATION, Phase.PUBLISHED])
def test_nothing_is_closed_or_reopened_once_the_jury_reads(phase: Phase) -> None:
    with pytest.raises(Refusal, match="L’évaluation a commencé"):
        check_unjudged(phase, (CLOSED, KEPT))
