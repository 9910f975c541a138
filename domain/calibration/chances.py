"""Rankings drawn from what the marks leave possible: how often a file wins, how far its rank may move."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from domain.calibration.equations import Equations, Solved
from domain.calibration.readings import Floats, Places
from domain.calibration.variances import Fit

DRAWS = 2000
# With thousands of files a draw costs more, and each file teaches the others.
MANY_FILES = 2000
DRAWS_OF_MANY = 250
INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Chances:
    """By file: how often it is among the first that may win, and the ends of its rank."""

    wins: Floats
    best: Places
    worst: Places


def chances(equations: Equations, fit: Fit, may_win: Places, prizes: int, seed: int) -> Chances:
    """How files may be ranked in their category, in draws that a seed makes again.

    ``may_win`` is one for the files that may be laureates and nought for the others.
    """
    files = len(equations.table.files)
    qualities = _qualities(equations, fit, DRAWS if files <= MANY_FILES else DRAWS_OF_MANY, seed)
    wins, best = np.zeros(files), np.zeros(files, np.intp)
    worst = np.zeros(files, np.intp)
    for category in range(len(equations.table.categories)):
        inside = np.flatnonzero(equations.table.category_of == category)
        drawn = qualities[:, inside]
        low, high = np.quantile(_ranks(drawn), INTERVAL, axis=0, method="inverted_cdf")
        best[inside], worst[inside] = low, high
        able = np.flatnonzero(may_win[inside])
        wins[inside[able]] = _share_of_firsts(drawn[:, able], prizes)
    return Chances(wins, best, worst)


def _ranks(drawn: Floats) -> Places:
    """The rank of each file in each draw, from 1."""
    order = np.argsort(-drawn, axis=1)
    ranks: Places = np.empty(order.shape, np.intp)
    places: Places = np.broadcast_to(np.arange(1, order.shape[1] + 1, dtype=np.intp), order.shape)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks


def _share_of_firsts(drawn: Floats, prizes: int) -> Floats:
    """In how many draws each file is among the first, out of all draws."""
    files = len(drawn.T)
    if files <= prizes:
        return np.ones(files, np.float64)
    firsts: Places = np.argpartition(-drawn, prizes - 1, axis=1)[:, :prizes]
    wins: Floats = np.bincount(firsts.ravel(), minlength=files).astype(np.float64)
    return wins / len(drawn)


def _qualities(equations: Equations, fit: Fit, draws: int, seed: int) -> Floats:
    """The level and quality of every file, in as many draws of each point as it weighs."""
    random = np.random.default_rng(seed)
    ends = np.round(np.cumsum(fit.weights) * draws).astype(int)
    counts = np.diff(ends, prepend=0)
    drawn = [
        _drawn(equations, point, int(count), random)
        for point, count in zip(fit.points, counts, strict=True)
        if count
    ]
    return np.concatenate(drawn)


def _drawn(equations: Equations, point: Solved, draws: int, random: np.random.Generator) -> Floats:
    table = equations.table
    noise = np.sqrt(point.residual / random.chisquare(equations.freedom, draws))[:, None]
    around = random.standard_normal((len(point.effects), draws))
    moved = solve_triangular(point.factor, around, lower=True, trans="T", check_finite=False).T
    effects = point.effects + noise * moved
    counts = table.readings_of_file
    explained = (equations.design @ effects.T).T / counts
    kept = np.exp(point.quality) * counts / (1 + np.exp(point.quality) * counts)
    left = table.mean_by_file(equations.notes) - explained
    doubt = np.sqrt(np.exp(point.quality) / (1 + np.exp(point.quality) * counts))
    quality = kept * left + noise * doubt * random.standard_normal(left.shape)
    return effects[:, equations.jurors + table.category_of] + quality
