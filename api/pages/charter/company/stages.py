"""Where an adherence stands, what happened to it, and what its calendar brings, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.words import (
    COMING,
    DONE,
    DONE_BESIDE,
    FILED_NOW,
    NEXT,
    NO_REPORT_YET,
    OPENED,
    REMOVED_FOR_FAULT,
    REPORT_DUE,
    TO_RENEW,
)
from domain.charter.dates import deadline, months_after
from domain.charter.situation import Step
from domain.charter.states import IN_ORDER, LIVING, State
from domain.charter.timetable import Due, Timer, dues
from domain.charter.writing import is_renewing
from storage.reads.charter.company_trail import Line

# The date that each state says first.
_UNTIL = {
    State.DRAFT: Timer.EXPIRE,
    State.FILED: Timer.ESCALATE_REVIEW,
    State.COMPLEMENTS: Timer.EXPIRE,
    State.TO_COMPLETE: Timer.MISS,
    State.UNREPORTED: Timer.REMOVE,
    State.EXPIRED: Timer.END_GRACE,
    State.CEASED: Timer.END_CESSATION,
}
# Several of one kind say little more than the first of them.
_REMINDERS = frozenset(
    {
        Timer.REMIND_DRAFT,
        Timer.REMIND_COMPLEMENTS,
        Timer.REMIND_REPORT,
        Timer.REMIND_RETURNED,
        Timer.REMIND_RENEWAL,
        Timer.REMIND_GRACE,
        Timer.NOTICE,
    }
)
_AWAITED = frozenset({Step.OPEN, Step.RETURNED})


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing of the past, in words."""

    at: datetime
    title: str
    who: str = ""
    by_calendar: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """One date to come, in words."""

    at: datetime
    title: str
    is_reminder: bool = False


def what_is_next(desk: Desk, file: File) -> str:
    """What comes next, in a sentence with its date."""
    report = file.situation.report
    if report and file.state in IN_ORDER | {State.UNREPORTED} and report.step is Step.SUBMITTED:
        tacit = _first(file, Timer.TAKE_AS_DECLARED)
        if tacit:
            return desk.screen.say(FILED_NOW, until=tacit.at.date())
    if report and file.state is State.ACTIVE and report.step is Step.OPEN:
        return desk.screen.say(NO_REPORT_YET, year=report.year, until=report.closes_at)
    term = file.situation.term_on
    if file.state is State.ACTIVE and term:
        renewing = is_renewing(file.situation, file.charter.periods, desk.now)
        return desk.screen.say(TO_RENEW if renewing else NEXT[State.ACTIVE], until=term)
    if file.state is State.REMOVED and file.for_fault and file.ended_on:
        months = file.charter.periods.reentry_after_fault_months
        return desk.screen.say(REMOVED_FOR_FAULT, again=months_after(file.ended_on, months))
    until = until_of(file)
    return desk.screen.say(NEXT[file.state], **({"until": until} if until else {}))


def until_of(file: File) -> datetime | None:
    """The date that the state is about."""
    suspended = file.situation.suspended_on
    if file.state is State.SUSPENDED and suspended:
        months = file.charter.periods.suspension_months
        return deadline(months_after(suspended, months), file.situation)
    timer = _UNTIL.get(file.state)
    due = _first(file, timer) if timer else None
    return due.at if due else None


def is_awaited(file: File) -> bool:
    """Whether the company has a report to write now."""
    report = file.situation.report
    return bool(report and report.step in _AWAITED and file.state in LIVING)


def past(file: File, lines: Sequence[Line]) -> tuple[Happened, ...]:
    """What happened, the oldest first."""
    opened = Happened(file.created_at, OPENED)
    known = {str(act): words for act, words in DONE.items()} | DONE_BESIDE
    return (
        opened,
        *(
            Happened(line.at, known[line.act], line.who, line.by_calendar, line.reason)
            for line in lines
            if line.act in known
        ),
    )


def future(desk: Desk, file: File) -> tuple[Coming, ...]:
    """What the calendar brings if nothing moves, the soonest first; of reminders, the next one."""
    found = sorted(_coming(desk, file), key=lambda each: each.at)
    seen: set[str] = set()
    return tuple(
        each
        for each in found
        if not each.is_reminder or not (each.title in seen or seen.add(each.title))
    )


def _coming(desk: Desk, file: File) -> Iterator[Coming]:
    for due in dues(file.situation, file.charter.periods):
        if due.at > desk.now and due.what in COMING:
            title = desk.screen.say(COMING[due.what], year=due.number)
            yield Coming(due.at, title, due.what in _REMINDERS)
    report = file.situation.report
    if report and is_awaited(file):
        until = report.return_until if report.step is Step.RETURNED else report.closes_at
        if until and until > desk.now:
            yield Coming(until, desk.screen.say(REPORT_DUE, year=report.year))


def _first(file: File, timer: Timer) -> Due | None:
    found = dues(file.situation, file.charter.periods)
    return next((due for due in found if due.what is timer), None)
