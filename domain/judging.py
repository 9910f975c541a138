"""What jurors are asked: categories, criteria, the scale, and the rules of a jury."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from domain.assignment.limits import Rule
from domain.calibration.rules import CalibrationRules
from domain.texts import Text

FULL_WEIGHT = 100
QUORUM_PERCENT = 60
# What the readers of a file are together, unless the template says otherwise.
DEAL_RULES = (Rule.ORGANISATION,)


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
    out_of: int = FULL_WEIGHT

    @property
    def coefficient(self) -> Decimal:
        """The weight as people read it, out of one hundred: 22.5 for 2,250 out of 10,000."""
        return Decimal(self.weight * FULL_WEIGHT) / self.out_of


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
    deal_rules: tuple[Rule, ...] = DEAL_RULES
    calibration: CalibrationRules = field(default_factory=CalibrationRules)


@dataclass(frozen=True, slots=True)
class PromotionRules:
    """How many laureates of a category go up from a territory, and how long each has to say yes."""

    quota: int = 1
    confirm_within: timedelta = timedelta(days=7)
    reminders_before: tuple[timedelta, ...] = (timedelta(days=3), timedelta(days=1))


@dataclass(frozen=True, slots=True)
class NationalLevel:
    """What the final adds to the territories: one criterion, its own jury, and who goes up to it."""

    extra_criterion: Criterion
    jury: JuryRules
    promotion: PromotionRules = PromotionRules()
    jury_may_have_judged: bool = False
    quorum_percent: int = QUORUM_PERCENT


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
