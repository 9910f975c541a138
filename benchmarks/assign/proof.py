"""The optimum of the same instance, proven by scipy's HiGHS: the same prices as a linear programme."""

import numpy as np
from scipy.optimize import Bounds as Range
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from domain.assignment.arrays import Real
from domain.assignment.instance import Bounds, Instance

OPTIMAL = 0


def proven_optimum(
    instance: Instance, bounds: Bounds, cost: Real, balance: float, seconds: float
) -> float | None:
    """The greatest worth of any deal within the bounds, or none when the time did not suffice."""
    spare = bounds.upper - bounds.lower
    step_juror = np.repeat(np.arange(instance.jurors), spare)
    nth = np.arange(len(step_juror)) - np.repeat(np.cumsum(spare) - spare, spare) + 1
    columns = instance.arcs + len(step_juror)
    arcs, steps = np.arange(instance.arcs), instance.arcs + np.arange(len(step_juror))
    whole = csr_array(
        (np.ones(instance.arcs), (instance.file, arcs)), shape=(instance.files, columns)
    )
    loads = csr_array(
        (
            np.concatenate((np.ones(instance.arcs), -np.ones(len(steps)))),
            (np.concatenate((instance.juror, step_juror)), np.concatenate((arcs, steps))),
        ),
        shape=(instance.jurors, columns),
    )
    exact = np.concatenate((instance.wanted, bounds.lower))
    # Without whole numbers it is a linear programme, whose optimum on a network is whole anyway.
    found = milp(
        np.concatenate((cost, balance * nth)),
        constraints=LinearConstraint(vstack((whole, loads)), exact, exact),
        bounds=Range(0, 1),
        options={"time_limit": seconds},
    )
    return None if found.fun is None or found.status != OPTIMAL else -float(found.fun)
