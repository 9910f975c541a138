"""Juries of every size, by a published seed: topics, regions, ties, and how well each pair suits.

As in the study of the reference: a juror suits a file by what both are about, more or less well;
nobody reads a file of their own region, and two pairs in a hundred are tied.
"""

from dataclasses import dataclass

import numpy as np

from domain.assignment.arrays import Mask, Real, Whole, all_of
from domain.assignment.balance import even_bounds
from domain.assignment.instance import Bounds, Instance

SEED = 2027
READINGS = 3
TOPICS, REGIONS = 8, 18
TIED = 0.02
# What a juror knows of every topic is drawn so: good at some, passable at others.
SKEW = (1.2, 1.6)
NOISE = 0.08
# Where files keep some arcs only: how many jurors are looked at, and how many are kept unseen.
LOOKED_AT, AS_THEY_COME = 200, 10


@dataclass(frozen=True, slots=True)
class Size:
    """So many files and jurors, and how many arcs each file keeps, all when none is said."""

    files: int
    jurors: int
    arcs: int | None = None

    def __str__(self) -> str:
        return f"{self.files}x{self.jurors}"


SIZES = (Size(100, 12), Size(1_000, 60), Size(10_000, 500, 33), Size(100_000, 5_000, 28))


@dataclass(frozen=True, slots=True)
class _People:
    """What every file is about and where from, what every juror knows and where they live."""

    size: Size
    topic: Whole
    region: Whole
    knows: Real
    home: Whole

    def worth(self, draw: np.random.Generator, file: Whole, juror: Whole) -> Real:
        """How well each pair suits."""
        noise = draw.normal(0, NOISE, file.shape)
        return np.clip(self.knows[self.topic[file], juror] + noise, 0, 1)

    def may_meet(self, draw: np.random.Generator, file: Whole, juror: Whole) -> Mask:
        """Whether no region and no tie keeps them apart."""
        tied = draw.random(file.shape) < TIED
        return (self.region[file] != self.home[juror]) & ~tied


def a_jury(size: Size, seed: int = SEED) -> Instance:
    """A jury of that size, where every file wants three readings."""
    draw = np.random.default_rng(seed)
    people = _People(
        size,
        topic=draw.integers(0, TOPICS, size.files),
        region=draw.integers(0, REGIONS, size.files),
        knows=draw.beta(*SKEW, (TOPICS, size.jurors)),
        home=draw.integers(0, REGIONS, size.jurors),
    )
    file, juror, affinity = _dense(draw, people) if size.arcs is None else _sparse(draw, people)
    mean = READINGS * size.files / size.jurors
    return Instance(
        wanted=all_of(READINGS, size.files),
        held=all_of(0, size.jurors),
        least=all_of(int(np.floor(mean)) - 1, size.jurors),
        room=all_of(int(np.ceil(mean)) + 1, size.jurors),
        file=file,
        juror=juror,
        affinity=affinity,
        jitter=draw.random(len(file)),
        kept=np.zeros(len(file), dtype=np.bool_),
    )


def bounds_of(instance: Instance) -> Bounds:
    """The loads that everybody is held to: the mean, one more or one less."""
    return even_bounds(instance, int(instance.wanted.sum()), 1)


def _dense(draw: np.random.Generator, people: _People) -> tuple[Whole, Whole, Real]:
    size = people.size
    file = np.repeat(np.arange(size.files), size.jurors)
    juror = np.tile(np.arange(size.jurors), size.files)
    may = people.may_meet(draw, file, juror)
    return file[may], juror[may], people.worth(draw, file[may], juror[may])


def _sparse(draw: np.random.Generator, people: _People) -> tuple[Whole, Whole, Real]:
    """Of some jurors looked at for each file, the best, and ten as they come."""
    size = people.size
    looked = draw.integers(0, size.jurors, (size.files, LOOKED_AT))
    files = np.broadcast_to(np.arange(size.files)[:, None], looked.shape)
    worth = np.where(people.may_meet(draw, files, looked), people.worth(draw, files, looked), -1.0)
    best = np.argsort(-worth[:, AS_THEY_COME:], axis=1)[:, : (size.arcs or 0) - AS_THEY_COME]
    chosen = np.concatenate(
        (np.broadcast_to(np.arange(AS_THEY_COME), (size.files, AS_THEY_COME)), AS_THEY_COME + best),
        axis=1,
    )
    row = np.arange(size.files)[:, None]
    keys = (row * size.jurors + looked[row, chosen]).ravel()
    found, first = np.unique(keys, return_index=True)
    value = worth[row, chosen].ravel()[first]
    return found[value >= 0] // size.jurors, found[value >= 0] % size.jurors, value[value >= 0]
