"""What the assignment counts with."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]


def listed(array: Whole) -> list[int]:
    """The numbers of an array as plain ones."""
    return [int(each) for each in array]


def all_of(value: int, count: int) -> Whole:
    """So many times the same number."""
    return np.full(count, value, dtype=np.int64)
