"""How a commitment is followed: its indicators, and what each accepts as a value."""

from dataclasses import dataclass
from enum import StrEnum

from domain.texts import Text

WHOLE_SHARE = 100


class Kind(StrEnum):
    """The shapes that a value may take."""

    NUMBER = "number"
    PERCENT = "percent"
    YES_NO = "yes_no"
    DATE = "date"
    MONEY = "money"
    RATIO = "ratio"


NUMERIC = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.RATIO})


class Sense(StrEnum):
    """Which way is better; what has no sense is followed, and compared with nothing."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Span(StrEnum):
    """What a value covers: the whole civil year, or its last day."""

    YEAR = "year"
    YEAR_END = "year_end"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure of a commitment.

    ``counts_people``: masked when small. ``part_of``: it is a part, or a share, of that count of
    people. ``hidden_with``: not published when that one is masked.
    """

    code: str
    name: Text
    kind: Kind
    unit: Text
    sense: Sense
    period: Span
    decimals: int = 0
    at_most: int = WHOLE_SHARE
    counts_people: bool = False
    part_of: str = ""
    hidden_with: str = ""
