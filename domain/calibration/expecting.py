"""What a reading more of the undecided files is expected to bring, before anybody reads.

The chance that the first of a category is the true one, now and once these files have been read again:
truths and new notes are drawn from what the marks leave possible, the posterior of the two-way model
with its severities known (jury-science, B3). Only the undecided files are told apart by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from domain.calibration.correcting import points

DRAWS = 4000

Numbers = NDArray[np.float64]
Right = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Read:
    """An undecided file: its adjusted score, and how many readings made it."""

    score: Decimal
    readings: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The chance that the file found first is the best one: before and after."""

    before: Decimal
    after: Decimal


def expected(
    files: Sequence[Read], quality: Decimal, disagreement: Decimal, seed: int, more: int = 1
) -> Expected:
    """What ``more`` readings of each of these files would do, in draws that a seed makes again."""
    if len(files) <= 1:
        return Expected(Decimal("1.00"), Decimal("1.00"))
    between, within = float(quality) ** 2, max(float(disagreement), 1e-6) ** 2
    scores = np.array([float(each.score) for each in files])
    counts = np.array([each.readings for each in files])
    kept = between * counts / (between * counts + within)
    means = scores.mean() + kept * (scores - scores.mean())
    doubt: Numbers = between * within / (between * counts + within)
    random = np.random.default_rng(seed)
    truth: Numbers = means + np.sqrt(doubt) * random.standard_normal((DRAWS, len(files)))
    note: Numbers = truth + float(np.sqrt(within / more)) * random.standard_normal(truth.shape)
    learned: Numbers = doubt / (doubt + within / more)
    best = truth.argmax(axis=1)
    now: Right = best == means.argmax()
    later: Right = best == (means + learned * (note - means)).argmax(axis=1)
    before, after = float(now.mean()), float(later.mean())
    return Expected(points(before), points(max(before, after)))
