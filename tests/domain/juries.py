"""Juries made up for tests: readings whose truth is known."""

from decimal import Decimal

import numpy as np

from domain.calibration.readings import Reading


def a_reading(file: str, juror: str, note: float, category: str = "A") -> Reading:
    return Reading(file, juror, category, Decimal(str(round(note, 1))))


def a_jury(
    seed: int,
    *,
    files: int = 30,
    jurors: int = 6,
    severity: float = 10,
    prefix: str = "",
    category: str = "A",
) -> list[Reading]:
    """Three jurors for each file, drawn; the first jurors are the more severe."""
    random = np.random.default_rng(seed)
    severities = np.linspace(-severity, severity, jurors)
    readings: list[Reading] = []
    for file, quality in enumerate(random.normal(60, 10, files)):
        for juror in random.permutation(jurors)[:3]:
            note = np.clip(quality + severities[juror] + random.normal(0, 6), 0, 100)
            names = (f"{prefix}f{file:02}", f"{prefix}j{juror:02}")
            readings.append(a_reading(*names, float(note), category))
    return readings
