"""Readings as numbers: who gave what to which file, in arrays that no order of arrival changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Reading:
    """The note that one juror gave to one file of a category."""

    file: str
    juror: str
    category: str
    note: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """All readings of a jury; files, jurors and categories are known by their place in a list."""

    files: tuple[str, ...]
    jurors: tuple[str, ...]
    categories: tuple[str, ...]
    file_of: Places
    juror_of: Places
    category_of: Places
    notes: Floats

    @property
    def readings_of_file(self) -> Places:
        """How many readings each file received."""
        return np.bincount(self.file_of, minlength=len(self.files))

    @property
    def readings_of_juror(self) -> Places:
        """How many files each juror read."""
        return np.bincount(self.juror_of, minlength=len(self.jurors))

    @property
    def readers(self) -> csr_array:
        """Who read what: a row for each file, a column for each juror."""
        ones = np.ones(len(self.notes))
        shape = (len(self.files), len(self.jurors))
        return csr_array(coo_array((ones, (self.file_of, self.juror_of)), shape=shape))

    def mean_by_file(self, values: Floats) -> Floats:
        """The mean of a value of every reading, file by file."""
        return summed(self.file_of, values, len(self.files)) / self.readings_of_file

    def mean_by_juror(self, values: Floats) -> Floats:
        """The mean of a value of every reading, juror by juror."""
        return summed(self.juror_of, values, len(self.jurors)) / self.readings_of_juror


def summed(places: Places, values: Floats, count: int) -> Floats:
    """The sum of the values that stand at each place."""
    return np.bincount(places, values, count).astype(np.float64)


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """The readings by file and juror, whatever the order in which they were given."""
    return sorted(readings, key=lambda each: (each.file, each.juror))


def table_of(readings: Sequence[Reading]) -> Table:
    """The readings in order, as arrays."""
    ordered = in_order(readings)
    category_by_file = {each.file: each.category for each in ordered}
    files, jurors = tuple(category_by_file), tuple(sorted({each.juror for each in ordered}))
    categories = tuple(sorted(set(category_by_file.values())))
    file_place = {code: place for place, code in enumerate(files)}
    juror_place = {code: place for place, code in enumerate(jurors)}
    category_place = {code: place for place, code in enumerate(categories)}
    return Table(
        files,
        jurors,
        categories,
        np.array([file_place[each.file] for each in ordered], np.intp),
        np.array([juror_place[each.juror] for each in ordered], np.intp),
        np.array([category_place[each] for each in category_by_file.values()], np.intp),
        np.array([float(each.note) for each in ordered], np.float64),
    )


def juries_in(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], ...]:
    """The readings by jury: two files are in one jury when a chain of shared jurors joins them."""
    if not readings:
        return ()
    whole = table_of(readings)
    readers = whole.readers
    count, jury_of_juror = connected_components(readers.T @ readers, directed=False)
    place = {juror: int(jury) for juror, jury in zip(whole.jurors, jury_of_juror, strict=True)}
    juries: list[list[Reading]] = [[] for _ in range(count)]
    for reading in in_order(readings):
        juries[place[reading.juror]].append(reading)
    return tuple(sorted(map(tuple, juries), key=lambda jury: jury[0].file))
