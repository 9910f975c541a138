"""An entry file as one flat sheet of answers, so that what two people type is merged box by box."""

from collections.abc import Callable, Mapping

from domain.charter.document import CharterDocument, Degree
from domain.charter.entry import Entry, entry_from
from domain.charter.sizes import Size

Sheet = Mapping[str, object]

YES = "yes"
SIZE = "size"
TARGET_BOXES = ("baseline", "target", "by")
ROLE_BOXES = ("name", "function", "email")


def choice_box(commitment: str) -> str:
    """Where a sheet says that a commitment is chosen."""
    return f"commitment.{commitment}"


def target_box(indicator: str, box: str) -> str:
    """Where a sheet keeps one box of a target."""
    return f"target.{indicator}.{box}"


def role_box(role: str, box: str) -> str:
    """Where a sheet keeps one box of a role."""
    return f"role.{role}.{box}"


def question_box(question: str) -> str:
    """Where a sheet keeps an answer of the self-diagnosis."""
    return f"diagnosis.{question}"


def sheet_of(entry: Entry, diagnosis: Mapping[str, object], size: str) -> dict[str, object]:
    """Everything that was typed, by the names of the boxes; what is blank is not there."""
    found: dict[str, object] = {choice_box(code): YES for code in entry.commitments}
    for code, target in entry.targets.items():
        typed = (target.baseline, target.target, target.by)
        found |= {
            target_box(code, box): said for box, said in zip(TARGET_BOXES, typed, strict=True)
        }
    for code, holder in entry.roles.items():
        typed = (holder.name, holder.function, holder.email)
        found |= {role_box(code, box): said for box, said in zip(ROLE_BOXES, typed, strict=True)}
    found |= {question_box(code): answer for code, answer in diagnosis.items()}
    found[SIZE] = size
    return {box: said for box, said in found.items() if said}


def entry_in(sheet: Sheet, document: CharterDocument) -> Entry:
    """The entry of a sheet, in the order of the charter, with what everybody takes on."""
    return entry_from(
        {
            "commitments": [
                each.code
                for each in document.commitments
                if each.compulsory or sheet.get(choice_box(each.code))
            ],
            "targets": {
                each.code: boxes
                for each in document.indicators
                if any((boxes := _boxes(sheet, target_box, each.code, TARGET_BOXES)).values())
            },
            "roles": {
                each.code: boxes
                for each in document.roles
                if any((boxes := _boxes(sheet, role_box, each.code, ROLE_BOXES)).values())
            },
        }
    )


def diagnosis_in(sheet: Sheet, document: CharterDocument) -> dict[str, str]:
    """The answers of the self-diagnosis that are answers."""
    said = {
        each.code: str(sheet.get(question_box(each.code), "")) for each in document.self_diagnosis
    }
    return {code: answer for code, answer in said.items() if answer in set(Degree)}


def size_in(sheet: Sheet) -> str:
    """The size that the company says it has."""
    said = str(sheet.get(SIZE, ""))
    return said if said in set(Size) else ""


def _boxes(
    sheet: Sheet, name: Callable[[str, str], str], code: str, boxes: tuple[str, ...]
) -> dict[str, str]:
    return {box: str(sheet.get(name(code, box), "")) for box in boxes}
