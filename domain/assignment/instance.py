"""A jury as arrays: what every file still wants, what every juror may still read, who may read what."""

from dataclasses import dataclass

import numpy as np

from domain.assignment.arrays import Mask, Real, Whole


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many readers of one kind for a file: a cell is one kind in one file.

    ``cell`` says to which cell each arc belongs, -1 for none; ``most`` how many a cell takes.
    One organisation at most once, two specialists at least (so one other reader at most of three)
    and both sexes at least once (so two of one sex at most) are all said in this way.
    """

    name: str
    cell: Whole
    most: Whole


@dataclass(frozen=True, slots=True)
class Instance:
    """Files and jurors by number, and one arc for each pair that may meet, ordered by file and juror.

    ``held`` counts what a juror already reads and keeps; ``least`` and ``room`` what comes on top.
    ``jitter`` is a number between 0 and 1 for each arc; ``kept`` marks the pairs of an earlier deal
    that may change hands, if they must.
    """

    wanted: Whole
    held: Whole
    least: Whole
    room: Whole
    file: Whole
    juror: Whole
    affinity: Real
    jitter: Real
    kept: Mask
    limits: tuple[Limit, ...] = ()

    @property
    def files(self) -> int:
        """How many files."""
        return len(self.wanted)

    @property
    def jurors(self) -> int:
        """How many jurors."""
        return len(self.held)

    @property
    def arcs(self) -> int:
        """How many pairs may meet."""
        return len(self.file)

    @property
    def says_nothing(self) -> bool:
        """Whether no pair suits better than another, so that evenness costs nothing."""
        return self.arcs == 0 or bool(np.ptp(self.affinity) == 0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many more readings each juror gets, at least and at most."""

    lower: Whole
    upper: Whole


@dataclass(frozen=True, slots=True)
class Policy:
    """How a deal weighs things; published with its seed, and frozen with it.

    ``balance`` is the cost of one reading more than another juror, in affinity; ``jitter`` blunts
    arranged pairs; ``tolerance`` is how far from the mean a load may lie where all can be equal;
    ``is_fair`` raises the worst reading of all before the total.
    """

    balance: float = 0.1
    jitter: float = 0.15
    tolerance: int = 1
    is_fair: bool = True
