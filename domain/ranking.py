"""The ranking that a jury deliberates upon: exact, explained, and never drawn by lot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile
from math import lcm

from domain.judging import Category, JuryRules, Scale, TieBreak
from domain.scoring import FULL_NOTE, Grid, ScoreCard, to_two_decimals

MOST_AVERAGES = 10_000


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
    """The exact numbers of one file, as whole numbers: notes are ``points`` out of ``full``."""

    application_id: str
    points: tuple[int, ...]
    sums: Mapping[str, int]
    full: int

    @property
    def mean(self) -> Fraction:
        return Fraction(FULL_NOTE * sum(self.points), self.full * len(self.points))

    @property
    def width(self) -> int:
        """How far its best and its worst note are, in points."""
        return max(self.points) - min(self.points)


Key = tuple[int, ...]


def rank(
    category: Category, scale: Scale, rules: JuryRules, files: Sequence[FileScores]
) -> tuple[Standing, ...]:
    """The files of a category, best first; equals that no rule separates share their rank.

    A card with a blank does not count. Files without any valid card come last.
    """
    grid = Grid(category, scale)
    tallies = [_tally(grid, file) for file in files]
    scored = [tally for tally in tallies if tally.points]
    scored.sort(key=lambda tally: tally.application_id)
    steps = _tie_criteria(category, rules)
    field = _Field(_keyed(scored, steps), [step for step, _ in steps])
    standings = (_standing(tally, key, rules, field) for tally, key in field.best_first)
    unscored = sorted(tally.application_id for tally in tallies if not tally.points)
    return (*standings, *(_unscored(application_id) for application_id in unscored))


def _tally(grid: Grid, file: FileScores) -> _Tally:
    marks = [read for card in file.cards if (read := grid.marks_of(card)) is not None]
    points = tuple(found for card in file.cards if (found := grid.points_of(card)) is not None)
    sums = dict(zip(grid.codes, map(sum, zip(*marks, strict=True)), strict=False))
    return _Tally(file.application_id, points, sums, grid.full)


def _keyed(
    tallies: Sequence[_Tally], steps: Sequence[tuple[TieBreak, str]]
) -> list[tuple[_Tally, Key]]:
    """Each file with its mean, then what the tie rule can compute, over one common denominator."""
    common = lcm(*(len(tally.points) for tally in tallies))
    return [
        (tally, tuple(total * (common // len(tally.points)) for total in totals))
        for tally in tallies
        for totals in [(sum(tally.points), *(tally.sums[code] for _, code in steps))]
    ]


def _tie_criteria(category: Category, rules: JuryRules) -> tuple[tuple[TieBreak, str], ...]:
    """The steps of the tie rule before the first that people decide, with their criterion."""
    codes = {TieBreak.IMPACT: rules.impact_criterion}
    if category.specific:
        codes[TieBreak.FIRST_SPECIFIC] = category.specific[0]
    computed = takewhile(lambda step: step not in DECIDED_BY_PEOPLE, rules.tie_rule)
    return tuple((step, codes[step]) for step in computed if step in codes)


class _Field:
    """Files best first, with their equals, who comes before, and what sets them apart."""

    def __init__(self, keyed: Sequence[tuple[_Tally, Key]], steps: Sequence[TieBreak]) -> None:
        """Sort the files, equals staying in the order given."""
        self.best_first = sorted(keyed, key=lambda each: each[1], reverse=True)
        self.steps = steps
        self.equals: dict[Key, list[str]] = defaultdict(list)
        for tally, key in self.best_first:
            self.equals[key].append(tally.application_id)
        self.before: dict[Key, int] = {}
        self.shared: dict[Key, int] = {}
        above: Key = ()
        place = 0
        for key, files in self.equals.items():
            self.before[key] = place
            place += len(files)
            common = _common(above, key)
            self.shared[key] = common
            self.shared[above] = max(self.shared.get(above, 0), common)
            above = key

    def separated_by(self, key: Key) -> TieBreak | None:
        """The step that set a file apart from the last of its equals; None when none was needed."""
        shared = self.shared[key]
        return self.steps[shared - 1] if shared and len(self.equals[key]) == 1 else None


def _common(one: Key, other: Key) -> int:
    """How many of their first values two keys share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _standing(tally: _Tally, key: Key, rules: JuryRules, field: _Field) -> Standing:
    others = tuple(each for each in field.equals[key] if each != tally.application_id)
    mean, count = tally.mean, len(tally.points)
    return Standing(
        application_id=tally.application_id,
        rank=1 + field.before[key],
        mean=to_two_decimals(mean),
        exact_mean=mean,
        spread=_rounded(FULL_NOTE * tally.width, tally.full),
        valid=count,
        averages={code: _rounded(total, count) for code, total in tally.sums.items()},
        flags=_flags(tally, rules, is_tied=bool(others)),
        tied_with=others,
        separated_by=field.separated_by(key),
    )


@lru_cache(maxsize=MOST_AVERAGES)
def _rounded(above: int, below: int) -> Decimal:
    """A fraction to two decimals; files share most of theirs."""
    return to_two_decimals(Fraction(above, below))


def _flags(tally: _Tally, rules: JuryRules, *, is_tied: bool) -> tuple[Flag, ...]:
    count, full = len(tally.points), tally.full
    raised = {
        Flag.BELOW_FLOOR: count < rules.floor_of_valid_scores,
        Flag.BELOW_THRESHOLD: FULL_NOTE * sum(tally.points)
        < rules.laureate_threshold * full * count,
        Flag.IMPACT_TOO_LOW: tally.sums[rules.impact_criterion] < rules.impact_minimum * count,
        Flag.SPREAD_ALERT: FULL_NOTE * tally.width >= rules.spread_alert * full,
        Flag.TO_BE_DECIDED: is_tied,
    }
    return tuple(flag for flag, is_up in raised.items() if is_up)


def _unscored(application_id: str) -> Standing:
    return Standing(application_id, None, None, None, None, 0, {}, (Flag.BELOW_FLOOR,))
