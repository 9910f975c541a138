"""What is said to who signs a file that has ended."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.charter.closed_files import check_may_ask
from domain.charter.moves import expired, put
from domain.charter.situation import Situation
from domain.charter.states import Act, State
from domain.refusals import Refusal

OPENED = datetime(2026, 9, 1, 8, tzinfo=UTC)
# Eleven at night in Paris on the 2nd is the 3rd in La Réunion.
ENDED = datetime(2026, 11, 2, 22, tzinfo=UTC)
DRAFT = Situation(State.DRAFT, OPENED)


@pytest.mark.parametrize("act", [Act.SIGN, Act.COMPLETE])
def test_a_file_that_expired_says_its_day_and_how_to_begin_again(act: Act) -> None:
    with pytest.raises(Refusal) as refused:
        check_may_ask(expired(DRAFT, ENDED), act)

    assert refused.value.facts == {"day": "02/11/2026"}
    assert "a expiré le %(day)s" in refused.value.sentence
    assert "ouvrez un nouveau dossier" in refused.value.sentence


def test_the_day_is_that_of_the_company() -> None:
    there = replace(DRAFT, zone="Indian/Reunion")

    with pytest.raises(Refusal) as refused:
        check_may_ask(expired(there, ENDED), Act.SIGN)

    assert refused.value.facts == {"day": "03/11/2026"}


def test_a_file_that_was_given_up_is_not_said_to_have_expired() -> None:
    with pytest.raises(Refusal) as refused:
        check_may_ask(put(DRAFT, State.ABANDONED, ENDED), Act.SIGN)

    assert "est abandonné depuis le %(day)s" in refused.value.sentence


def test_a_file_that_was_signed_says_so() -> None:
    with pytest.raises(Refusal, match="déjà été signé"):
        check_may_ask(put(DRAFT, State.FILED, ENDED), Act.SIGN)


def test_an_open_draft_may_be_signed() -> None:
    check_may_ask(DRAFT, Act.SIGN)
