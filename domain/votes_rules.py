"""The window of a favourite vote as a règlement says it: civil dates, good for any year."""

from dataclasses import dataclass
from datetime import time

from domain.calendar_rules import DateRule, FixedDay, NthWeekday
from domain.votes import Window

_THURSDAY = 3
_OPENS = DateRule(FixedDay(10, 18), time(9))
_CLOSES = DateRule(FixedDay(11, 5), time(18))
_PUBLISHES = DateRule(NthWeekday(11, _THURSDAY, -1), time(18))


@dataclass(frozen=True, slots=True)
class VoteRules:
    """Three civil dates, and whether only laureates who are announced may be chosen."""

    opens_at: DateRule = _OPENS
    closes_at: DateRule = _CLOSES
    publishes_at: DateRule = _PUBLISHES
    zone: str = "Europe/Paris"
    announced_only: bool = True

    def window_in(self, year: int) -> Window:
        """The dates of the edition of that year."""
        return Window(
            self.opens_at.instant_in(year, self.zone),
            self.closes_at.instant_in(year, self.zone),
            self.publishes_at.instant_in(year, self.zone),
        )


# What holds for an edition whose template says nothing of its vote.
USUAL = VoteRules()
