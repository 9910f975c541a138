"""Several rules at once leave the theory of flows: the same deal as a whole-number programme.

Solved by HiGHS through scipy, keeping the best arcs of every file and widening when they do not
suffice. Never OR-tools' CP-SAT, which was measured to end far from the optimum.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from domain.assignment.arrays import Mask, Real, Whole, all_of
from domain.assignment.instance import Bounds, Instance

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

# As many arcs of a file as were measured to lose nothing, then more when they do not suffice.
BEST_ARCS = (20, 60)
GAP = 0.003
SECONDS = 60.0


def cheapest_within(instance: Instance, bounds: Bounds, cost: Real, balance: float) -> Mask | None:
    """The arcs of the cheapest deal that holds every limit, or none when none was found."""
    usable = np.zeros(instance.arcs, dtype=np.bool_)
    for count in (*BEST_ARCS, instance.arcs):
        wider = _best(instance, cost, count)
        if (wider == usable).all() and usable.any():
            continue
        usable = wider
        chosen = _solved(instance, bounds, cost, balance, usable)
        if chosen is not None:
            return chosen
    return None


def _best(instance: Instance, cost: Real, count: int) -> Mask:
    """The cheapest arcs of every file."""
    order = np.lexsort((cost, instance.file))
    counts = np.bincount(instance.file, minlength=instance.files)
    first = np.cumsum(counts) - counts
    best = np.zeros(instance.arcs, dtype=np.bool_)
    best[order] = np.arange(instance.arcs) - first[instance.file[order]] < count
    return best


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of the programme: where each variable of an arc counts, and between what."""

    row: Whole
    column: Whole
    low: Real
    high: Real


def _solved(
    instance: Instance, bounds: Bounds, cost: Real, balance: float, usable: Mask
) -> Mask | None:
    from scipy.optimize import Bounds as Range  # noqa: PLC0415  (heavy)
    from scipy.optimize import milp  # noqa: PLC0415

    arcs = np.flatnonzero(usable)
    spare = bounds.upper - bounds.lower
    # One variable for each reading above the least, which costs more and more: as in the flow.
    step_juror = np.repeat(np.arange(instance.jurors), spare)
    nth = np.arange(len(step_juror)) - np.repeat(np.cumsum(spare) - spare, spare) + 1
    nth = nth + instance.held[step_juror] + bounds.lower[step_juror]
    columns = len(arcs) + len(step_juror)
    found = milp(
        np.concatenate((cost[arcs], balance * nth)),
        integrality=np.concatenate((all_of(1, len(arcs)), all_of(0, len(step_juror)))),
        bounds=Range(0, 1),
        constraints=[
            _constraint(each, columns)
            for each in (
                _whole_files(instance, arcs),
                _loads(instance, arcs, bounds, step_juror),
                *(_cells(limit.cell[arcs], limit.most) for limit in instance.limits),
            )
        ],
        options={"mip_rel_gap": GAP, "time_limit": SECONDS},
    )
    if found.x is None:
        return None
    chosen = np.zeros(instance.arcs, dtype=np.bool_)
    chosen[arcs] = found.x[: len(arcs)] > 1 / 2
    return chosen


def _whole_files(instance: Instance, arcs: Whole) -> _Rows:
    exact = instance.wanted.astype(np.float64)
    return _Rows(instance.file[arcs], np.arange(len(arcs)), exact, exact)


def _loads(instance: Instance, arcs: Whole, bounds: Bounds, step_juror: Whole) -> _Rows:
    """Readings less steps are the least load, for every juror."""
    exact = bounds.lower.astype(np.float64)
    return _Rows(
        np.concatenate((instance.juror[arcs], -1 - step_juror)),
        np.arange(len(arcs) + len(step_juror)),
        exact,
        exact,
    )


def _cells(cell: Whole, most: Whole) -> _Rows:
    column = np.flatnonzero(cell >= 0)
    return _Rows(cell[column], column, np.full(len(most), -np.inf), most.astype(np.float64))


def _constraint(rows: _Rows, columns: int) -> "LinearConstraint":
    """Negative rows count the other way: row -1 - n takes away from row n."""
    from scipy.optimize import LinearConstraint  # noqa: PLC0415  (heavy)
    from scipy.sparse import csr_array  # noqa: PLC0415

    sign = np.where(rows.row < 0, -1.0, 1.0)
    row = np.where(rows.row < 0, -1 - rows.row, rows.row)
    matrix = csr_array((sign, (row, rows.column)), shape=(len(rows.low), columns))
    return LinearConstraint(matrix, rows.low, rows.high)
