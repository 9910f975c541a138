"""What is added to every note of a jury: the widths brought together, then severities taken off."""

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from domain.assignment.link import strength
from domain.calibration.equations import Equations
from domain.calibration.readings import Floats, Table
from domain.calibration.results import Uncorrected
from domain.calibration.rules import PERCENT, CalibrationRules
from domain.calibration.spread import spread_factors
from domain.calibration.variances import Fit, fitted
from domain.scoring import FULL_NOTE

FEWEST_JURORS = 3
WEAKEST_LINK = 0.05
UNUSUAL = 2.5
HUNDREDTHS = 100

Yes = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Correction:
    """A jury fitted: what its jurors are corrected by, and each of their notes.

    ``added`` is in hundredths of a point, so that anybody adds up a file by hand.
    """

    table: Table
    equations: Equations
    fit: Fit
    link: float
    uncorrected: Uncorrected | None
    factors: Floats
    severities: Floats
    is_capped: Yes
    added: NDArray[np.int64]
    is_unusual: Yes

    @property
    def scores(self) -> Floats:
        """The mean of the corrected notes of each file."""
        return self.table.mean_by_file(self.table.notes + self.added / HUNDREDTHS)


def corrected(table: Table, rules: CalibrationRules) -> Correction:
    """Fit a jury and correct it, unless too little joins its jurors."""
    link = strength(table.file_of, table.juror_of, len(table.files), len(table.jurors))
    reason = _why_not(table, link)
    factors = np.ones(len(table.jurors)) if reason else spread_factors(table)
    wide = stretched(table, factors)
    equations = Equations(replace(table, notes=wide))
    fit = fitted(equations)
    estimated = fit.effects[: equations.jurors]
    cap = rules.correction_cap * FULL_NOTE / PERCENT
    severities = np.zeros(equations.jurors) if reason else np.clip(estimated, -cap, cap)
    after = wide - severities[table.juror_of]
    return Correction(
        table,
        equations,
        fit,
        link,
        reason,
        factors,
        severities,
        np.abs(estimated) > cap,
        np.rint((after - table.notes) * HUNDREDTHS).astype(np.int64),
        _unusual(equations, fit),
    )


def stretched(table: Table, factors: Floats) -> Floats:
    """The notes once each juror's distances to their own mean are multiplied by their factor."""
    means = table.mean_by_juror(table.notes)[table.juror_of]
    return means + (table.notes - means) * factors[table.juror_of]


def points(number: float) -> Decimal:
    """A number of points, in hundredths."""
    return Decimal(round(number * HUNDREDTHS)).scaleb(-2)


def _why_not(table: Table, link: float) -> Uncorrected | None:
    if len(table.jurors) < FEWEST_JURORS:
        return Uncorrected.FEW_JURORS
    return Uncorrected.WEAK_LINK if link < WEAKEST_LINK else None


def _unusual(equations: Equations, fit: Fit) -> Yes:
    """Which notes lie further from what the model expects than disagreement explains."""
    table, point = equations.table, fit.best
    level = point.effects[equations.jurors + table.category_of][table.file_of]
    left = equations.notes - level - point.effects[table.juror_of]
    counts = table.readings_of_file
    kept = np.exp(point.quality) * counts / (1 + np.exp(point.quality) * counts)
    disagreement = np.sqrt(point.residual / equations.freedom)
    surprise = left - (kept * table.mean_by_file(left))[table.file_of]
    return np.abs(surprise) > UNUSUAL * disagreement
