"""When an entry file may be written, and for which term."""

from datetime import UTC, date, datetime

import pytest

from domain.charter.situation import Situation
from domain.charter.states import State
from domain.charter.writing import check_writable, is_renewing, term_to_sign
from domain.refusals import Refusal
from tests.domain.charters import PERIODS

NOON = datetime(2029, 3, 29, 12, tzinfo=UTC)
OPEN = datetime(2029, 4, 2, 12, tzinfo=UTC)
TERM = date(2029, 9, 30)


def a_situation(state: State, **facts: object) -> Situation:
    return Situation(state, NOON, **facts)  # type: ignore[arg-type]  (what the test is about)


def test_a_draft_is_written_and_complements_until_their_date() -> None:
    late = a_situation(State.COMPLEMENTS, complements_until=datetime(2029, 3, 29, 11, tzinfo=UTC))
    early = a_situation(State.COMPLEMENTS, complements_until=datetime(2029, 3, 29, 13, tzinfo=UTC))

    check_writable(a_situation(State.DRAFT), PERIODS, NOON)
    check_writable(early, PERIODS, NOON)
    with pytest.raises(Refusal, match="Le délai pour compléter ce dossier est passé"):
        check_writable(late, PERIODS, NOON)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.FILED, "signé et déposé"),
        (State.ACTIVE, "à l’ouverture du renouvellement"),
        (State.UNREPORTED, "à l’ouverture du renouvellement"),
        (State.SUSPENDED, "à l’ouverture du renouvellement"),
        (State.ABANDONED, "abandonné"),
        (State.REMOVED, "clos"),
    ],
)
def test_what_is_signed_or_over_is_closed(state: State, sentence: str) -> None:
    situation = a_situation(state, accepted_on=date(2026, 9, 15), term_on=TERM)

    with pytest.raises(Refusal, match=sentence):
        check_writable(situation, PERIODS, NOON)


@pytest.mark.parametrize("state", [State.ACTIVE, State.TO_COMPLETE, State.EXPIRED])
def test_six_months_before_its_term_a_file_is_written_again(state: State) -> None:
    situation = a_situation(state, accepted_on=date(2026, 9, 15), term_on=TERM)

    check_writable(situation, PERIODS, OPEN)

    assert (
        is_renewing(situation, PERIODS, NOON),
        is_renewing(situation, PERIODS, OPEN),
    ) == (False, True)


def test_who_owes_a_report_does_not_renew() -> None:
    situation = a_situation(State.UNREPORTED, accepted_on=date(2026, 9, 15), term_on=TERM)

    assert is_renewing(situation, PERIODS, OPEN) is False


def test_a_first_term_is_counted_from_today_and_the_next_from_the_term() -> None:
    signatory = a_situation(State.ACTIVE, accepted_on=date(2026, 9, 15), term_on=TERM)

    terms = [term_to_sign(each, PERIODS, OPEN) for each in (a_situation(State.DRAFT), signatory)]

    assert terms == [date(2032, 4, 30), date(2032, 9, 30)]
