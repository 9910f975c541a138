"""An entry file as a flat sheet of boxes."""

from domain.charter.document import CharterDocument
from domain.charter.entry import entry_from
from domain.charter.sheet import diagnosis_in, entry_in, sheet_of, size_in


def test_an_entry_comes_back_from_its_sheet_as_it_was(
    charter: CharterDocument, complete_entry: dict[str, object]
) -> None:
    entry = entry_from(complete_entry)

    sheet = sheet_of(entry, {"D01": "yes"}, "TPE")

    assert entry_in(sheet, charter) == entry
    assert diagnosis_in(sheet, charter) == {"D01": "yes"}
    assert size_in(sheet) == "TPE"


def test_what_is_common_to_all_is_always_there_and_what_nobody_asks_never(
    charter: CharterDocument,
) -> None:
    sheet = {
        "commitment.E3": "yes",
        "commitment.E99": "yes",
        "target.I99.baseline": "1",
        "role.king.name": "Ubu",
        "diagnosis.D01": "perhaps",
        "size": "HUGE",
    }

    entry = entry_in(sheet, charter)

    assert entry.commitments == ("E1", "E3", "E10")
    assert (dict(entry.targets), dict(entry.roles)) == ({}, {})
    assert (diagnosis_in(sheet, charter), size_in(sheet)) == ({}, "")


def test_the_order_of_the_ticks_changes_nothing(charter: CharterDocument) -> None:
    one = {"commitment.E5": "yes", "commitment.E3": "yes"}
    other = {"commitment.E3": "yes", "commitment.E5": "yes"}

    assert entry_in(one, charter).to_document() == entry_in(other, charter).to_document()
