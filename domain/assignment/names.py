"""The table before a deal, by name: files, jurors, ties, what is begun, and the rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from domain.assignment.limits import Rule

Pair = tuple[str, str]

# Where nothing is known of what a file is about, or of what a juror knows.
UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class JurorCapacity:
    """How many files a juror may read, how many are promised to them, and who they are."""

    juror: str
    maximum: int
    minimum: int = 0
    expertise: frozenset[str] = frozenset()
    organisation: str = ""
    region: str = ""
    parity: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """All that a deal depends on but its seed and its policy; pairs are (file, juror).

    ``topics`` says what a file is about, in the words of jurors' expertise. ``locked`` pairs stay
    as they are; ``kept`` ones stay if they can.
    """

    files: Sequence[str]
    jurors: Sequence[JurorCapacity]
    readings: int
    conflicts: Collection[Pair] = ()
    locked: Collection[Pair] = ()
    kept: Collection[Pair] = ()
    topics: Mapping[str, str] = field(default_factory=dict[str, str])
    rules: tuple[Rule, ...] = ()
    specialists: int = 1
    extra: Mapping[str, int] = field(default_factory=dict[str, int])

    def wanted(self, file: str) -> int:
        """How many readings a file is given: the same for all, and those that were ordered besides."""
        return self.readings + self.extra.get(file, 0)


def suits(topic: str, juror: JurorCapacity) -> float:
    """How well a juror suits a file about this, between 0 and 1."""
    if not topic or not juror.expertise:
        return UNKNOWN
    return float(topic in juror.expertise)
