"""Jurors seen by an adjusted ranking: their severity, and what changes without them."""

from collections.abc import Mapping

import numpy as np

from domain.calibration.correcting import HUNDREDTHS, Correction, points
from domain.calibration.equations import Equations
from domain.calibration.readings import Floats, Places, Table, summed
from domain.calibration.results import Severity

# Beyond, no single juror weighs, and the test costs more than it says.
FEW_JURORS = 60


def severities_in(number: int, done: Correction, may_win: Places) -> tuple[Severity, ...]:
    """Every juror of a jury, beside those who read the same files."""
    table = done.table
    means = table.mean_by_juror(table.notes)
    peers = _peers(table)
    widest = np.full(len(table.jurors), -np.inf)
    np.maximum.at(widest, table.juror_of, np.abs(table.notes - means[table.juror_of]))
    changes = _changes(done, may_win)
    return tuple(
        Severity(
            juror=juror,
            jury=number,
            files=int(table.readings_of_juror[place]),
            mean=points(means[place]),
            peers=points(peers[place]),
            severity=points(done.severities[place]),
            factor=points(done.factors[place]),
            is_capped=bool(done.is_capped[place]) and done.uncorrected is None,
            is_constant=bool(widest[place] == 0 and table.readings_of_juror[place] > 1),
            changes=changes.get(place),
        )
        for place, juror in enumerate(table.jurors)
    )


def _peers(table: Table) -> Floats:
    """The mean that the others gave to the same files, or a juror's own when they read alone."""
    sums = summed(table.file_of, table.notes, len(table.files))[table.file_of]
    others = table.readings_of_file[table.file_of] - 1
    known = others > 0
    by_others = np.where(known, (sums - table.notes) / np.maximum(others, 1), table.notes)
    return table.mean_by_juror(by_others)


def _changes(done: Correction, may_win: Places) -> Mapping[int, int]:
    """How many categories have another first without each juror, the variances being kept."""
    if len(done.table.jurors) > FEW_JURORS:
        return {}
    usual = _firsts(done.table, done.scores, may_win)
    return {
        place: sum(
            usual.get(category) != first
            for category, first in _without(done, place, may_win).items()
        )
        for place in range(len(done.table.jurors))
    }


def _without(done: Correction, juror: int, may_win: Places) -> Mapping[int, int]:
    """Who comes first in each category when a juror has not read."""
    table = done.table
    kept = table.juror_of != juror
    notes = (table.notes + done.added / HUNDREDTHS + done.severities[table.juror_of])[kept]
    fewer = Table(
        table.files,
        table.jurors,
        table.categories,
        table.file_of[kept],
        table.juror_of[kept],
        table.category_of,
        notes,
    )
    if not len(notes):
        return {}
    severities = np.zeros(len(table.jurors))
    if done.uncorrected is None:
        point = done.fit.best
        severities = Equations(fewer).at(point.quality, point.severity).effects[: len(severities)]
    counts = np.maximum(fewer.readings_of_file, 1)
    sums = summed(fewer.file_of, notes - severities[fewer.juror_of], len(table.files))
    return _firsts(table, sums / counts, may_win * (fewer.readings_of_file > 0))


def _firsts(table: Table, scores: Floats, may_win: Places) -> Mapping[int, int]:
    """The file with the best score in each category, among those that may win."""
    found: dict[int, int] = {}
    for file in np.argsort(-scores, kind="stable"):
        if may_win[file]:
            found.setdefault(int(table.category_of[file]), int(file))
    return found
