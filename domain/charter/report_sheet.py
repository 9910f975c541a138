"""A report as one flat sheet of answers, so that what two people type is merged box by box."""

from collections.abc import Mapping

from domain.answers import TICKED
from domain.charter.document import CharterDocument
from domain.charter.entry import Entry, all_followed, mapping_in
from domain.charter.gaps import Gap, Part
from domain.charter.reporting import Answers
from domain.charter.sheet import Sheet
from domain.registry import text_in

SUPPORT = "support"
MEASURE_BOXES = ("value", "carried", "estimate", "comment", "explanation")


def measure_box(indicator: str, box: str) -> str:
    """Where a sheet keeps one box of what is told of an indicator."""
    return f"measure.{indicator}.{box}"


def narrative_box(narrative: str) -> str:
    """Where a sheet keeps one of the free accounts."""
    return f"narrative.{narrative}"


def report_sheet(answers: Answers) -> dict[str, object]:
    """Everything that was typed, by the names of the boxes; what is blank is not there."""
    values, narratives = mapping_in(answers, "values"), mapping_in(answers, "narratives")
    found: dict[str, object] = {
        measure_box(code, box): text_in(mapping_in(values, code).get(box))
        for code in values
        for box in MEASURE_BOXES
    }
    found |= {narrative_box(code): text_in(told) for code, told in narratives.items()}
    found[SUPPORT] = text_in(answers.get(SUPPORT))
    return {box: said for box, said in found.items() if said}


def answers_in(sheet: Sheet, document: CharterDocument, entry: Entry) -> dict[str, object]:
    """The report of a sheet: what is followed and what the charter asks, nothing else."""
    told = {
        each.code: str(said)
        for each in document.report.narratives
        if (said := sheet.get(narrative_box(each.code)))
    }
    values = {
        each.code: boxes
        for each in all_followed(document, entry)
        if (boxes := _boxes(sheet, each.code))
    }
    support = {SUPPORT: TICKED} if sheet.get(SUPPORT) == TICKED else {}
    return {"values": values, "narratives": told, **support}


def box_of(gap: Gap) -> str:
    """The box beside which a gap of a report is said."""
    if gap.section is Part.VALUES:
        return measure_box(gap.code, gap.box)
    return narrative_box(gap.code) if gap.section is Part.NARRATIVES else SUPPORT


def _boxes(sheet: Sheet, indicator: str) -> Mapping[str, str]:
    found = {box: sheet.get(measure_box(indicator, box)) for box in MEASURE_BOXES}
    return {box: str(said) for box, said in found.items() if said}
