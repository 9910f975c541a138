"""Raise the worst reading of all before the total: the bottleneck, by maximum flows.

The first step of PeerReview4All (Stelmakh, Shah, Singh, JMLR 2021), for single readings.
"""

import numpy as np

from domain.assignment.arrays import Mask, Whole
from domain.assignment.instance import Bounds, Instance
from domain.assignment.network import is_feasible

# Finer than that, two readings are as good as one another.
GRAIN = 50


def fair_arcs(instance: Instance, bounds: Bounds) -> Mask:
    """The arcs at least as good as the best worst reading that every file can have at once."""
    worth = np.floor(instance.affinity * GRAIN).astype(np.int64)
    values = np.unique(worth)
    best = np.searchsorted(values, _ceiling(instance, worth), side="right")
    low, high = 0, max(1, int(best))  # the arcs above low suffice; those above high do not
    while high - low > 1:
        middle = (low + high) // 2
        if is_feasible(instance, bounds, worth >= values[middle]):
            low = middle
        else:
            high = middle
    return worth >= values[low] if len(values) else np.ones(0, dtype=np.bool_)


def _ceiling(instance: Instance, worth: Whole) -> int:
    """A value that no deal can pass: the last of the best readings of the least served file."""
    wanted = instance.wanted
    order = np.lexsort((-worth, instance.file))
    counts = np.bincount(instance.file, minlength=instance.files)
    first = np.cumsum(counts) - counts
    served = (wanted > 0) & (counts >= wanted)
    if not served.any():
        return int(worth.min(initial=0))
    return int(worth[order[first[served] + wanted[served] - 1]].min())
