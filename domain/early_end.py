"""What the calendar becomes when an organiser ends a phase before its date."""

from dataclasses import replace
from datetime import datetime

from domain.calendar import CycleCalendar
from domain.phases import Phase


def ended_early(calendar: CycleCalendar, phase: Phase, at: datetime) -> CycleCalendar:
    """The same calendar, with the end of that phase at the instant given."""
    match phase:
        case Phase.PREPARED:
            return replace(calendar, opens_at=at)
        case Phase.OPEN:
            return replace(calendar, closes_at=at)
        case Phase.SCREENING:
            return replace(
                calendar, screening_until=min(calendar.screening_until, at), evaluation_from=at
            )
        case Phase.EVALUATION:
            return replace(calendar, evaluation_until=at)
        case Phase.DECIDED:
            return replace(calendar, publishes_at=at)
        case Phase.PUBLISHED:
            return replace(calendar, ends_at=at)
        case Phase.DELIBERATION | Phase.CLOSED | Phase.CANCELLED:
            return calendar


def ends_at(calendar: CycleCalendar, phase: Phase) -> datetime | None:
    """When the phase ends by the calendar; None where an act ends it, or nothing does."""
    return {
        Phase.PREPARED: calendar.opens_at,
        Phase.OPEN: calendar.closes_at,
        Phase.SCREENING: calendar.evaluation_from,
        Phase.EVALUATION: calendar.evaluation_until,
        Phase.DECIDED: calendar.publishes_at,
        Phase.PUBLISHED: calendar.ends_at,
    }.get(phase)
