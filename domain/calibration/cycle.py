"""The adjusted ranking of the files of a cycle, from their cards to what is kept of it."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from domain.calibration.adjusting import Asked, calibrate
from domain.calibration.readings import Reading
from domain.calibration.results import Calibration
from domain.edition import EditionTemplate
from domain.judging import Category, Scale
from domain.ranking import FileScores
from domain.scoring import FULL_NOTE, ScoreCard, is_valid

THOUSANDTHS = 1000
SEED_DIGITS = 12


def readings_of(
    template: EditionTemplate, files: Mapping[str, Sequence[FileScores]]
) -> list[Reading]:
    """The note of every valid card, to the thousandth, as cards keep it."""
    return [
        Reading(file.application_id, card.juror, code, _note(category, template.scale, card))
        for code, scores in sorted(files.items())
        for category in [template.category(code)]
        for file in scores
        for card in file.cards
        if is_valid(category, template.scale, card)
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


def _note(category: Category, scale: Scale, card: ScoreCard) -> Decimal:
    points = sum(each.weight * card.values[each.code] for each in category.criteria)
    full = scale.highest * category.total_weight
    return Decimal((2 * FULL_NOTE * THOUSANDTHS * points + full) // (2 * full)).scaleb(-3)
