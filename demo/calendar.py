"""The calendar of seconds: how long each phase may last on this machine."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.calendar import CycleCalendar, PhaseSeconds, compressed

# On two cores with nothing else to do: the call takes 20 s, and everything until the signature 45 s.
UNHURRIED = PhaseSeconds(
    call=34,
    screening=10,
    pause=0,
    evaluation=14,
    deliberation=2,
    embargo=2,
    feedback=7200,
    tolerance=1,
    complements=600,
    invitation=600,
    invitation_reminder=300,
    draft_reminders=(22,),
    juror_reminders=(),
)
SLOWEST = 6.0


@dataclass(frozen=True, slots=True)
class Dates:
    """The calendar, and what the story needs to know of it."""

    calendar: CycleCalendar
    slowness: float

    @property
    def reminder_at(self) -> datetime:
        """When drafts are reminded of."""
        return self.calendar.closes_at - self.calendar.draft_reminders_before[0]


def dates_from(now: datetime, slowness: float) -> Dates:
    """A calendar that begins now; on a slow machine every phase lasts longer."""
    factor = min(max(slowness, 1.0), SLOWEST)
    stretched = replace(
        UNHURRIED,
        call=UNHURRIED.call * factor,
        screening=UNHURRIED.screening * factor,
        evaluation=UNHURRIED.evaluation * factor,
        deliberation=UNHURRIED.deliberation * factor,
        embargo=UNHURRIED.embargo * factor,
        draft_reminders=tuple(each * factor for each in UNHURRIED.draft_reminders),
    )
    return Dates(compressed(_whole_second(now), stretched), factor)


def _whole_second(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
