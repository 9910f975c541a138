"""What is missing or wrong in a file of the charter, and where to repair it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.refusals import Refusal


class Part(StrEnum):
    """The page on which a gap is repaired."""

    CHOICE = "choice"
    TARGETS = "targets"
    ROLES = "roles"
    VALUES = "values"
    NARRATIVES = "narratives"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Gap:
    """A French sentence, its facts, and where it is said; days are worded for the reader.

    ``code`` is a commitment, an indicator, a role or a narrative; ``box`` one of its fields.
    """

    section: Part
    code: str
    sentence: str
    facts: Mapping[str, str | int | date] = field(default_factory=dict[str, str | int | date])
    box: str = ""

    def __str__(self) -> str:
        """Say the sentence, in French."""
        return self.sentence % self.facts if self.facts else self.sentence


def gap_from(refusal: Refusal, section: Part, code: str, box: str) -> Gap:
    """The same words as a refusal, beside the field that caused it."""
    return Gap(section, code, refusal.sentence, refusal.facts, box)
