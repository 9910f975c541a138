"""What an adherence to the charter is told, asks and answers: codes, dates, instants."""

from dataclasses import dataclass
from datetime import datetime

from domain.charter.periods import CharterPeriods
from domain.charter.situation import Situation
from domain.charter.states import Act
from domain.charter.timetable import Due


@dataclass(frozen=True, slots=True)
class RunAdherence:
    """Start of an adherence, or of its next year: its row is already there."""

    adherence: str
    periods: CharterPeriods
    situation: Situation
    done: Due | None = None


@dataclass(frozen=True, slots=True)
class AskOfAdherence:
    """Somebody asks for an act on the adherence."""

    act: Act
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleAdherence:
    """The same request, as an activity settles it in one transaction."""

    adherence: str
    act: Act
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class FallDue:
    """A date of the calendar has come."""

    adherence: str
    due: Due
    at: datetime


@dataclass(frozen=True, slots=True)
class AdherenceState:
    """Where an adherence stands, and what comes next by itself."""

    situation: Situation
    next_due: Due | None = None


@dataclass(frozen=True, slots=True)
class TellApplications:
    """The charter has decided on a company: its applications were waiting for it."""

    adherence: str


@dataclass(frozen=True, slots=True)
class RunPurge:
    """An entry file that was given up is erased after a time."""

    adherence: str
    at: datetime
