"""The two-way model of a jury: a note is level + quality + severity + disagreement.

With the qualities integrated out, what is left is a system of the size of the jurors and categories;
``quality`` and ``severity`` are logarithms of variances relative to that of the disagreement. Source:
the mixed-model equations of Henderson, the restricted likelihood of Patterson and Thompson (1971).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import cho_solve, cholesky
from scipy.sparse import coo_array, csr_array

from domain.calibration.readings import Floats, Table, summed

# Where a standard deviation lies before any mark is seen, relative to the disagreement: centre and
# spread of its logarithm, wide enough for « no severity at all » as for severities above quality.
PRIOR_QUALITY = (0.0, 1.5)
PRIOR_SEVERITY = (-1.2, 1.0)


@dataclass(frozen=True, slots=True)
class Solved:
    """What the model says at two values of its ratios."""

    quality: float
    severity: float
    deviance: float
    effects: Floats
    factor: Floats
    residual: float


@dataclass(frozen=True, slots=True)
class _Alike:
    """The sums of the files that have the same number of readings."""

    readings: int
    files: int
    square: Floats
    side: Floats
    total: float


@dataclass(frozen=True)
class Equations:
    """The sums of a table, from which the model is solved at any value of its ratios."""

    table: Table

    @property
    def jurors(self) -> int:
        """How many severities are sought."""
        return len(self.table.jurors)

    @property
    def freedom(self) -> int:
        """How many readings are left to judge the disagreement by."""
        return max(1, len(self.table.notes) - len(self.table.categories))

    @cached_property
    def centre(self) -> float:
        """The mean of all notes, taken off so that sums stay small."""
        return float(self.table.notes.mean())

    @cached_property
    def notes(self) -> Floats:
        """The notes around their mean."""
        return self.table.notes - self.centre

    @cached_property
    def design(self) -> csr_array:
        """For each file, how often each juror and each category stands in its readings."""
        table = self.table
        rows = np.concatenate((table.file_of, np.arange(len(table.files))))
        columns = np.concatenate((table.juror_of, self.jurors + table.category_of))
        values = np.concatenate((np.ones(len(table.notes)), table.readings_of_file))
        shape = (len(table.files), self.jurors + len(table.categories))
        return csr_array(coo_array((values, (rows, columns)), shape=shape))

    @cached_property
    def _square(self) -> Floats:
        """The design of every single reading times itself."""
        table, count = self.table, len(self.table.notes)
        rows = np.concatenate((np.arange(count), np.arange(count)))
        levels = self.jurors + table.category_of[table.file_of]
        places = (rows, np.concatenate((table.juror_of, levels)))
        shape = (count, self.jurors + len(table.categories))
        each = csr_array(coo_array((np.ones(2 * count), places), shape=shape))
        return (each.T @ each).toarray()

    @cached_property
    def _side(self) -> Floats:
        """The design of every single reading times its note."""
        table = self.table
        levels = table.category_of[table.file_of]
        return np.concatenate(
            (
                summed(table.juror_of, self.notes, self.jurors),
                summed(levels, self.notes, len(table.categories)),
            )
        )

    @cached_property
    def _alike(self) -> tuple[_Alike, ...]:
        sums = summed(self.table.file_of, self.notes, len(self.table.files))
        counts = self.table.readings_of_file
        return tuple(
            self._sums_of(int(count), self.design[counts == count], sums[counts == count])
            for count in np.unique(counts)
        )

    @staticmethod
    def _sums_of(count: int, part: csr_array, sums: Floats) -> _Alike:
        square = (part.T @ part).toarray()
        return _Alike(count, len(sums), square, part.T @ sums, float(sums @ sums))

    def at(self, quality: float, severity: float) -> Solved:
        """Solve the model at two ratios, with minus twice the logarithm of their likelihood."""
        left, right = self._square.copy(), self._side.copy()
        total, grown = float(self.notes @ self.notes), 0.0
        for alike in self._alike:
            growth = 1 + np.exp(quality) * alike.readings
            share = np.exp(quality) / growth
            left -= share * alike.square
            right -= share * alike.side
            total -= share * alike.total
            grown += alike.files * np.log(growth)
        jurors = np.arange(self.jurors)
        left[jurors, jurors] += np.exp(-severity)
        factor = cholesky(left, lower=True, check_finite=False)
        effects = cho_solve((factor, True), right, check_finite=False)
        residual = max(float(total - right @ effects), 1e-9)
        deviance = (
            self.freedom * np.log(residual / self.freedom)
            + grown
            + self.jurors * severity
            + 2 * np.log(factor.diagonal()).sum()
            + _surprise(quality, PRIOR_QUALITY)
            + _surprise(severity, PRIOR_SEVERITY)
        )
        return Solved(quality, severity, float(deviance), effects, factor, residual)


def _surprise(log: float, prior: tuple[float, float]) -> float:
    """Minus twice the logarithm of a normal prior on the logarithm of a standard deviation."""
    centre, spread = prior
    return ((log / 2 - centre) / spread) ** 2
