"""What a signatory does in a year: a mix that is stated, the same in every run."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of the report of one year."""

    VALIDATED = "filed, validated by the organiser"
    TACIT = "filed, taken as declared after 45 days of silence"
    RESTORED = "missed, filed late, validated: restored"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of every year."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """That day, in that year."""
        return date(year, self.month, self.day)


# Five, three and two in ten; an adherence goes on by one every year, so that each meets all three.
MIX = (*(Fate.VALIDATED,) * 5, *(Fate.TACIT,) * 3, *(Fate.RESTORED,) * 2)
FILED_ON = {
    Fate.VALIDATED: Day(3, 10),
    Fate.TACIT: Day(2, 10),
    Fate.RESTORED: Day(6, 21),
}


def fate_of(rank: int, year: int) -> Fate:
    """What the company of this rank does in this year."""
    return MIX[(rank + 3 * year) % len(MIX)]
