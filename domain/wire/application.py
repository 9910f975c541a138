"""What an application is told, asks and answers."""

from dataclasses import dataclass
from datetime import datetime

from domain.applications import Act, Status
from domain.calendar import CycleCalendar
from domain.final_files import Entry


@dataclass(frozen=True, slots=True)
class RunApplication:
    """Start of an application: its row is already there; one that is over may run again to come back."""

    application: str
    cycle: str
    calendar: CycleCalendar
    status: Status = Status.DRAFT
    comes_back: bool = False
    entry: Entry = Entry.APPLIED
    extended_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskOfApplication:
    """Somebody asks for a move of the application."""

    act: Act
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleApplication:
    """The same request, as an activity settles it in one transaction."""

    application: str
    act: Act
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class ApplicationState:
    """Where an application stands after a move.

    ``partner_at`` is when to look at it again: its partner, or a doubt about it.
    """

    status: Status
    version: int = 0
    complements_until: datetime | None = None
    deal_again: bool = False
    partner_at: datetime | None = None
    offer_again: tuple[str, ...] = ()
    extended_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RemindDraft:
    """Remind the authors of a draft, if it still is one."""

    application: str
    closes_at: datetime
    before_seconds: int


@dataclass(frozen=True, slots=True)
class LapseDraft:
    """The call is closed: settle what arrived in time, else let the draft lapse."""

    application: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HearOfTheCharter:
    """The charter has decided on the company: read its rule again."""

    application: str
    at: datetime
