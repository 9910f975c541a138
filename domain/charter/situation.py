"""Where an adherence stands: codes, dates and instants only, so that it may travel."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.charter.states import State
from domain.civil import Area


class Step(StrEnum):
    """Where the report of a year stands."""

    OPEN = "ouvert"
    SUBMITTED = "depose"
    RETURNED = "retourne"
    ACCEPTED = "accepte"


@dataclass(frozen=True, slots=True)
class Report:
    """The report due in the window of a year, on the facts of the year before."""

    year: int
    step: Step
    closes_at: datetime
    submitted_at: datetime | None = None
    return_until: datetime | None = None
    returned: bool = False
    extended: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """The state that people read, and the facts from which it follows."""

    state: State
    since: datetime
    zone: str = "Europe/Paris"
    area: Area = Area.COMMON
    accepted_on: date | None = None
    term_on: date | None = None
    complements_until: datetime | None = None
    report: Report | None = None
    missed_on: date | None = None
    expired_on: date | None = None
    suspended_on: date | None = None
    ceased_on: date | None = None

    def day_of(self, instant: datetime) -> date:
        """The civil day of an instant, where the adherent lives."""
        return instant.astimezone(ZoneInfo(self.zone)).date()


def standing(situation: Situation) -> State:
    """The state of a living adherence: of all that is true, the gravest (published precedence)."""
    if situation.ceased_on:
        return State.CEASED
    if situation.suspended_on:
        return State.SUSPENDED
    if situation.missed_on:
        return State.UNREPORTED
    if situation.expired_on:
        return State.EXPIRED
    if situation.report and situation.report.step is Step.RETURNED:
        return State.TO_COMPLETE
    return State.ACTIVE
