"""A report as a flat sheet, and back."""

from domain.charter.entry import entry_from
from domain.charter.report_sheet import answers_in, report_sheet
from tests.domain.charters import CHARTER

ENTRY = entry_from(
    {
        "commitments": ["E1", "E5", "E10"],
        "targets": {
            "I1.2": {"baseline": "0", "target": "2", "by": "2026-12-31"},
            "I5.1": {"baseline": "0", "target": "2", "by": "2026-12-31"},
        },
    }
)
ANSWERS = {
    "values": {"I1.2": {"value": "2", "estimate": "yes"}, "I5.1": {"value": "3", "carried": "yes"}},
    "narratives": {"done": "Un tuteur par personne."},
    "support": "yes",
}


def test_what_was_typed_comes_back_as_it_was() -> None:
    assert answers_in(report_sheet(ANSWERS), CHARTER, ENTRY) == ANSWERS


def test_what_is_not_followed_is_not_told() -> None:
    sheet = report_sheet(ANSWERS) | {"measure.I7.1.value": "50", "narrative.other": "Non."}

    assert answers_in(sheet, CHARTER, ENTRY) == ANSWERS


def test_a_report_with_nothing_typed_says_so() -> None:
    assert answers_in({}, CHARTER, ENTRY) == {"values": {}, "narratives": {}}
