"""What an adherence waits for from its company, and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.charter.periods import CharterPeriods
from domain.charter.situation import Report, Situation, Step
from domain.charter.states import LIVING, State
from domain.charter.timetable import Timer, dues
from domain.charter.writing import is_renewing


class Wanted(StrEnum):
    """What a company has to do."""

    ENTRY = "entry"
    COMPLEMENTS = "complements"
    REPORT = "report"
    RENEWAL = "renewal"
    SUCCESSOR = "successor"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, by when, and the year of the report that it is about."""

    wanted: Wanted
    until: datetime | None
    year: int = 0


def waiting_for(situation: Situation, periods: CharterPeriods, now: datetime) -> Waiting | None:
    """The most pressing thing that the adherence waits for; None when it waits for nothing."""
    state, report = situation.state, situation.report
    if state is State.DRAFT:
        return Waiting(Wanted.ENTRY, _first(situation, periods, Timer.EXPIRE))
    if state is State.COMPLEMENTS:
        return Waiting(Wanted.COMPLEMENTS, situation.complements_until)
    if state is State.CEASED:
        return Waiting(Wanted.SUCCESSOR, _first(situation, periods, Timer.END_CESSATION))
    if state in LIVING and report and report.step in {Step.OPEN, Step.RETURNED}:
        return Waiting(Wanted.REPORT, _report_until(situation, report, periods), report.year)
    if is_renewing(situation, periods, now):
        until = _first(situation, periods, Timer.REACH_TERM, Timer.END_GRACE)
        return Waiting(Wanted.RENEWAL, until)
    return None


def _report_until(situation: Situation, report: Report, periods: CharterPeriods) -> datetime | None:
    """The date of the report; once it is missed, that of the removal, if one threatens."""
    if situation.missed_on is None:
        return report.return_until or report.closes_at
    return _first(situation, periods, Timer.REMOVE)


def _first(situation: Situation, periods: CharterPeriods, *timers: Timer) -> datetime | None:
    return next((due.at for due in dues(situation, periods) if due.what in timers), None)
