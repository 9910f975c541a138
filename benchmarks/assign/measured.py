"""One deal of one size in a process of its own, so that its memory is its own."""

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.assign.greedy import greedy
from benchmarks.assign.juries import Size, a_jury, bounds_of
from benchmarks.assign.proof import proven_optimum
from domain.assignment.arrays import Mask, Real
from domain.assignment.instance import Bounds, Instance, Policy
from domain.assignment.link import strength
from domain.assignment.network import cheapest
from domain.assignment.solving import solve

POLICY = Policy()
# Beyond that the linear programme is not waited for.
PROOF_SECONDS = 120.0
PROVEN_UP_TO = 400_000
KIB_IN_MIB = 1024


@dataclass(frozen=True, slots=True)
class Deal:
    """What one way of dealing gave: its worth by the published prices, and what jurors think of it."""

    way: str
    seconds: float
    cpu: float
    mib: float
    worth: float
    mean: float
    worst: float
    least: int
    most: int
    short: int
    duplicates: int
    link: float


@dataclass(frozen=True, slots=True)
class Proof:
    """The proven optimum, its time and memory; no worth when it was not waited for."""

    worth: float | None
    seconds: float
    mib: float


def alone(way: str, size: Size) -> Deal:
    """Deal in this way in a new process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_deal, way, size).result()


def proof_of(size: Size) -> Proof:
    """Prove the optimum in a new process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_proof, size).result()


def cost_of(instance: Instance) -> Real:
    """What each reading costs: less, the better it suits and the luckier it was drawn."""
    return -instance.affinity - POLICY.jitter * instance.jitter


def _deal(way: str, size: Size) -> Deal:
    instance = a_jury(size)
    bounds = bounds_of(instance)
    warm_up()
    began, busy = time.perf_counter(), time.process_time()
    chosen = _chosen(way, instance, bounds)
    took = time.perf_counter() - began, time.process_time() - busy
    return _weighed(way, instance, bounds, chosen, took)


def _chosen(way: str, instance: Instance, bounds: Bounds) -> Mask:
    if way == "greedy":
        return greedy(instance, bounds.upper)
    if way == "fair":
        return solve(instance, POLICY).chosen
    every = np.ones(instance.arcs, dtype=np.bool_)
    found = cheapest(instance, bounds, cost_of(instance), POLICY.balance, every)
    assert found is not None
    return found


def warm_up() -> None:
    """Load the solver, which takes longer than a small deal."""
    solve(a_jury(Size(10, 5)), POLICY)


def peak() -> float:
    """The most memory that this process ever held, in mebibytes, the solver's own included."""
    (line,) = (
        each for each in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in each
    )
    return int(line.split()[1]) / KIB_IN_MIB


def _weighed(
    way: str, instance: Instance, bounds: Bounds, chosen: Mask, took: tuple[float, float]
) -> Deal:
    file, juror = instance.file[chosen], instance.juror[chosen]
    read = np.bincount(file, minlength=instance.files)
    loads = np.bincount(juror, minlength=instance.jurors)
    keys = file * instance.jurors + juror
    sums = np.bincount(file, weights=instance.affinity[chosen], minlength=instance.files)
    above = np.maximum(loads - bounds.lower, 0)
    steps = above * (above + 1) / 2
    return Deal(
        way=way,
        seconds=took[0],
        cpu=took[1],
        mib=peak(),
        worth=-float(cost_of(instance)[chosen].sum() + POLICY.balance * steps.sum()),
        mean=float(instance.affinity[chosen].mean()),
        worst=float((sums / instance.wanted).min()),
        least=int(loads.min()),
        most=int(loads.max()),
        short=int((read < instance.wanted).sum()),
        duplicates=len(keys) - len(np.unique(keys)),
        link=strength(file, juror, instance.files, instance.jurors),
    )


def _proof(size: Size) -> Proof:
    instance = a_jury(size)
    if instance.arcs > PROVEN_UP_TO:
        return Proof(None, 0, 0)
    began = time.perf_counter()
    found = proven_optimum(
        instance, bounds_of(instance), cost_of(instance), POLICY.balance, PROOF_SECONDS
    )
    took = time.perf_counter() - began
    return Proof(found, took, peak())
