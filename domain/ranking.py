"""The ranking that a jury deliberates upon: exact, explained, and never drawn by lot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import takewhile

from domain.judging import Category, JuryRules, Scale, TieBreak
from domain.scoring import ScoreCard, exact_note, is_valid, to_two_decimals


class Flag(StrEnum):
    """What the jury must see before it decides on a file."""

    BELOW_FLOOR = "below_floor"
    BELOW_THRESHOLD = "below_threshold"
    IMPACT_TOO_LOW = "impact_too_low"
    SPREAD_ALERT = "spread_alert"
    TO_BE_DECIDED = "to_be_decided"


DECIDED_BY_PEOPLE = frozenset({TieBreak.JURY_VOTE, TieBreak.CHAIR})
NOT_AWARDABLE = frozenset({Flag.BELOW_FLOOR, Flag.BELOW_THRESHOLD, Flag.IMPACT_TOO_LOW})


@dataclass(frozen=True, slots=True)
class FileScores:
    """The score cards that a file received, complete or not."""

    application_id: str
    cards: tuple[ScoreCard, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a file stands; without a valid card it has neither mean nor rank."""

    application_id: str
    rank: int | None
    mean: Decimal | None
    exact_mean: Fraction | None
    spread: Decimal | None
    valid: int
    averages: Mapping[str, Decimal]
    flags: tuple[Flag, ...]
    tied_with: tuple[str, ...] = ()
    separated_by: TieBreak | None = None

    @property
    def is_awardable(self) -> bool:
        """Whether the règlement lets the jury make it a laureate."""
        return not NOT_AWARDABLE.intersection(self.flags)


@dataclass(frozen=True, slots=True)
class _Tally:
    """The exact numbers of one file."""

    application_id: str
    notes: tuple[Fraction, ...]
    averages: Mapping[str, Fraction]

    @property
    def mean(self) -> Fraction:
        return sum(self.notes, Fraction()) / len(self.notes)

    @property
    def spread(self) -> Fraction:
        return max(self.notes) - min(self.notes)


def rank(
    category: Category, scale: Scale, rules: JuryRules, files: Sequence[FileScores]
) -> tuple[Standing, ...]:
    """The files of a category, best first; equals that no rule separates share their rank.

    A card with a blank does not count. Files without any valid card come last.
    """
    tallies = [_tally(category, scale, file) for file in files]
    scored = [tally for tally in tallies if tally.notes]
    keys = {tally.application_id: _key(category, rules, tally) for tally in scored}
    scored.sort(key=lambda tally: tally.application_id)
    scored.sort(key=lambda tally: keys[tally.application_id], reverse=True)
    standings = (_standing(tally, category, rules, keys) for tally in scored)
    unscored = sorted(tally.application_id for tally in tallies if not tally.notes)
    return (*standings, *(_unscored(application_id) for application_id in unscored))


def _tally(category: Category, scale: Scale, file: FileScores) -> _Tally:
    cards = [card for card in file.cards if is_valid(category, scale, card)]
    averages = {
        code: Fraction(sum(card.values[code] for card in cards), len(cards))
        for code in (category.criterion_codes if cards else ())
    }
    notes = tuple(exact_note(category, scale, card.values) for card in cards)
    return _Tally(file.application_id, notes, averages)


def _key(category: Category, rules: JuryRules, tally: _Tally) -> tuple[Fraction, ...]:
    """The mean, then what the tie rule can compute, in its order."""
    return (tally.mean, *(tally.averages[code] for _, code in _tie_criteria(category, rules)))


def _tie_criteria(category: Category, rules: JuryRules) -> tuple[tuple[TieBreak, str], ...]:
    """The steps of the tie rule before the first that people decide, with their criterion."""
    codes = {TieBreak.IMPACT: rules.impact_criterion}
    if category.specific:
        codes[TieBreak.FIRST_SPECIFIC] = category.specific[0]
    computed = takewhile(lambda step: step not in DECIDED_BY_PEOPLE, rules.tie_rule)
    return tuple((step, codes[step]) for step in computed if step in codes)


def _standing(
    tally: _Tally,
    category: Category,
    rules: JuryRules,
    keys: Mapping[str, tuple[Fraction, ...]],
) -> Standing:
    own = keys[tally.application_id]
    tied = tuple(sorted(each for each, key in keys.items() if key == own))
    others = tuple(each for each in tied if each != tally.application_id)
    return Standing(
        application_id=tally.application_id,
        rank=1 + sum(key > own for key in keys.values()),
        mean=to_two_decimals(tally.mean),
        exact_mean=tally.mean,
        spread=to_two_decimals(tally.spread),
        valid=len(tally.notes),
        averages={code: to_two_decimals(average) for code, average in tally.averages.items()},
        flags=_flags(tally, rules, is_tied=bool(others)),
        tied_with=others,
        separated_by=_separated_by(own, tuple(keys.values()), _tie_criteria(category, rules)),
    )


def _flags(tally: _Tally, rules: JuryRules, *, is_tied: bool) -> tuple[Flag, ...]:
    raised = {
        Flag.BELOW_FLOOR: len(tally.notes) < rules.floor_of_valid_scores,
        Flag.BELOW_THRESHOLD: tally.mean < rules.laureate_threshold,
        Flag.IMPACT_TOO_LOW: tally.averages[rules.impact_criterion] < rules.impact_minimum,
        Flag.SPREAD_ALERT: tally.spread >= rules.spread_alert,
        Flag.TO_BE_DECIDED: is_tied,
    }
    return tuple(flag for flag, is_up in raised.items() if is_up)


def _separated_by(
    own: tuple[Fraction, ...],
    keys: Sequence[tuple[Fraction, ...]],
    steps: Sequence[tuple[TieBreak, str]],
) -> TieBreak | None:
    """The step that set this file apart from the last of its equals; None when none was needed."""
    for length in range(1, len(own) + 1):
        if sum(key[:length] == own[:length] for key in keys) == 1:
            return steps[length - 2][0] if length > 1 else None
    return None


def _unscored(application_id: str) -> Standing:
    return Standing(application_id, None, None, None, None, 0, {}, (Flag.BELOW_FLOOR,))
