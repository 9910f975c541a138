"""OR-tools' two flows, as types know them: arrays in, arrays out, never a segfault."""

from typing import Protocol, cast

from domain.assignment.arrays import Whole


class UnsolvedDealError(Exception):
    """The solver gave no optimal flow of an instance that has one."""


class _Costs(Protocol):
    OPTIMAL: object
    INFEASIBLE: object

    def add_arcs_with_capacity_and_unit_cost(
        self, tails: Whole, heads: Whole, capacities: Whole, unit_costs: Whole
    ) -> Whole: ...
    def set_nodes_supplies(self, nodes: Whole, supplies: Whole) -> None: ...
    def solve(self) -> object: ...
    def flows(self, arcs: Whole) -> Whole: ...


class _Most(Protocol):
    OPTIMAL: object

    def add_arcs_with_capacity(self, tails: Whole, heads: Whole, capacities: Whole) -> Whole: ...
    def solve(self, source: int, sink: int) -> object: ...
    def optimal_flow(self) -> int: ...
    def get_source_side_min_cut(self) -> list[int]: ...


class CostFlow:
    """The cheapest flow from nodes that supply to nodes that ask."""

    def __init__(self) -> None:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415  (heavy)

        # Its own stubs take the shape of an array for its kind of number.
        self._flow = cast("_Costs", SimpleMinCostFlow())

    def add(self, start: Whole, end: Whole, room: Whole, cost: Whole) -> Whole:
        """Draw arcs, and get their numbers."""
        return self._flow.add_arcs_with_capacity_and_unit_cost(start, end, room, cost)

    def supply(self, nodes: Whole, supplies: Whole) -> None:
        """Say what nodes supply, or ask when negative."""
        self._flow.set_nodes_supplies(nodes, supplies)

    def is_solved(self) -> bool:
        """Solve it; False when there is no such flow."""
        status = self._flow.solve()
        if status == self._flow.INFEASIBLE:
            return False
        if status != self._flow.OPTIMAL:  # reading flows without this test ends in a segfault
            raise UnsolvedDealError
        return True

    def flows(self, arcs: Whole) -> Whole:
        """What passes through these arcs."""
        return self._flow.flows(arcs)


class MostFlow:
    """The largest flow from one node to another."""

    def __init__(self) -> None:
        from ortools.graph.python.max_flow import SimpleMaxFlow  # noqa: PLC0415  (heavy)

        self._flow = cast("_Most", SimpleMaxFlow())

    def add(self, start: Whole, end: Whole, room: Whole) -> None:
        """Draw arcs."""
        self._flow.add_arcs_with_capacity(start, end, room)

    def between(self, source: int, sink: int) -> int:
        """How much passes at most."""
        if self._flow.solve(source, sink) != self._flow.OPTIMAL:
            raise UnsolvedDealError
        return self._flow.optimal_flow()

    def source_side(self) -> list[int]:
        """The nodes on the side of the source in the minimum cut."""
        return self._flow.get_source_side_min_cut()
