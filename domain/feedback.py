"""What the jury tells a company that did not win: means, strengths and one lead, never one voice alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.judging import Category, Criterion, JuryRules

STRENGTHS = 2
# One score is somebody's opinion; two files in a category tell each other's mean.
FEWEST_SCORES = 2
FEWEST_FILES = 3

# How many files of a category have enough scores, and their mean.
Field = tuple[int, Decimal]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the frozen ranking keeps of a file: valid scores, their mean, and that of each criterion."""

    valid: int
    mean: Decimal | None
    averages: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What may be told; empty when too few jurors scored."""

    mean: Decimal | None = None
    category_mean: Decimal | None = None
    strengths: tuple[Criterion, ...] = ()
    lead: Criterion | None = None


def fewest_scores(rules: JuryRules) -> int:
    """How many valid scores a file needs before anything is told of them."""
    return max(FEWEST_SCORES, rules.floor_of_valid_scores)


def feedback_on(
    category: Category, rules: JuryRules, heard: Heard | None, field: Field
) -> Feedback:
    """The feedback on one file: what was scored best, and what to work on first."""
    if heard is None or heard.mean is None or heard.valid < fewest_scores(rules):
        return Feedback()
    files, mean = field
    best_first = _best_first(category, heard.averages)
    lowest = min(heard.averages[each.code] for each in best_first) if best_first else None
    above = [each for each in best_first if heard.averages[each.code] != lowest]
    # Among the lowest the heaviest leads, where progress counts most.
    lead = best_first[len(above)] if above else None
    return Feedback(
        mean=heard.mean,
        category_mean=mean if files >= FEWEST_FILES else None,
        strengths=tuple(above[:STRENGTHS]),
        lead=lead,
    )


def _best_first(category: Category, averages: Mapping[str, Decimal]) -> list[Criterion]:
    """The criteria by their averages, the heavier first among equals."""
    scored = [criterion for criterion in category.criteria if criterion.code in averages]
    return sorted(scored, key=lambda each: (-averages[each.code], -each.weight))
