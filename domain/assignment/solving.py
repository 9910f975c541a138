"""Solve a jury: fair and even where that is possible, and never less than can be done.

What cannot be held is given up in a published order: even loads, then the rules, the last first,
then promised loads, and only then the number of readings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from domain.assignment.arrays import Mask, Real, Whole
from domain.assignment.balance import even_bounds, widest_bounds
from domain.assignment.fairness import fair_arcs
from domain.assignment.instance import Bounds, Instance, Policy
from domain.assignment.network import cheapest, is_feasible, most_readings
from domain.assignment.overlapping import cheapest_within
from domain.assignment.solvers import UnsolvedDealError

# Where no pair suits better than another, evenness comes before the jitter.
EVENNESS_ALONE = 10.0


@dataclass(frozen=True, slots=True)
class Solution:
    """The arcs dealt, what every file got, and what was eased to get there."""

    chosen: Mask
    given: Whole
    eased: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many readings were dealt."""
        return int(self.chosen.sum())


@dataclass(frozen=True, slots=True)
class _Try:
    instance: Instance
    bounds: Bounds
    eased: tuple[str, ...]


def solve(instance: Instance, policy: Policy) -> Solution:
    """The best deal of a jury, kept pairs first where there are any."""
    is_repair = bool(instance.kept.any())
    balance = EVENNESS_ALONE if instance.says_nothing and not is_repair else policy.balance
    for eased, possible in _less_and_less(instance):
        for each in _tries(possible, policy, is_repair=is_repair):
            chosen = _cheapest(each, policy, balance, is_repair=is_repair)
            if chosen is not None:
                return Solution(chosen, each.instance.wanted, (*eased, *each.eased))
    raise UnsolvedDealError


def _less_and_less(instance: Instance) -> Iterator[tuple[tuple[str, ...], Instance]]:
    """The jury as it is, then without promised loads, then with the readings that can be had."""
    yield (), instance
    eased: tuple[str, ...] = ()
    if instance.least.any():
        eased, instance = ("least",), replace(instance, least=np.zeros_like(instance.least))
        yield eased, instance
    given = most_readings(replace(instance, limits=()), instance.room)
    yield (*eased, "readings"), replace(instance, wanted=given)


def _tries(instance: Instance, policy: Policy, *, is_repair: bool) -> Iterator[_Try]:
    """With all rules and even loads first, then with less and less of both."""
    tolerance = 0 if instance.says_nothing else policy.tolerance
    for count in range(len(instance.limits), -1, -1):
        ruled = replace(instance, limits=instance.limits[:count])
        eased = tuple(each.name for each in instance.limits[count:])
        if not is_repair:
            yield _Try(ruled, even_bounds(ruled, int(ruled.wanted.sum()), tolerance), eased)
            eased = (*eased, "evenness")
        yield _Try(ruled, widest_bounds(ruled), eased)


def _cheapest(each: _Try, policy: Policy, balance: float, *, is_repair: bool) -> Mask | None:
    instance, every = each.instance, np.ones(each.instance.arcs, dtype=np.bool_)
    cost = -instance.affinity - policy.jitter * instance.jitter
    if is_repair:
        cost = cost - _bonus(instance, balance, policy) * instance.kept
    if len(instance.limits) > 1:
        return cheapest_within(instance, each.bounds, cost, balance)
    usable = every
    if policy.is_fair and not is_repair and not instance.says_nothing:
        if not is_feasible(instance, each.bounds, every):
            return None
        usable = fair_arcs(instance, each.bounds)
    return cheapest(instance, each.bounds, cost, balance, usable)


def _bonus(instance: Instance, balance: float, policy: Policy) -> float:
    """More than all that moving one reading could gain elsewhere."""
    orphans = max(0, int(instance.wanted.sum()) - int(instance.kept.sum()))
    most: Real = balance * (instance.held + instance.room).astype(np.float64)
    highest = min(float(most.max(initial=0)), balance * float(instance.wanted.sum()))
    return (1 + policy.jitter + highest) * (2 * orphans + 2)
