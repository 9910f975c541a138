"""What a self-diagnosis says to the company that made it, and to nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.charter.document import CharterDocument, Commitment, Degree
from domain.charter.sizes import Size

_POINTS = {Degree.YES: 2, Degree.PARTLY: 1, Degree.NO: 0}
# Nobody is offered fewer than this, so that there is something to choose from.
FEWEST = 2


class Footing(StrEnum):
    """How far a company is on a commitment."""

    UNKNOWN = "unknown"
    TO_BUILD = "to_build"
    BEGUN = "begun"
    IN_PLACE = "in_place"


# What is begun has a start to measure and a way to go: the best promise. What is in place may be
# held and widened; what is still to build asks the most.
_BEST_FIRST = (Footing.BEGUN, Footing.IN_PLACE, Footing.TO_BUILD)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a company says that it stands on a commitment, and whether to think of it first."""

    commitment: Commitment
    footing: Footing
    is_suggested: bool = False


def readings(
    document: CharterDocument, answers: Mapping[str, str], size: Size | None
) -> tuple[Reading, ...]:
    """Every commitment with its footing; as many suggested as the size asks for, or a few."""
    footings = {each.code: _footing(document, each, answers) for each in document.commitments}
    ranked = sorted(
        (each for each in document.optional if footings[each.code] is not Footing.UNKNOWN),
        key=lambda each: _BEST_FIRST.index(footings[each.code]),
    )
    most = max(document.minimum(size) if size else 0, FEWEST)
    suggested = {each.code for each in ranked[:most]}
    return tuple(
        Reading(each, footings[each.code], each.code in suggested) for each in document.commitments
    )


def is_complete(document: CharterDocument, answers: Mapping[str, str]) -> bool:
    """Whether every question has its answer."""
    return all(each.code in answers for each in document.self_diagnosis)


def _footing(
    document: CharterDocument, commitment: Commitment, answers: Mapping[str, str]
) -> Footing:
    asked = [each for each in document.self_diagnosis if each.commitment == commitment.code]
    said = [Degree(answers[each.code]) for each in asked if each.code in answers]
    if not asked or len(said) < len(asked):
        return Footing.UNKNOWN
    points = sum(_POINTS[each] for each in said)
    if points == 0:
        return Footing.TO_BUILD
    return Footing.IN_PLACE if points == 2 * len(asked) else Footing.BEGUN
