"""How many readings each juror should get: the same for all, as far as each may and must."""

import numpy as np

from domain.assignment.arrays import Whole
from domain.assignment.instance import Bounds, Instance


def even_bounds(instance: Instance, total: int, tolerance: int) -> Bounds:
    """Bounds around the level at which everybody reads as much, within what each may and must."""
    least, most = instance.held + instance.least, instance.held + instance.room
    level = _level(least, most, total + int(instance.held.sum()))
    below, above = int(np.floor(level)) - tolerance, int(np.ceil(level)) + tolerance
    return Bounds(
        np.clip(below, least, most) - instance.held, np.clip(above, least, most) - instance.held
    )


def widest_bounds(instance: Instance) -> Bounds:
    """Only what each may and must."""
    return Bounds(instance.least, instance.room)


def _level(least: Whole, most: Whole, total: int) -> float:
    """The load at which all loads, kept between least and most, add up to the total."""
    low, high = 0.0, float(most.max(initial=0))
    for _ in range(60):
        middle = (low + high) / 2
        if np.clip(middle, least, most).sum() < total:
            low = middle
        else:
            high = middle
    return round(high, 6)
