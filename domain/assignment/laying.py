"""The arrays of a table, the same whatever the order in which people are named."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from domain.assignment.arrays import Mask, Real, Whole, listed
from domain.assignment.instance import Instance, Limit
from domain.assignment.jitter import Lot, lot
from domain.assignment.limits import Arcs, Rule, one_of_each, some_of_each, specialists
from domain.assignment.names import JurorCapacity, Pair, Table, suits

# Above that many pairs, each file keeps its best jurors and some at random: 3 % of affinity for
# ten times less time was measured, and nothing is lost where all suit alike.
DENSE = 400_000
BEST, AT_RANDOM = 20, 10
# Asked for all its pairs, a jury above that many still leaves some out, but fewer.
WHOLE, WIDER = 6_000_000, 4


@dataclass(frozen=True, slots=True)
class Laid:
    """The arrays of a table, with the names that the numbers stand for."""

    instance: Instance
    files: tuple[str, ...]
    jurors: tuple[JurorCapacity, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no pair was left out for the sake of time."""
        return len(self.files) * len(self.jurors) <= DENSE

    def pairs(self, chosen: Mask) -> list[Pair]:
        """The names of the arcs that were chosen."""
        instance = self.instance
        files, jurors = listed(instance.file[chosen]), listed(instance.juror[chosen])
        return [
            (self.files[file], self.jurors[juror].juror)
            for file, juror in zip(files, jurors, strict=True)
        ]


def lay(table: Table, seed: int, *, is_whole: bool = False) -> Laid:
    """The table as arrays; with all its pairs where asked, else with the best ones of each file."""
    seats = _seats(table, seed)
    locked = [pair for pair in set(table.locked) if pair[0] in seats.file]
    locked_file, locked_juror = seats.split(seats.numbered(locked))
    had = np.array([seats.file[file] for file, _ in locked], dtype=np.int64)
    asked = np.array([table.wanted(file) for file in seats.files], dtype=np.int64)
    wanted = np.maximum(asked - np.bincount(had, minlength=len(seats.files)), 0)
    held = np.bincount(locked_juror, minlength=len(seats.jurors))
    loads = [(each.minimum, each.maximum) for each in seats.jurors]
    least, most = np.array(loads, dtype=np.int64).reshape(-1, 2).T
    room = np.clip(most - held, 0, int(wanted.sum()))
    kept = seats.numbered(set(table.kept) - set(locked))
    closed = seats.numbered({*table.conflicts, *locked})
    file, juror = _arcs(seats, wanted, closed, kept, is_whole=is_whole)
    arcs = Arcs(file, juror, wanted, locked_file, locked_juror)
    instance = Instance(
        wanted=wanted,
        held=held,
        least=np.clip(least - held, 0, room),
        room=room,
        file=file,
        juror=juror,
        affinity=seats.affinity(file, juror),
        jitter=seats.lot.jitter(file, juror),
        kept=np.isin(file * len(seats.jurors) + juror, kept),
        limits=tuple(_limit(rule, seats, arcs) for rule in table.rules),
    )
    return Laid(instance, seats.files, seats.jurors)


@dataclass(frozen=True, slots=True)
class _Seats:
    """Everybody at their number, with what was drawn for them and how each suits each topic."""

    table: Table
    files: tuple[str, ...]
    jurors: tuple[JurorCapacity, ...]
    file: dict[str, int]
    juror: dict[str, int]
    lot: Lot
    topic: Whole
    suited: Real

    def numbered(self, pairs: Iterable[Pair]) -> Whole:
        """Pairs as one number each; those of somebody who is not at the table are left out."""
        found = [
            self.file[file] * len(self.juror) + self.juror[juror]
            for file, juror in pairs
            if file in self.file and juror in self.juror
        ]
        return np.array(sorted(found), dtype=np.int64)

    def split(self, numbered: Whole) -> tuple[Whole, Whole]:
        """The files and the jurors of numbered pairs."""
        return numbered // max(1, len(self.jurors)), numbered % max(1, len(self.jurors))

    def affinity(self, file: Whole, juror: Whole) -> Real:
        """How well each juror suits each file."""
        return self.suited[self.topic[file], juror]


def _seats(table: Table, seed: int) -> _Seats:
    files = tuple(sorted(set(table.files)))
    jurors = tuple(sorted(table.jurors, key=lambda each: each.juror))
    topics = sorted({table.topics.get(each, "") for each in files})
    place = {topic: number for number, topic in enumerate(topics)}
    suited = [[suits(topic, each) for each in jurors] for topic in topics]
    return _Seats(
        table=table,
        files=files,
        jurors=jurors,
        file={file: number for number, file in enumerate(files)},
        juror={each.juror: number for number, each in enumerate(jurors)},
        lot=lot(seed, files, (each.juror for each in jurors)),
        topic=np.array([place[table.topics.get(each, "")] for each in files], dtype=np.int64),
        suited=np.array(suited, dtype=np.float64).reshape(len(topics), len(jurors)),
    )


def _arcs(
    seats: _Seats, wanted: Whole, closed: Whole, kept: Whole, *, is_whole: bool
) -> tuple[Whole, Whole]:
    """The pairs that may meet, of files that still want somebody."""
    count = len(seats.jurors)
    is_dense = len(seats.files) * count <= (WHOLE if is_whole else DENSE)
    wider = WIDER if is_whole else 1
    asking = np.flatnonzero(wanted > 0)
    step = max(1, DENSE // max(1, count))
    keys = [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(asking), step):
        some = asking[start : start + step]
        file, juror = np.repeat(some, count), np.tile(np.arange(count), len(some))
        if not is_dense:
            shape = (len(some), count)
            worth = seats.affinity(file, juror).reshape(shape)
            best = _best(worth, seats.lot.jitter(file, juror).reshape(shape), wider).ravel()
            file, juror = file[best], juror[best]
        keys.append(file * count + juror)
    every = np.union1d(np.concatenate(keys), kept[wanted[seats.split(kept)[0]] > 0])
    return seats.split(np.setdiff1d(every, closed))


def _best(worth: Real, drawn: Real, wider: int) -> Mask:
    """The best of each row by worth, equals as they were drawn, and the first drawn of all."""
    chosen = np.zeros(worth.shape, dtype=np.bool_)
    for value, wished in ((-worth - drawn / 1_000, BEST), (drawn, AT_RANDOM)):
        count = min(wished * wider, worth.shape[1])
        first = np.argpartition(value, count - 1, axis=1)[:, :count]
        chosen[np.arange(len(worth))[:, None], first] = True
    return chosen


def _limit(rule: Rule, seats: _Seats, arcs: Arcs) -> Limit:
    if rule is Rule.ORGANISATION:
        return one_of_each(rule, (each.organisation for each in seats.jurors), arcs)
    if rule is Rule.REGION:
        return one_of_each(rule, (each.region for each in seats.jurors), arcs)
    if rule is Rule.PARITY:
        return some_of_each(rule, (each.parity for each in seats.jurors), arcs)
    return specialists(
        rule,
        seats.affinity(arcs.file, arcs.juror) == 1,
        seats.affinity(arcs.locked_file, arcs.locked_juror) == 1,
        seats.table.specialists,
        arcs,
    )
