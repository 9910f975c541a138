"""What the calendar will do to an adherence: every due date of its situation, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.charter.dates import (
    days_later,
    deadline,
    months_after,
    morning,
    next_window,
    removal_day,
    renewal_opens,
    window_opens,
)
from domain.charter.periods import CharterPeriods
from domain.charter.situation import Report, Situation, Step
from domain.charter.states import ENDED, LIVING, State
from domain.civil import months_before


class Timer(StrEnum):
    """What the calendar does when nobody does anything; of one instant, the first comes first."""

    OPEN_WINDOW = "ouvrir_fenetre"
    TAKE_AS_DECLARED = "accepter_tacitement"
    MISS = "constater_absence"
    REMOVE = "radier_sans_bilan"
    REACH_TERM = "atteindre_terme"
    END_GRACE = "clore_grace"
    END_CESSATION = "clore_cessation"
    EXPIRE = "expirer"
    CHECK_REGISTRY = "verifier_sirene"
    REMIND_DRAFT = "rappeler_brouillon"
    ALERT_REVIEW = "alerter_examen"
    ESCALATE_REVIEW = "escalader_examen"
    REMIND_COMPLEMENTS = "rappeler_complements"
    REMIND_REPORT = "rappeler_bilan"
    REMIND_RETURNED = "rappeler_bilan_retourne"
    NOTICE = "relancer_sans_bilan"
    FORMAL_NOTICE = "mettre_en_demeure"
    OPEN_RENEWAL = "ouvrir_renouvellement"
    REMIND_RENEWAL = "rappeler_renouvellement"
    REMIND_GRACE = "rappeler_grace"
    DECIDE_SUSPENSION = "decider_suspension"


ORDER = {timer: place for place, timer in enumerate(Timer)}

# These change the situation, and so are due until they have: a late day does not lose them.
MOVES = frozenset(
    {
        Timer.OPEN_WINDOW,
        Timer.TAKE_AS_DECLARED,
        Timer.MISS,
        Timer.REMOVE,
        Timer.REACH_TERM,
        Timer.END_GRACE,
        Timer.END_CESSATION,
        Timer.EXPIRE,
    }
)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that the calendar does, with a number that tells it from its likes."""

    at: datetime
    what: Timer
    number: int = 0

    @property
    def place(self) -> tuple[datetime, int, int]:
        """Where it stands among the others."""
        return self.at, ORDER[self.what], self.number


def dues(situation: Situation, periods: CharterPeriods) -> tuple[Due, ...]:
    """All that the situation brings if nothing moves, in order, what is past included."""
    return tuple(sorted(_each(situation, periods), key=lambda due: due.place))


def next_due(
    situation: Situation, periods: CharterPeriods, last: Due, done: frozenset[Due] = frozenset()
) -> Due | None:
    """What comes next: a move that is still due, or the first letter after the last thing done."""
    checks = registry_check(situation, periods, last.at)
    coming = [
        due
        for due in (*dues(situation, periods), *checks)
        if due not in done and (due.what in MOVES or due.place > last.place)
    ]
    return min(coming, key=lambda due: due.place, default=None)


def registry_check(
    situation: Situation, periods: CharterPeriods, after: datetime
) -> tuple[Due, ...]:
    """The first monthly look at the register that comes after an instant."""
    accepted = situation.accepted_on
    if accepted is None or situation.state not in LIVING:
        return ()
    day = situation.day_of(after)
    elapsed = (day.year - accepted.year) * 12 + day.month - accepted.month
    number = max(elapsed // periods.registry_check_months, 1)
    found = (
        Due(
            morning(months_after(accepted, each * periods.registry_check_months), situation),
            Timer.CHECK_REGISTRY,
            each,
        )
        for each in range(number, number + 3)
    )
    return tuple(due for due in found if due.at > after)[:1]


def _each(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    match situation.state:
        case State.DRAFT:
            yield from _of_a_draft(situation, periods)
        case State.FILED:
            yield from _of_a_review(situation, periods)
        case State.COMPLEMENTS:
            yield from _of_complements(situation, periods)
        case State.CEASED:
            yield from _of_a_cessation(situation, periods)
        case state if state in ENDED:
            return
        case _:
            yield from _of_the_window(situation, periods)
            yield from _of_a_report(situation, periods)
            yield from _of_a_miss(situation, periods)
            yield from _of_the_term(situation, periods)
            yield from _of_a_suspension(situation, periods)


def _of_a_draft(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    for days in periods.draft_reminders_days:
        yield Due(
            morning(days_later(situation.since, days, situation), situation),
            Timer.REMIND_DRAFT,
            days,
        )
    yield Due(
        deadline(days_later(situation.since, periods.draft_expires_days, situation), situation),
        Timer.EXPIRE,
    )


def _of_a_review(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    """The organiser is reminded of what it promised, and never accepts by silence."""
    for days, what in (
        (periods.review_alert_days, Timer.ALERT_REVIEW),
        (periods.review_days, Timer.ESCALATE_REVIEW),
    ):
        yield Due(morning(days_later(situation.since, days, situation), situation), what, days)


def _of_complements(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    until = situation.complements_until
    if until is None:
        return
    before = periods.complements_reminders_days_before
    yield from _reminders(situation, situation.day_of(until), before, Timer.REMIND_COMPLEMENTS)
    yield Due(until, Timer.EXPIRE)


def _of_the_window(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    """A window opens for who reports; who missed one owes that one first."""
    year = next_window(situation, periods)
    report = situation.report
    behind = report is None or report.step is Step.ACCEPTED
    if year is not None and behind and situation.missed_on is None:
        yield Due(window_opens(year, situation, periods), Timer.OPEN_WINDOW, year)


def _of_a_report(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    report = situation.report
    if report is None or (situation.missed_on is not None and report.step is not Step.SUBMITTED):
        return
    if report.step is Step.OPEN:
        for month, day in periods.window.reminders:
            reminder = morning(date(report.year, month, day), situation)
            yield Due(reminder, Timer.REMIND_REPORT, month * 100 + day)
        yield Due(_miss(report, situation), Timer.MISS, report.year)
    elif report.step is Step.RETURNED and report.return_until:
        before = periods.returned_reminders_days_before
        until = situation.day_of(report.return_until)
        yield from _reminders(situation, until, before, Timer.REMIND_RETURNED)
        yield Due(report.return_until, Timer.MISS, report.year)
    elif report.step is Step.SUBMITTED and report.submitted_at:
        day = days_later(report.submitted_at, periods.report_tacit_days, situation)
        yield Due(deadline(day, situation), Timer.TAKE_AS_DECLARED, report.year)


def _miss(report: Report, situation: Situation) -> datetime:
    """A report is missed on the working day that follows the closing."""
    return morning(situation.day_of(report.closes_at) + timedelta(days=1), situation)


def _of_a_miss(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    missed, report = situation.missed_on, situation.report
    if missed is None or report is None or report.step is Step.SUBMITTED:
        return
    for days in periods.missed_notices_days:
        yield Due(morning(missed + timedelta(days=days), situation), Timer.NOTICE, days)
    formal = missed + timedelta(days=periods.formal_notice_days)
    yield Due(morning(formal, situation), Timer.FORMAL_NOTICE, periods.formal_notice_days)
    if situation.state is State.UNREPORTED:
        removal = deadline(removal_day(missed, periods), situation)
        yield Due(max(removal, report.return_until or removal), Timer.REMOVE)


def _of_the_term(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    term = situation.term_on
    if term is None:
        return
    if situation.expired_on is None:
        yield Due(renewal_opens(term, situation, periods), Timer.OPEN_RENEWAL)
        for months in periods.renewal_reminders_months_before:
            reminder = morning(months_before(term, months), situation)
            yield Due(reminder, Timer.REMIND_RENEWAL, months)
        yield Due(deadline(term, situation), Timer.REACH_TERM)
    elif situation.state is State.EXPIRED:
        # Who was suspended at its term could not renew: its grace begins when it may.
        since = max(situation.expired_on, situation.day_of(situation.since))
        end = since + timedelta(days=periods.grace_days)
        yield from _reminders(situation, end, (30, 10), Timer.REMIND_GRACE)
        yield Due(deadline(end, situation), Timer.END_GRACE)


def _of_a_suspension(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    """The organiser has some months to decide; nobody is removed by its silence."""
    if situation.suspended_on:
        end = months_after(situation.suspended_on, periods.suspension_months)
        yield from _reminders(situation, end, (30, 0), Timer.DECIDE_SUSPENSION)


def _of_a_cessation(situation: Situation, periods: CharterPeriods) -> Iterator[Due]:
    if situation.ceased_on:
        end = situation.ceased_on + timedelta(days=periods.successor_days)
        yield Due(deadline(end, situation), Timer.END_CESSATION)


def _reminders(
    situation: Situation, deadline_day: date, days_before: Iterable[int], what: Timer
) -> Iterator[Due]:
    for days in days_before:
        yield Due(morning(deadline_day - timedelta(days=days), situation), what, days)
