"""The deal that anybody would make: the best pair that is left, until nobody has room."""

import numpy as np

from domain.assignment.arrays import Mask, Whole, listed
from domain.assignment.instance import Instance


def greedy(instance: Instance, room: Whole) -> Mask:
    """Take the arcs from the best to the worst, while file and juror both have room."""
    chosen = np.zeros(instance.arcs, dtype=np.bool_)
    wanted, left = listed(instance.wanted), listed(room)
    files, jurors = listed(instance.file), listed(instance.juror)
    for arc in listed(np.argsort(-instance.affinity, kind="stable")):
        file, juror = files[arc], jurors[arc]
        if wanted[file] and left[juror]:
            wanted[file] -= 1
            left[juror] -= 1
            chosen[arc] = True
    return chosen
