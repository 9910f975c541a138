"""What the calendar becomes when an organiser ends a phase before its date."""

from dataclasses import replace
from datetime import datetime

from domain.calendar import CycleCalendar
from domain.phases import Phase

# Deliberation ends by a signature, and what is over has no end.
ENDS = {
    Phase.PREPARED: "opens_at",
    Phase.OPEN: "closes_at",
    Phase.SCREENING: "evaluation_from",
    Phase.EVALUATION: "evaluation_until",
    Phase.DECIDED: "publishes_at",
    Phase.PUBLISHED: "ends_at",
}


def ended_early(calendar: CycleCalendar, phase: Phase, at: datetime) -> CycleCalendar:
    """The same calendar, with the end of that phase at the instant given."""
    if phase is Phase.SCREENING:
        screened = min(calendar.screening_until, at)
        return replace(calendar, screening_until=screened, evaluation_from=at)
    end = ENDS.get(phase)
    return replace(calendar, **{end: at}) if end else calendar


def ends_at(calendar: CycleCalendar, phase: Phase) -> datetime | None:
    """When the phase ends by the calendar; None where an act ends it, or nothing does."""
    end = ENDS.get(phase)
    return getattr(calendar, end) if end else None
