"""Made-up juries whose truth is known: the situations of the table that the method was chosen by.

Marks are out of 20, in half points: 12 + level of the category + quality + severity + disagreement,
quality and disagreement of standard deviation 2. The reference columns are those of the study.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from domain.calibration.readings import Floats, Places, Reading

DEVIATION = 2.0
MIDDLE = 12.0
FULL = 20
TO_HUNDRED = 5


@dataclass(frozen=True, slots=True)
class Situation:
    """What a jury is like, and what the study measured: raw mean, z-score, recommended method."""

    name: str
    raw: float
    zscore: float
    recommended: float
    files: int = 60
    jurors: int = 12
    readings: int = 3
    severity: float = 0.6
    categories: int = 1
    unequal: float = 0.0
    is_disjoint: bool = False
    outside: int = 0
    widths: float = 0.0
    stress: str = ""

    @property
    def laureates(self) -> int:
        """How many are sought: one in ten, one in twenty where files are many."""
        return self.files // (10 if self.files < 1000 else 20)


SITUATIONS = (
    Situation("sev_0", 0.669, 0.647, 0.666, severity=0),
    Situation("sev_.43", 0.650, 0.648, 0.661, severity=0.43),
    Situation("sev_.8", 0.613, 0.648, 0.659, severity=0.8),
    Situation("sev_1.2", 0.561, 0.647, 0.658, severity=1.2),
    Situation("1000_sev_.43", 0.643, 0.659, 0.663, files=1000, jurors=60, severity=0.43),
    Situation("1000_sev_.8", 0.597, 0.658, 0.662, files=1000, jurors=60, severity=0.8),
    Situation("six_files_each", 0.645, 0.607, 0.652, jurors=30, severity=0.43),
    Situation("three_files_each", 0.647, 0.530, 0.650, jurors=60, severity=0.43),
    Situation("two_files_each", 0.642, 0.418, 0.644, jurors=90, severity=0.43),
    Situation(
        "categories_apart",
        0.673,
        0.480,
        0.669,
        severity=0.8,
        categories=4,
        unequal=0.85,
        is_disjoint=True,
    ),
    Situation(
        "categories_one_outside",
        0.674,
        0.659,
        0.716,
        severity=0.8,
        categories=4,
        unequal=0.85,
        is_disjoint=True,
        outside=1,
    ),
    Situation("widths_.5", 0.609, 0.646, 0.652, widths=0.5),
    Situation("1000_widths_.3", 0.613, 0.656, 0.659, files=1000, jurors=60, widths=0.3),
    Situation("one_at_random", 0.588, 0.604, 0.610, stress="random"),
    Situation("one_for_a_friend", 0.598, 0.615, 0.621, stress="friend"),
    Situation("freak_marks", 0.666, 0.690, 0.699, stress="student"),
    Situation("a_fifth_missing", 0.608, 0.617, 0.632, stress="missing"),
    Situation("scale_1_to_5", 0.590, 0.607, 0.618, stress="coarse"),
    Situation("five_readings", 0.708, 0.723, 0.728, readings=5),
)


@dataclass(frozen=True, slots=True)
class Jury:
    """One jury drawn: who read what, the marks, and the quality that nobody sees."""

    quality: Floats
    category: Places
    file: Places
    juror: Places
    marks: Floats

    @property
    def as_readings(self) -> list[Reading]:
        """The same for the service, out of a hundred."""
        return [
            Reading(f"{file:05}", f"{juror:04}", f"{self.category[file]}", _note(mark))
            for file, juror, mark in zip(self.file, self.juror, self.marks, strict=True)
        ]


def a_jury(situation: Situation, seed: int, number: int) -> Jury:
    """Draw one jury of a situation; the same seed and number draw the same."""
    random = np.random.default_rng([seed, number])
    category = np.arange(situation.files) % situation.categories
    spread = DEVIATION * situation.unequal
    levels = random.normal(0, spread, situation.categories) if spread else np.zeros(1)
    quality = random.normal(0, DEVIATION, situation.files)
    if spread:
        quality += levels[category]
    severity = random.normal(0, DEVIATION * situation.severity, situation.jurors)
    file, juror = _dealt(random, situation, category)
    if situation.stress == "missing":
        # A file that nobody read has no place in an order: each keeps its first reading.
        first = np.unique(file, return_index=True)[1]
        kept = random.random(len(file)) >= 0.2
        kept[first] = True
        file, juror = file[kept], juror[kept]
    disagreement = random.normal(0, DEVIATION, len(file))
    if situation.stress == "student":
        disagreement = DEVIATION * random.standard_t(3, len(file)) / np.sqrt(3)
    widths = np.exp(random.normal(0, situation.widths, situation.jurors))
    marks = MIDDLE + severity[juror] + widths[juror] * (quality[file] + disagreement)
    _stressed(random, situation, juror, marks)
    return Jury(quality, category, file, juror, _rounded(situation, marks))


def _stressed(
    random: np.random.Generator, situation: Situation, juror: Places, marks: Floats
) -> None:
    own = np.flatnonzero(juror == 0)
    if situation.stress == "random":
        marks[own] = random.normal(MIDDLE, 1.5 * DEVIATION, len(own))
    if situation.stress == "friend":
        friend, *sunk = random.permutation(own)[:4]
        marks[friend], marks[sunk] = FULL, MIDDLE - 3 * DEVIATION


def _rounded(situation: Situation, marks: Floats) -> Floats:
    """Marks as the scale has them, out of 20."""
    if situation.stress == "coarse":
        steps = np.clip(np.rint(3 + (marks - MIDDLE) / 3), 1, 5)
        return (steps - 1) * FULL / 4
    return np.clip(np.rint(2 * marks) / 2, 0, FULL)


def _dealt(
    random: np.random.Generator, situation: Situation, category: Places
) -> tuple[Places, Places]:
    """So many jurors for each file, loads even, nobody twice."""
    everybody = np.arange(situation.jurors)
    if not situation.is_disjoint:
        return _within(random, np.arange(situation.files), everybody, situation.readings)
    parts: list[tuple[Places, Places]] = []
    for code in range(situation.categories):
        files = np.flatnonzero(category == code)
        inside = everybody % situation.categories == code
        parts.append(
            _within(random, files, everybody[inside], situation.readings - situation.outside)
        )
        if situation.outside:
            parts.append((files, np.resize(random.permutation(everybody[~inside]), len(files))))
    return np.concatenate([f for f, _ in parts]), np.concatenate([j for _, j in parts])


def _within(
    random: np.random.Generator, files: Places, jurors: Places, readings: int
) -> tuple[Places, Places]:
    slots = np.resize(random.permutation(jurors), len(files) * readings)
    grid = random.permutation(slots).reshape(len(files), readings)
    while len(twice := _twice(grid)):
        for row, column in twice:
            other = random.integers(len(files)), random.integers(readings)
            grid[row, column], grid[other] = grid[other], grid[row, column]
    return np.repeat(files, readings), grid.ravel()


def _twice(grid: Places) -> list[tuple[int, int]]:
    """Where a file has a juror whom it already had."""
    rows, columns = grid.shape
    return [
        (row, column)
        for row in range(rows)
        for column in range(1, columns)
        if grid[row, column] in grid[row, :column]
    ]


def _note(mark: float) -> Decimal:
    return Decimal(str(round(TO_HUNDRED * mark, 1)))
