"""The most likely variances of a jury, and how far around them the truth may lie."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import minimize

from domain.calibration.equations import Equations, Solved
from domain.calibration.readings import Floats

START = (0.0, -2.4)
POINTS = 7
REACH = 2.5
STEP = 0.1
# Above so many jurors, the variances are so well known that their mode says it all.
FEW_JURORS = 120
# Ratios beyond these (a millionth, a million) say no more than these do.
FURTHEST = 14.0
NEGLIGIBLE = 1e-3


@dataclass(frozen=True, slots=True)
class Fit:
    """The model at its likely ratios, each with its weight."""

    points: tuple[Solved, ...]
    weights: Floats

    @property
    def effects(self) -> Floats:
        """The severities of the jurors then the levels of the categories, over all ratios."""
        return self.weights @ np.array([each.effects for each in self.points])

    @property
    def best(self) -> Solved:
        """The model at its most likely ratios."""
        return self.points[int(np.argmax(self.weights))]


def fitted(equations: Equations) -> Fit:
    """The model at its mode, or all around it when few jurors leave the ratios uncertain."""
    found = minimize(
        lambda logs: equations.at(*_bounded(logs)).deviance,
        np.array(START),
        method="Nelder-Mead",
        options={"xatol": 0.01, "fatol": 0.01, "initial_simplex": _simplex()},
    )
    mode = _bounded(found.x)
    if equations.jurors > FEW_JURORS:
        return Fit((equations.at(*mode),), np.ones(1))
    axes = [_around(equations, mode, axis) for axis in range(2)]
    points = [equations.at(quality, severity) for quality, severity in product(*axes)]
    deviance = np.array([each.deviance for each in points])
    weights = np.exp(-(deviance - deviance.min()) / 2)
    kept = weights >= NEGLIGIBLE
    chosen = tuple(point for point, is_kept in zip(points, kept, strict=True) if is_kept)
    return Fit(chosen, weights[kept] / weights[kept].sum())


def _bounded(logs: Floats) -> tuple[float, float]:
    quality, severity = np.clip(logs, -FURTHEST, FURTHEST)
    return float(quality), float(severity)


def _simplex() -> Floats:
    quality, severity = START
    return np.array([(quality, severity), (quality + 1, severity), (quality, severity + 1)])


def _around(equations: Equations, mode: tuple[float, float], axis: int) -> Floats:
    """Points along one ratio, as far as the likelihood leaves it in doubt."""
    aside = [list(mode), list(mode)]
    aside[0][axis] -= STEP
    aside[1][axis] += STEP
    low, middle, high = (equations.at(*each).deviance for each in (aside[0], mode, aside[1]))
    bend = max((low + high - 2 * middle) / STEP**2, 0.1)
    reach = REACH * float(np.sqrt(2 / bend))
    return np.linspace(mode[axis] - reach, mode[axis] + reach, POINTS)
