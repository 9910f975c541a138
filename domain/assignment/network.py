"""The flow itself: its nodes and arcs as arrays, and the three questions put to OR-tools.

Files send their readings to jurors, each pair once. What a juror must receive is the demand of
their own node; what is above leaves through one common node, by arcs that cost more and more.
Costs are whole numbers: one unit of affinity is ten thousand of them.
"""

from dataclasses import dataclass

import numpy as np

from domain.assignment.arrays import Mask, Real, Whole, all_of
from domain.assignment.instance import Bounds, Instance
from domain.assignment.solvers import CostFlow, MostFlow, UnsolvedDealError

SCALE = 10_000
# Above that many readings more than the least, a step is two readings wide, then four…
SINGLE_STEPS = 64


@dataclass(frozen=True, slots=True)
class Pairs:
    """The arcs from files to jurors, through the cells of a limit where there is one."""

    start: Whole
    end: Whole
    cell_start: Whole
    cell_end: Whole
    cell_most: Whole
    nodes: int


def is_feasible(instance: Instance, bounds: Bounds, usable: Mask) -> bool:
    """Whether every file can have what is wanted through the usable arcs, within the bounds."""
    total, promised = int(instance.wanted.sum()), int(bounds.lower.sum())
    if total < promised or total > int(bounds.upper.sum()):
        return False
    flow = MostFlow()
    pairs = _pairs(instance, usable)
    source, sink, above = pairs.nodes, pairs.nodes + 1, pairs.nodes + 2
    jurors = instance.files + np.arange(instance.jurors)
    starts = (all_of(source, instance.files), jurors, jurors, all_of(above, 1))
    ends = (
        np.arange(instance.files),
        all_of(sink, instance.jurors),
        all_of(above, instance.jurors),
        all_of(sink, 1),
    )
    room = (instance.wanted, bounds.lower, bounds.upper - bounds.lower, all_of(total - promised, 1))
    flow.add(pairs.start, pairs.end, np.ones_like(pairs.start))
    flow.add(pairs.cell_start, pairs.cell_end, pairs.cell_most)
    flow.add(np.concatenate(starts), np.concatenate(ends), np.concatenate(room))
    return flow.between(source, sink) == total


def cheapest(
    instance: Instance, bounds: Bounds, cost: Real, balance: float, usable: Mask
) -> Mask | None:
    """The arcs of the cheapest deal within the bounds, or none when there is no such deal."""
    total, promised = int(instance.wanted.sum()), int(bounds.lower.sum())
    if total < promised:
        return None
    flow = CostFlow()
    pairs = _pairs(instance, usable)
    above = pairs.nodes
    steps = _steps(instance, bounds, balance)
    dealt = flow.add(pairs.start, pairs.end, np.ones_like(pairs.start), _costs(cost[usable]))
    flow.add(pairs.cell_start, pairs.cell_end, pairs.cell_most, np.zeros_like(pairs.cell_most))
    flow.add(instance.files + steps.juror, all_of(above, len(steps.juror)), steps.width, steps.cost)
    nodes = np.concatenate((np.arange(instance.files + instance.jurors), all_of(above, 1)))
    flow.supply(
        nodes, np.concatenate((instance.wanted, -bounds.lower, all_of(promised - total, 1)))
    )
    if not flow.is_solved():
        return None
    chosen = np.zeros(instance.arcs, dtype=np.bool_)
    chosen[np.flatnonzero(usable)] = flow.flows(dealt) > 0
    return chosen


def most_readings(instance: Instance, room: Whole) -> Whole:
    """What every file can have when not all can have what they want: the most in all, then shared.

    Among equals, the fewest kept pairs change hands.
    """
    flow = CostFlow()
    pairs = _pairs(instance, np.ones(instance.arcs, dtype=np.bool_))
    sink, total = pairs.nodes, int(instance.wanted.sum())
    keeping = int(instance.wanted.max(initial=0)) + 1
    lacking = keeping * (instance.files + instance.jurors + 1)
    begins = np.cumsum(instance.wanted) - instance.wanted
    nth: Whole = np.arange(total) - np.repeat(begins, instance.wanted) + 1
    missing = flow.add(
        np.repeat(np.arange(instance.files), instance.wanted),
        all_of(sink, total),
        np.ones(total, dtype=np.int64),
        lacking + nth,
    )
    flow.add(
        pairs.start, pairs.end, np.ones_like(pairs.start), np.where(instance.kept, -keeping, 0)
    )
    flow.add(pairs.cell_start, pairs.cell_end, pairs.cell_most, np.zeros_like(pairs.cell_most))
    flow.add(
        instance.files + np.arange(instance.jurors),
        all_of(sink, instance.jurors),
        room,
        np.zeros_like(room),
    )
    flow.supply(np.append(np.arange(instance.files), sink), np.append(instance.wanted, -total))
    if not flow.is_solved():
        raise UnsolvedDealError
    lack = np.repeat(np.arange(instance.files), instance.wanted)[flow.flows(missing) > 0]
    return instance.wanted - np.bincount(lack, minlength=instance.files)


def _pairs(instance: Instance, usable: Mask) -> Pairs:
    """The arcs that may be used; with one limit, those of a cell leave from the node of their cell."""
    start, first = instance.file[usable], instance.files + instance.jurors
    end = instance.files + instance.juror[usable]
    nothing = all_of(0, 0)
    if not instance.limits:
        return Pairs(start, end, nothing, nothing, nothing, first)
    (limit,) = instance.limits  # several at once are no flow: see overlapping.py
    cell = limit.cell[usable]
    within = cell >= 0
    cells, one = np.unique(cell[within], return_index=True)
    through = np.where(within, first + cell, start)
    return Pairs(
        through, end, start[within][one], first + cells, limit.most[cells], first + len(limit.most)
    )


@dataclass(frozen=True, slots=True)
class _Steps:
    juror: Whole
    width: Whole
    cost: Whole


def _steps(instance: Instance, bounds: Bounds, balance: float) -> _Steps:
    """What a juror may read above the least: every further reading costs more than the one before."""
    spare = bounds.upper - bounds.lower
    widths = _widths(int(spare.max(initial=0)))
    begins = np.concatenate(([0], np.cumsum(widths)))[:-1].astype(np.int64)
    juror, step = np.nonzero(begins[None, :] < spare[:, None])
    width = np.minimum(widths[step], spare[juror] - begins[step])
    nth = instance.held[juror] + bounds.lower[juror] + begins[step] + 1
    return _Steps(juror.astype(np.int64), width, np.rint(balance * SCALE * nth).astype(np.int64))


def _widths(most: int) -> Whole:
    widths = [1] * min(most, SINGLE_STEPS)
    while sum(widths) < most:
        widths.append(2 * widths[-1])
    return np.array(widths, dtype=np.int64)


def _costs(cost: Real) -> Whole:
    return np.rint(cost * SCALE).astype(np.int64)
