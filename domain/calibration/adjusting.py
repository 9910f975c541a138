"""The adjusted ranking of a whole cycle: its juries one by one, never compared with each other."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from domain.calibration.chances import Chances, chances
from domain.calibration.correcting import Correction, corrected, points
from domain.calibration.jurors import severities_in
from domain.calibration.readings import Reading, in_order, juries_in, table_of
from domain.calibration.results import (
    Adjusted,
    Calibration,
    Corrected,
    JuryFit,
    Severity,
    Zone,
)
from domain.calibration.rules import PERCENT, CalibrationRules

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the marks: by which rules, who may not win, for how many prizes."""

    rules: CalibrationRules = field(default_factory=CalibrationRules)
    barred: Collection[str] = ()
    prizes: int = 1
    fewest_readings: int = 2
    seed: int = 0


def calibrate(readings: Sequence[Reading], asked: Asked) -> Calibration:
    """Correct the severity of every juror, and say what may be said of every file.

    Files that share no juror, not even through others, are neither compared nor ranked together.
    """
    done = [_jury(number, jury, asked) for number, jury in enumerate(juries_in(readings), start=1)]
    files = (file for _, adjusted, _ in done for file in adjusted)
    return Calibration(
        asked.seed,
        tuple(jury for jury, _, _ in done),
        tuple(sorted(files, key=lambda each: each.file)),
        tuple(juror for _, _, jurors in done for juror in jurors),
    )


def _jury(
    number: int, readings: Sequence[Reading], asked: Asked
) -> tuple[JuryFit, tuple[Adjusted, ...], tuple[Severity, ...]]:
    done = corrected(table_of(readings), asked.rules)
    may_win = np.array([file not in asked.barred for file in done.table.files], np.intp)
    odds = chances(done.equations, done.fit, may_win, asked.prizes, asked.seed)
    files = _ranked(_adjusted(number, readings, done), odds, asked)
    return _fit(number, done), files, severities_in(number, done, may_win)


def _adjusted(number: int, readings: Sequence[Reading], done: Correction) -> tuple[Adjusted, ...]:
    """The files of a jury with their corrected notes, in the order of the table."""
    rows: list[list[Corrected]] = [[] for _ in done.table.files]
    files: list[int] = done.table.file_of.tolist()
    added: list[int] = done.added.tolist()
    odd: list[bool] = done.is_unusual.tolist()
    for reading, file, hundredths, is_odd in zip(
        in_order(readings), files, added, odd, strict=True
    ):
        correction = Decimal(hundredths).scaleb(-2)
        rows[file].append(Corrected(reading.juror, reading.note, correction, is_odd))
    places: list[int] = done.table.category_of.tolist()
    categories = [done.table.categories[place] for place in places]
    return tuple(
        Adjusted(file, category, number, tuple(given), _mean(given))
        for file, category, given in zip(done.table.files, categories, rows, strict=True)
    )


def _mean(readings: Sequence[Corrected]) -> Decimal:
    total = sum((each.result for each in readings), Decimal())
    return (total / len(readings)).quantize(CENT, ROUND_HALF_UP)


def _ranked(files: Sequence[Adjusted], odds: Chances, asked: Asked) -> tuple[Adjusted, ...]:
    """The same files with their rank, its interval, their chance and their zone."""
    ranked: list[Adjusted] = []
    better: dict[str, list[Decimal]] = {}
    for file in files:
        if len(file.readings) >= asked.fewest_readings:
            better.setdefault(file.category, []).append(-file.score)
    for scores in better.values():
        scores.sort()
    for place, file in enumerate(files):
        if len(file.readings) < asked.fewest_readings:
            ranked.append(file)
            continue
        chance = points(odds.wins[place])
        ranked.append(
            replace(
                file,
                rank=1 + bisect_left(better[file.category], -file.score),
                best=int(odds.best[place]),
                worst=int(odds.worst[place]),
                chance=chance,
                zone=_zone(chance, asked.rules),
            )
        )
    return tuple(ranked)


def _zone(chance: Decimal, rules: CalibrationRules) -> Zone:
    if chance * PERCENT >= rules.zone_laureate:
        return Zone.LAUREATE
    return Zone.OUT if chance * PERCENT <= rules.zone_out else Zone.TO_DELIBERATE


def _fit(number: int, done: Correction) -> JuryFit:
    point = done.fit.best
    disagreement = float(np.sqrt(point.residual / done.equations.freedom))
    return JuryFit(
        number=number,
        jurors=len(done.table.jurors),
        files=len(done.table.files),
        readings=len(done.table.notes),
        link=points(done.link),
        quality=points(disagreement * float(np.exp(point.quality / 2))),
        severity=points(disagreement * float(np.exp(point.severity / 2))),
        disagreement=points(disagreement),
        uncorrected=done.uncorrected,
    )
