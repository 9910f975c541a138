"""What jurors are asked: categories, criteria, the scale, and the rules of a jury."""

from dataclasses import dataclass
from enum import StrEnum

from domain.texts import Text


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one value of the scale means."""

    value: int
    phrase: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks that a juror may give, and those that must be explained."""

    lowest: int
    highest: int
    anchors: tuple[Anchor, ...]
    comment_required_for: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that jurors mark, and its weight among the others."""

    code: str
    name: Text
    help: Text
    weight: int


@dataclass(frozen=True, slots=True)
class Category:
    """A trophy: all its criteria in display order, and which of them are its own."""

    code: str
    name: Text
    gloss: Text
    criteria: tuple[Criterion, ...]
    specific: tuple[str, ...]

    @property
    def total_weight(self) -> int:
        """The weights added up: 100 in a template, more once a national criterion joins."""
        return sum(criterion.weight for criterion in self.criteria)

    @property
    def criterion_codes(self) -> tuple[str, ...]:
        """The codes of the criteria, in display order."""
        return tuple(criterion.code for criterion in self.criteria)


class TieBreak(StrEnum):
    """What separates equals, step by step; never a draw, which would make a lottery."""

    IMPACT = "impact"
    FIRST_SPECIFIC = "first_specific"
    JURY_VOTE = "jury_vote"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class JuryRules:
    """How many read, what makes a laureate, and what separates equals."""

    impact_criterion: str
    impact_minimum: int = 2
    readings_per_file: int = 3
    floor_of_valid_scores: int = 3
    laureate_threshold: int = 50
    spread_alert: int = 30
    nominees: int = 2
    quorum: int = 4
    seats: int = 7
    minimum_files_per_category: int = 3
    tie_rule: tuple[TieBreak, ...] = tuple(TieBreak)


@dataclass(frozen=True, slots=True)
class NationalLevel:
    """What the national jury adds to the territorial one."""

    extra_criterion: Criterion
    jury: JuryRules


class PrizeKind(StrEnum):
    """How a special prize is given."""

    PUBLIC_VOTE = "public_vote"
    JURY_CHOICE = "jury_choice"


@dataclass(frozen=True, slots=True)
class SpecialPrize:
    """A prize outside the categories, given without marks."""

    code: str
    name: Text
    kind: PrizeKind
