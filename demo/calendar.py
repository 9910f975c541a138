"""The calendar of seconds: how long each phase may last on this machine."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from domain.calendar import CycleCalendar
from domain.calendar_fitting import fitted

# How long each phase may last on two cores with nothing else to do: call, screening, nothing between,
# evaluation, deliberation, embargo, feedback. Phases are ended early; the embargo lifts by its date.
UNHURRIED = (36, 9, 0, 13, 1, 1, 7200)
SLOWEST = 4.0


@dataclass(frozen=True, slots=True)
class Dates:
    """The calendar of the cycle, with the tolerance and the reminder that the service fits to it."""

    calendar: CycleCalendar

    @property
    def reminder_at(self) -> datetime:
        """When drafts are reminded of."""
        return self.calendar.closes_at - max(self.calendar.draft_reminders_before)


def dates_from(now: datetime, slowness: float) -> Dates:
    """A calendar of whole seconds that begins now; on a slow machine every phase lasts longer."""
    factor = min(max(slowness, 1.0), SLOWEST)
    opens_at = now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
    ends = accumulate(round(seconds * factor) for seconds in UNHURRIED)
    closes, screened, evaluates, evaluated, decided, public, over = (
        opens_at + timedelta(seconds=seconds) for seconds in ends
    )
    calendar = CycleCalendar(
        opens_at, closes, screened, evaluates, evaluated, decided, public, over
    )
    return Dates(fitted(calendar))
