"""The dates of a cycle, once computed: instants in UTC that follow one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from domain.calendar_rules import CalendarRules, Periods
from domain.refusals import N_, Refusal

__all__ = [
    "CalendarRules",
    "CycleCalendar",
    "PhaseSeconds",
    "calendar_of",
    "check_calendar",
    "compressed",
    "reminder_instants",
    "upcoming",
]

PERIODS = Periods()


@dataclass(frozen=True, slots=True)
class CycleCalendar:
    """The instants of a cycle, aware and in UTC, and the periods that people have."""

    opens_at: datetime
    closes_at: datetime
    screening_until: datetime
    evaluation_from: datetime
    evaluation_until: datetime
    deliberation_until: datetime
    publishes_at: datetime
    ends_at: datetime
    tolerance: timedelta = PERIODS.tolerance
    draft_reminders_before: tuple[timedelta, ...] = PERIODS.draft_reminders_before
    complements_within: timedelta = PERIODS.complements_within
    invitation_expires_after: timedelta = PERIODS.invitation_expires_after
    invitation_reminders_after: tuple[timedelta, ...] = PERIODS.invitation_reminders_after
    juror_reminders_before: tuple[timedelta, ...] = PERIODS.juror_reminders_before


def calendar_of(rules: CalendarRules, year: int, zone: str = "") -> CycleCalendar:
    """The instants of that year's cycle, in the zone given or else in that of the rules."""
    there = zone or rules.zone
    return CycleCalendar(
        opens_at=rules.opens_at.instant_in(year, there),
        closes_at=rules.closes_at.instant_in(year, there),
        screening_until=rules.screening_until.instant_in(year, there),
        evaluation_from=rules.evaluation_from.instant_in(year, there),
        evaluation_until=rules.evaluation_until.instant_in(year, there),
        deliberation_until=rules.deliberation_until.instant_in(year, there),
        publishes_at=rules.publishes_at.instant_in(year, there),
        ends_at=rules.ends_at.instant_in(year, there),
        tolerance=rules.periods.tolerance,
        draft_reminders_before=rules.periods.draft_reminders_before,
        complements_within=rules.periods.complements_within,
        invitation_expires_after=rules.periods.invitation_expires_after,
        invitation_reminders_after=rules.periods.invitation_reminders_after,
        juror_reminders_before=rules.periods.juror_reminders_before,
    )


def check_calendar(calendar: CycleCalendar) -> None:
    """Refuse a step that would come before the one that it follows, naming both."""
    if calendar.closes_at <= calendar.opens_at:
        raise Refusal(N_("La clôture des candidatures doit venir après leur ouverture."))
    if calendar.screening_until < calendar.closes_at:
        raise Refusal(N_("La fin de la recevabilité doit venir après la clôture des candidatures."))
    if calendar.evaluation_from < calendar.screening_until:
        raise Refusal(N_("Le début de l’évaluation doit venir après la fin de la recevabilité."))
    if calendar.evaluation_until <= calendar.evaluation_from:
        raise Refusal(N_("La fin de l’évaluation doit venir après son début."))
    if calendar.deliberation_until < calendar.evaluation_until:
        raise Refusal(N_("La fin de la délibération doit venir après la fin de l’évaluation."))
    if calendar.publishes_at < calendar.deliberation_until:
        raise Refusal(N_("La levée de l’embargo doit venir après la fin de la délibération."))
    if calendar.ends_at < calendar.publishes_at:
        raise Refusal(N_("La fin du cycle doit venir après la levée de l’embargo."))


def upcoming(instants: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Those still to come, in order."""
    return tuple(sorted(instant for instant in instants if instant > now))


def reminder_instants(deadline: datetime, before: Iterable[timedelta]) -> tuple[datetime, ...]:
    """When to remind of a deadline, in order."""
    return tuple(sorted(deadline - period for period in before))


@dataclass(frozen=True, slots=True)
class PhaseSeconds:
    """How long each phase of a demonstration lasts, in seconds."""

    call: float = 60
    screening: float = 20
    pause: float = 0
    evaluation: float = 60
    deliberation: float = 30
    embargo: float = 20
    feedback: float = 20
    tolerance: float = 1
    complements: float = 10
    invitation: float = 20
    invitation_reminder: float = 8
    draft_reminders: tuple[float, ...] = (30, 10)
    juror_reminders: tuple[float, ...] = (20, 8)


DEMONSTRATION = PhaseSeconds()


def compressed(opens_at: datetime, seconds: PhaseSeconds = DEMONSTRATION) -> CycleCalendar:
    """A calendar of seconds, to watch a whole cycle in a few minutes."""
    lasting = (
        seconds.call,
        seconds.screening,
        seconds.pause,
        seconds.evaluation,
        seconds.deliberation,
        seconds.embargo,
        seconds.feedback,
    )
    instants = accumulate((timedelta(seconds=each) for each in lasting), initial=timedelta())
    return CycleCalendar(
        *(opens_at + elapsed for elapsed in instants),
        tolerance=timedelta(seconds=seconds.tolerance),
        draft_reminders_before=_seconds(seconds.draft_reminders),
        complements_within=timedelta(seconds=seconds.complements),
        invitation_expires_after=timedelta(seconds=seconds.invitation),
        invitation_reminders_after=_seconds((seconds.invitation_reminder,)),
        juror_reminders_before=_seconds(seconds.juror_reminders),
    )


def _seconds(periods: Iterable[float]) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=each) for each in periods)
