from typing import Any

import pytest

from domain.charter.document import CharterDocument
from domain.charter.entry import entry_from
from domain.charter.reporting import Outcome, outcomes, prefilled, report_gaps, reported

Document = dict[str, Any]
# The window of 2028 tells 2027: of the complete entry, E1 and E3 are due by then, E10 is not.
YEAR = 2028


@pytest.fixture
def answers() -> Document:
    return {
        "values": {
            "I1.1": {"value": "yes"},
            "I3.1": {"value": "160 000", "comment": "Deux nouvelles SIAE."},
            "I10.3": {"value": "0"},
        },
        "narratives": {"done": "Nous avons ouvert deux lots."},
        "support": "yes",
    }


def said(
    charter: CharterDocument, entry: Document, answers: Document, year: int = YEAR
) -> list[str]:
    return [
        f"{gap.section} {gap.code} {gap.box}: {gap}".replace("\u00a0", " ")
        for gap in report_gaps(charter, entry_from(entry), answers, year)
    ]


def outcome(
    charter: CharterDocument, entry: Document, answers: Document, year: int = YEAR
) -> dict[str, Outcome]:
    return outcomes(charter, entry_from(entry), answers, year)


def test_a_complete_report_has_no_gap(
    charter: CharterDocument, complete_entry: Document, answers: Document
) -> None:
    assert said(charter, complete_entry, answers) == []


def test_a_blank_report_says_everything_that_it_lacks(
    charter: CharterDocument, complete_entry: Document
) -> None:
    assert said(charter, complete_entry, {}) == [
        "values I1.1 value: Cette valeur est nécessaire.",
        "values I3.1 value: Cette valeur est nécessaire.",
        "values I10.3 value: Cette valeur est nécessaire.",
        "support support : La direction doit renouveler son soutien : cochez la case.",
    ]


def test_a_missed_target_asks_for_an_explanation_and_for_nothing_else(
    charter: CharterDocument, complete_entry: Document, answers: Document
) -> None:
    answers["values"]["I3.1"]["value"] = "149 999,99"

    unexplained = said(charter, complete_entry, answers)
    answers["values"]["I3.1"]["explanation"] = "Le chantier a été reporté."

    assert unexplained == [
        (
            "values I3.1 explanation: La cible n’est pas atteinte : dites pourquoi. "
            "Un objectif manqué et expliqué est un résultat valable."
        )
    ]
    assert said(charter, complete_entry, answers) == []
    assert outcome(charter, complete_entry, answers)["E3"] is Outcome.MISSED


def test_a_target_that_is_not_due_needs_no_explanation(
    charter: CharterDocument, complete_entry: Document, answers: Document
) -> None:
    answers["values"]["I3.1"]["value"] = "1"

    assert said(charter, complete_entry, answers, year=2027) == []


def test_last_year_s_values_are_never_this_year_s_until_somebody_says_so(
    charter: CharterDocument, complete_entry: Document, answers: Document
) -> None:
    started = prefilled(answers)

    assert started == {
        "values": {
            "I1.1": {"value": "yes", "carried": "yes"},
            "I3.1": {"value": "160 000", "carried": "yes"},
            "I10.3": {"value": "0", "carried": "yes"},
        }
    }
    confirm = "Cette valeur est celle de l’an dernier : confirmez-la ou remplacez-la."
    assert said(charter, complete_entry, started | {"support": "yes"}) == [
        f"values {code} value: {confirm}" for code in ("I1.1", "I3.1", "I10.3")
    ]


def test_a_report_after_nothing_starts_from_nothing() -> None:
    assert prefilled({}) == {"values": {}}


def test_texts_have_their_limits(
    charter: CharterDocument, complete_entry: Document, answers: Document
) -> None:
    answers["narratives"] = {"done": "é" * 1500, "learnt": "é" * 1501, "next": "\x00"}
    answers["values"]["I3.1"]["comment"] = "é" * 502

    assert said(charter, complete_entry, answers) == [
        "values I3.1 comment: 502 caractères, pour 500 au plus : il y en a 2 de trop.",
        "narratives learnt : 1501 caractères, pour 1500 au plus : il y en a 1 de trop.",
        "narratives next : Cette réponse contient un caractère qui ne s’imprime pas.",
    ]


def test_a_part_is_never_more_than_its_whole(
    charter: CharterDocument, complete_entry: Document, answers: Document
) -> None:
    complete_entry["commitments"].append("E5")
    for code in ("I5.1", "I5.2", "I5.3"):
        complete_entry["targets"][code] = {"baseline": "0", "target": "9", "by": "2029-06-30"}
    answers["values"] |= {
        "I5.1": {"value": "7"},
        "I5.2": {"value": "8"},
        "I5.3": {"value": "90"},
    }

    assert said(charter, complete_entry, answers) == [
        (
            "values I5.2 value: Cette valeur ne peut pas dépasser celle de l’indicateur I5.1, "
            "dont elle fait partie."
        )
    ]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2027, {"E1": "kept", "E3": "not_due", "E10": "not_due"}),
        (2028, {"E1": "kept", "E3": "kept", "E10": "not_due"}),
        (2029, {"E1": "kept", "E3": "kept", "E10": "missed"}),
    ],
)
def test_a_promise_is_judged_once_its_day_has_passed(
    charter: CharterDocument,
    complete_entry: Document,
    answers: Document,
    year: int,
    expected: dict[str, str],
) -> None:
    assert outcome(charter, complete_entry, answers, year) == expected


def test_one_miss_misses_the_promise_and_one_left_to_come_leaves_it_open(
    charter: CharterDocument, complete_entry: Document, answers: Document
) -> None:
    complete_entry["targets"]["I3.3"] = {"baseline": "1", "target": "4", "by": "2029-06-30"}
    answers["values"]["I3.3"] = {"value": "1"}

    open_still = outcome(charter, complete_entry, answers)["E3"]
    answers["values"]["I3.1"]["value"] = "10"

    assert open_still is Outcome.NOT_DUE
    assert outcome(charter, complete_entry, answers)["E3"] is Outcome.MISSED


def test_silence_on_what_is_due_keeps_no_promise(
    charter: CharterDocument, complete_entry: Document
) -> None:
    assert outcome(charter, complete_entry, {}) == {
        "E1": "missed",
        "E3": "missed",
        "E10": "not_due",
    }


@pytest.mark.parametrize("row", [{}, {"values": "x"}, {"values": {"I1.1": 3}}, {"values": None}])
def test_whatever_a_row_holds_is_read(row: Document) -> None:
    assert reported(row, "I1.1").value == ""
