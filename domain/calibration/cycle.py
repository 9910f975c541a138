"""The adjusted ranking of the files of a cycle, from their cards to what is kept of it."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from domain.calibration.adjusting import Asked, calibrate
from domain.calibration.readings import Reading
from domain.calibration.results import Calibration
from domain.edition import EditionTemplate
from domain.ranking import FileScores
from domain.scoring import FULL_NOTE, Grid

THOUSANDTHS = 1000
SEED_DIGITS = 12
# A category has few different notes, however many its cards.
MOST_NOTES = 10_000


def readings_of(
    template: EditionTemplate, files: Mapping[str, Sequence[FileScores]]
) -> list[Reading]:
    """The note of every valid card, to the thousandth, as cards keep it."""
    return [
        Reading(file.application_id, card.juror, code, _note(points, grid.full))
        for code, scores in sorted(files.items())
        for grid in [Grid(template.category(code), template.scale)]
        for file in scores
        for card in file.cards
        if (points := grid.points_of(card)) is not None
    ]


def input_fingerprint(readings: Sequence[Reading]) -> str:
    """A code that changes if a single note changes, whatever the order of the cards."""
    lines = sorted(f"{each.category} {each.file} {each.juror} {each.note}" for each in readings)
    return sha256("\n".join(lines).encode()).hexdigest()


def calibrated(
    template: EditionTemplate, readings: Sequence[Reading], barred: Collection[str]
) -> Calibration:
    """The adjusted ranking of a cycle, its seed made of its notes so that nobody chooses it."""
    jury = template.jury
    return calibrate(
        readings,
        Asked(
            rules=jury.calibration,
            barred=frozenset(barred),
            fewest_readings=max(1, jury.readings_per_file - 1),
            seed=int(input_fingerprint(readings)[:SEED_DIGITS], 16),
        ),
    )


@lru_cache(maxsize=MOST_NOTES)
def _note(points: int, full: int) -> Decimal:
    return Decimal((2 * FULL_NOTE * THOUSANDTHS * points + full) // (2 * full)).scaleb(-3)
