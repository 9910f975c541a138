"""Why a jury cannot read everything: the files and jurors of the minimum cut, and the least change.

The cut of a maximum flow names the files that lack readers, the jurors that alone may take them,
and the room that these have; the least change is the cheapest flow with more room for a price.
"""

from dataclasses import dataclass, replace

import numpy as np

from domain.assignment.arrays import Whole, listed
from domain.assignment.instance import Instance
from domain.assignment.laying import lay
from domain.assignment.names import JurorCapacity, Table
from domain.assignment.solvers import CostFlow, MostFlow


@dataclass(frozen=True, slots=True)
class Shortage:
    """These files want so many readings; only these jurors may give them, and have so much room.

    ``raises`` are the further readings that would do, by juror; ``newcomers`` how many jurors
    without ties would do instead. Without ``raises``, more room alone does not do.
    """

    files: tuple[str, ...]
    jurors: tuple[str, ...]
    wanted: int
    room: int
    raises: tuple[tuple[str, int], ...] = ()
    newcomers: int = 0

    @property
    def missing(self) -> int:
        """How many readings nobody can give."""
        return self.wanted - self.room


def why_short(table: Table, newcomer_reads: int) -> Shortage | None:
    """What stands between a jury and all its readings; none when nothing does.

    Rules count for nothing here: they are given up before a reading is.
    """
    laid = lay(replace(table, rules=()), 0, is_whole=True)
    instance = replace(laid.instance, least=np.zeros_like(laid.instance.least))
    files, jurors, missing = _cut(instance)
    if not missing:
        return None
    wanted = int(instance.wanted[files].sum())
    return Shortage(
        files=tuple(laid.files[place] for place in listed(files)),
        jurors=tuple(laid.jurors[place].juror for place in listed(jurors)),
        wanted=wanted,
        room=wanted - missing,
        raises=_raises(instance, laid.jurors),
        newcomers=_newcomers(table, newcomer_reads, missing),
    )


def _cut(instance: Instance) -> tuple[Whole, Whole, int]:
    """The files on the side of the source, the jurors that may read them, the readings missing."""
    flow = MostFlow()
    first = instance.files
    source, sink = first + instance.jurors, first + instance.jurors + 1
    every, all_jurors = np.arange(instance.files), first + np.arange(instance.jurors)
    flow.add(instance.file, first + instance.juror, np.ones(instance.arcs, dtype=np.int64))
    flow.add(np.full_like(every, source), every, instance.wanted)
    flow.add(all_jurors, np.full_like(all_jurors, sink), instance.room)
    most = flow.between(source, sink)
    side = np.array(flow.source_side(), dtype=np.int64)
    files = side[side < first]
    jurors = np.unique(instance.juror[np.isin(instance.file, files)])
    return files, jurors, int(instance.wanted.sum()) - most


def _raises(instance: Instance, jurors: tuple[JurorCapacity, ...]) -> tuple[tuple[str, int], ...]:
    """The fewest further readings that would do, spread over as few jurors as the price finds."""
    flow, first = CostFlow(), instance.files
    all_jurors = first + np.arange(instance.jurors)
    sink, total = first + instance.jurors, int(instance.wanted.sum())
    to_sink = np.full_like(all_jurors, sink)
    none = np.zeros_like(all_jurors)
    ones = np.ones(instance.arcs, dtype=np.int64)
    flow.add(instance.file, first + instance.juror, ones, np.zeros_like(ones))
    flow.add(all_jurors, to_sink, instance.room, none)
    more = flow.add(all_jurors, to_sink, np.full_like(all_jurors, total), none + 1)
    flow.supply(np.append(np.arange(first), sink), np.append(instance.wanted, -total))
    if not flow.is_solved():
        return ()
    return tuple(
        (each.juror, count)
        for each, count in zip(jurors, listed(flow.flows(more)), strict=True)
        if count
    )


def _newcomers(table: Table, reads: int, missing: int) -> int:
    """The fewest jurors without ties, each reading so much, with whom nothing would be missing."""
    low, high = 0, missing
    while high - low > 1:
        middle = (low + high) // 2
        _, _, lacking = _cut(_joined(table, middle, reads))
        low, high = (middle, high) if lacking else (low, middle)
    return high


def _joined(table: Table, count: int, reads: int) -> Instance:
    """The jury with so many newcomers."""
    new = [JurorCapacity(f"new {place}", max(1, reads)) for place in range(count)]
    return lay(replace(table, jurors=(*table.jurors, *new), rules=()), 0, is_whole=True).instance
