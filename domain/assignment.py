"""Deal files to jurors: conflicts kept, loads even, the same deal for the same seed.

A minimum-cost flow. Every file sends its readings to jurors, each juror at most once, or to a
shortage node when nobody is left. The nth reading of a juror costs more than the one before, so
that loads even out; a shortage costs more than any change of loads; a small cost drawn from the
seed chooses among equals. A deal is stored and never computed again for an audit: the solver is
deterministic for one version of itself, not across versions.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

JITTERS = 128
SOURCE, SINK, SHORTAGE = 0, 1, 2
FIRST_FREE_NODE = 3


@dataclass(frozen=True, slots=True)
class JurorCapacity:
    """How many files a juror may read, and how many are promised to them."""

    juror: str
    maximum: int
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Deal:
    """Who reads what; ``short`` names the files that lack readers, and how many."""

    pairs: tuple[tuple[str, str], ...]
    loads: Mapping[str, int]
    short: tuple[tuple[str, int], ...]
    seed: int


class UnsolvedDealError(Exception):
    """The solver gave no optimal flow, which its inputs never allow."""


@dataclass(slots=True)
class _Network:
    """The arcs of the flow, and what those from a file to a juror stand for."""

    arcs: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    pairs: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])

    def add(self, start: int, end: int, capacity: int, cost: int) -> None:
        """Draw one arc."""
        self.arcs.append((start, end, capacity, cost))


def assign(  # noqa: PLR0913, PLR0917  (the six things that a deal depends on)
    files: Sequence[str],
    jurors: Sequence[JurorCapacity],
    conflicts: Collection[tuple[str, str]],
    readings: int,
    seed: int,
    locked: Collection[tuple[str, str]] = (),
) -> Deal:
    """Give every file its readers, or as many as can be found.

    ``conflicts`` and ``locked`` are pairs (file, juror); locked pairs are kept as they are.
    """
    kept = {pair for pair in locked if pair[0] in files}
    missing = _still_missing(files, readings, kept)
    network = _network(missing, jurors, frozenset(conflicts) | kept, kept, seed)
    dealt = kept | set(_solve(network, sum(missing.values())))
    return _deal(files, jurors, readings, dealt, seed)


def _still_missing(
    files: Sequence[str], readings: int, kept: Collection[tuple[str, str]]
) -> dict[str, int]:
    already = Counter(file for file, _ in kept)
    return {file: max(0, readings - already[file]) for file in sorted(files)}


def _network(
    missing: Mapping[str, int],
    jurors: Sequence[JurorCapacity],
    closed: Collection[tuple[str, str]],
    kept: Collection[tuple[str, str]],
    seed: int,
) -> _Network:
    network = _Network()
    total = sum(missing.values())
    loads = Counter(juror for _, juror in kept)
    room = {each.juror: min(each.maximum - loads[each.juror], total) for each in jurors}
    highest = max((loads[juror] + room[juror] for juror in room), default=0)
    load_cost = JITTERS * (total + 1)  # above all jitters together
    promise = load_cost * (highest + 1)  # above any unevenness of loads
    shortage = 3 * promise  # above what one more reading may cost
    first_juror = FIRST_FREE_NODE + len(missing)
    ordered = sorted(jurors, key=lambda capacity: capacity.juror)
    for file_node, (file, count) in enumerate(missing.items(), FIRST_FREE_NODE):
        network.add(SOURCE, file_node, count, 0)
        for nth in range(1, count + 1):
            network.add(file_node, SHORTAGE, 1, shortage * nth)
        for juror_node, capacity in enumerate(ordered, first_juror):
            pair = (file, capacity.juror)
            if count and pair not in closed:
                network.pairs[len(network.arcs)] = pair
                network.add(file_node, juror_node, 1, _jitter(seed, *pair))
    for juror_node, capacity in enumerate(ordered, first_juror):
        held = loads[capacity.juror]
        for nth in range(held + 1, held + room[capacity.juror] + 1):
            discount = promise if nth <= capacity.minimum else 0
            network.add(juror_node, SINK, 1, load_cost * nth - discount)
    network.add(SHORTAGE, SINK, total, 0)
    return network


def _jitter(seed: int, file: str, juror: str) -> int:
    """A small number that depends on nothing but the seed and the pair."""
    digest = blake2b(f"{seed}|{file}|{juror}".encode(), digest_size=2).digest()
    return int.from_bytes(digest) % JITTERS


def _solve(network: _Network, total: int) -> list[tuple[str, str]]:
    """The pairs through which the cheapest flow passes."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415  (heavy)

    flow = SimpleMinCostFlow()
    for arc in network.arcs:
        flow.add_arc_with_capacity_and_unit_cost(*arc)
    flow.set_node_supply(SOURCE, total)
    flow.set_node_supply(SINK, -total)
    status = flow.solve()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  (ortools leaves it untyped)
    if status != flow.OPTIMAL:  # reading flows without this test ends in a segfault
        raise UnsolvedDealError
    return [pair for arc, pair in network.pairs.items() if flow.flow(arc)]


def _deal(
    files: Sequence[str],
    jurors: Sequence[JurorCapacity],
    readings: int,
    dealt: Collection[tuple[str, str]],
    seed: int,
) -> Deal:
    loads = Counter({capacity.juror: 0 for capacity in jurors})
    loads.update(juror for _, juror in dealt)
    missing = _still_missing(files, readings, dealt)
    return Deal(
        pairs=tuple(sorted(dealt)),
        loads=dict(sorted(loads.items())),
        short=tuple((file, count) for file, count in missing.items() if count),
        seed=seed,
    )
