"""The rules of a deal beyond conflicts, each said as « at most so many of one kind in a file »."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from domain.assignment.arrays import Mask, Whole
from domain.assignment.instance import Limit


class Rule(StrEnum):
    """What the readers of one file may be asked to be, together."""

    SPECIALIST = "specialist"
    ORGANISATION = "organisation"
    REGION = "region"
    PARITY = "parity"


@dataclass(frozen=True, slots=True)
class Arcs:
    """What a rule is made from: the arcs, what files want, and the pairs that are locked."""

    file: Whole
    juror: Whole
    wanted: Whole
    locked_file: Whole
    locked_juror: Whole


def one_of_each(name: str, kinds: Iterable[str], arcs: Arcs) -> Limit:
    """At most one reader of each kind for a file; jurors of no kind are free."""
    return _limit(name, _numbered(kinds), arcs, np.ones(len(arcs.wanted), dtype=np.int64))


def some_of_each(name: str, kinds: Iterable[str], arcs: Arcs) -> Limit:
    """Never all readers of one kind, where a file has two or more; jurors of no kind are free."""
    whole = arcs.wanted + np.bincount(arcs.locked_file, minlength=len(arcs.wanted))
    return _limit(name, _numbered(kinds), arcs, np.where(whole > 1, whole - 1, whole))


def specialists(
    name: str, is_specialist: Mask, locked_is_specialist: Mask, least: int, arcs: Arcs
) -> Limit:
    """At least so many specialists for a file: the other readers are that many fewer."""
    whole = arcs.wanted + np.bincount(arcs.locked_file, minlength=len(arcs.wanted))
    others = arcs.locked_file[~locked_is_specialist]
    most = np.maximum(whole - least, 0) - np.bincount(others, minlength=len(whole))
    cell = np.where(is_specialist, -1, arcs.file)
    return _within_reach(Limit(name, cell, np.maximum(most, 0)), arcs)


def _numbered(kinds: Iterable[str]) -> Whole:
    known: dict[str, int] = {"": -1}
    return np.array([known.setdefault(kind, len(known) - 1) for kind in kinds], dtype=np.int64)


def _limit(name: str, kind: Whole, arcs: Arcs, most: Whole) -> Limit:
    """One cell for each kind in each file, less what the locked pairs take of it."""
    if not len(kind):
        return Limit(name, np.full(len(arcs.file), -1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    count = int(kind.max(initial=0)) + 1
    key = np.where(kind[arcs.juror] < 0, -1, arcs.file * count + kind[arcs.juror])
    used = kind[arcs.locked_juror] >= 0
    taken = arcs.locked_file[used] * count + kind[arcs.locked_juror[used]]
    keys, cell = np.unique(key[key >= 0], return_inverse=True)
    cells = np.full(len(arcs.file), -1, dtype=np.int64)
    cells[key >= 0] = cell
    held = np.bincount(taken, minlength=len(most) * count)[keys]
    left = most[keys // count] - held
    return _within_reach(Limit(name, cells, np.maximum(left, 0)), arcs)


def _within_reach(limit: Limit, arcs: Arcs) -> Limit:
    """The limit, lifted for the files that could not have their readers with it whatever happens."""
    if not len(limit.most):
        return limit
    within = limit.cell >= 0
    size = np.bincount(limit.cell[within], minlength=len(limit.most))
    owner = np.zeros(len(limit.most), dtype=np.int64)
    owner[limit.cell[within]] = arcs.file[within]
    files = len(arcs.wanted)
    reach = np.bincount(owner, weights=np.minimum(size, limit.most), minlength=files)
    reach += np.bincount(arcs.file[~within], minlength=files)
    lifted = (reach < arcs.wanted)[owner]
    return Limit(limit.name, limit.cell, np.where(lifted, arcs.wanted[owner], limit.most))
