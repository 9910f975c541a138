"""What a cycle is told, asks and answers."""

from dataclasses import dataclass
from datetime import datetime

from domain.calendar import CycleCalendar
from domain.phases import CycleAct, Phase


@dataclass(frozen=True, slots=True)
class RunCycle:
    """Start of a cycle: its row is already there."""

    cycle: str
    calendar: CycleCalendar


@dataclass(frozen=True, slots=True)
class EndPhase:
    """An organiser ends the running phase before its date."""

    request: str
    arrived_at: datetime
    phase: Phase


@dataclass(frozen=True, slots=True)
class EnterPhase:
    """A cycle enters a phase, by its calendar or by somebody's request."""

    cycle: str
    phase: Phase
    at: datetime
    request: str | None = None


@dataclass(frozen=True, slots=True)
class CycleRef:
    """One cycle, at an instant, by its calendar or by somebody's request."""

    cycle: str
    at: datetime
    request: str | None = None


@dataclass(frozen=True, slots=True)
class SignMinutes:
    """The chair's signature, as an activity settles it."""

    cycle: str
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class MoveDates:
    """An organiser moves dates, as an activity settles it: they are in the request."""

    cycle: str
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class AskOfCycle:
    """Somebody asks something of a cycle, beside its dates and its phases."""

    act: CycleAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleCycle:
    """The same request, as an activity settles it in one transaction."""

    cycle: str
    act: CycleAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class CycleSettled:
    """What is left to do once it is settled: a mailing to send, places to offer again."""

    mailing: str = ""
    offer_again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CyclesToDeal:
    """The cycles whose juries already read, and that received files."""

    cycles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairDeal:
    """An organiser repairs the deal, as an activity settles it: who leaves is in the request."""

    cycle: str
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Repaired:
    """The jurors who left by a repair, and whether the reserve takes their places."""

    left: tuple[str, ...] = ()
    calls_the_reserve: bool = False


@dataclass(frozen=True, slots=True)
class CycleMoved:
    """What a cycle tells those who wait on it; ``version`` of the calendar when dates were moved."""

    phase: Phase
    calendar: CycleCalendar
    version: int = 0


@dataclass(frozen=True, slots=True)
class TellEveryone:
    """Tell the running workflows of a cycle that it moved."""

    cycle: str
    moved: CycleMoved


@dataclass(frozen=True, slots=True)
class Told:
    """How many workflows were told."""

    count: int


@dataclass(frozen=True, slots=True)
class CycleState:
    """Where a cycle stands, as a query or an update answers."""

    phase: Phase
    until: datetime | None = None
