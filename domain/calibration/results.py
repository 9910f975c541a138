"""What an adjusted ranking says: of files, of jurors, and of the jury as a whole."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Zone(StrEnum):
    """What the marks alone can say of a file."""

    LAUREATE = "laureate"
    TO_DELIBERATE = "to_deliberate"
    OUT = "out"


class Uncorrected(StrEnum):
    """Why the marks of a jury are left as they are."""

    FEW_JURORS = "few_jurors"
    WEAK_LINK = "weak_link"


@dataclass(frozen=True, slots=True)
class Corrected:
    """One reading: the note, what is added to it, and whether it should be read again."""

    juror: str
    note: Decimal
    correction: Decimal
    is_unusual: bool = False

    @property
    def result(self) -> Decimal:
        """The note once corrected."""
        return self.note + self.correction


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A file once corrected; a file with too few readings has a score but no rank and no zone."""

    file: str
    category: str
    jury: int
    readings: tuple[Corrected, ...]
    score: Decimal
    rank: int | None = None
    best: int | None = None
    worst: int | None = None
    chance: Decimal | None = None
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Severity:
    """A juror beside those who read the same files; ``severity`` is positive for a lenient one.

    A note becomes ``mean + (note - mean) x factor - severity``, the mean being the juror's own.
    """

    juror: str
    jury: int
    files: int
    mean: Decimal
    peers: Decimal
    severity: Decimal
    factor: Decimal
    is_capped: bool
    is_constant: bool
    changes: int | None = None


@dataclass(frozen=True, slots=True)
class JuryFit:
    """What holds a jury together, and how large its differences are, in points of the scale."""

    number: int
    jurors: int
    files: int
    readings: int
    link: Decimal
    quality: Decimal
    severity: Decimal
    disagreement: Decimal
    uncorrected: Uncorrected | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole of an adjusted ranking, and the seed that makes its draws again."""

    seed: int
    juries: tuple[JuryFit, ...] = ()
    files: tuple[Adjusted, ...] = ()
    severities: tuple[Severity, ...] = ()
