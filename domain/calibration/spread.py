"""How widely each juror uses the scale, and the factor that brings them together."""

import numpy as np

from domain.calibration.readings import Floats, Table, summed

# With fewer files, a juror's spread is that of their files rather than of their hand.
FEWEST_FILES = 4
WIDEST = 2.0
A_PAIR = 2


def spread_factors(table: Table) -> Floats:
    """What each juror's distances to their own mean are multiplied by; 1 changes nothing.

    The logarithm of a juror's spread is drawn towards that of all by as much as chance explains
    the differences (its variance is 1/2(n-1) for n files). Who gives the same mark to all, or
    reads few files, keeps a factor of 1.
    """
    loads = table.readings_of_juror
    seen = table.notes - _levels(table)[table.category_of[table.file_of]]
    around = seen - table.mean_by_juror(seen)[table.juror_of]
    squares = summed(table.juror_of, around**2, len(table.jurors))
    told = (loads >= FEWEST_FILES) & (squares > 0)
    if told.sum() < A_PAIR:
        return np.ones(len(table.jurors))
    logs = np.zeros(len(table.jurors))
    logs[told] = np.log(squares[told] / (loads[told] - 1)) / 2
    chance = np.where(told, 1 / (2 * np.maximum(loads - 1, 1)), 0)
    centre = np.average(logs[told], weights=loads[told] - 1)
    beyond = np.mean((logs[told] - centre) ** 2 - chance[told])
    kept = max(float(beyond), 0.0)
    shrunk = np.where(told, kept / (kept + np.where(told, chance, 1)) * (logs - centre), 0)
    return np.clip(np.exp(-shrunk), 1 / WIDEST, WIDEST)


def _levels(table: Table) -> Floats:
    """The mean note of each category."""
    category = table.category_of[table.file_of]
    sums = summed(category, table.notes, len(table.categories))
    return sums / np.bincount(category, minlength=len(table.categories))
