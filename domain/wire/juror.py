"""What a juror's workflow is told, asks and answers."""

from dataclasses import dataclass
from datetime import datetime

from domain.calendar import CycleCalendar
from domain.jurors import CardAct, CardStatus, JurorStatus, JurorTask
from domain.phases import Phase


@dataclass(frozen=True, slots=True)
class RunJuror:
    """Start of a juror's service: the row is already there."""

    juror: str
    cycle: str
    calendar: CycleCalendar
    phase: Phase


@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    """The juror accepts or declines."""

    request: str
    arrived_at: datetime
    accepts: bool


@dataclass(frozen=True, slots=True)
class CloseCard:
    """The juror seals a card, abstains or stands aside."""

    request: str
    arrived_at: datetime
    card: str
    act: CardAct


@dataclass(frozen=True, slots=True)
class JurorRef:
    """One juror, at an instant."""

    juror: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SettleAnswer:
    """An answer to an invitation, as an activity settles it."""

    juror: str
    request: str
    arrived_at: datetime
    accepts: bool


@dataclass(frozen=True, slots=True)
class SettleConflicts:
    """A declaration of conflicts, as an activity settles it."""

    juror: str
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleCard:
    """The closing of a card, as an activity settles it."""

    juror: str
    card: str
    act: CardAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class JurorState:
    """Where a juror stands after a move."""

    status: JurorStatus
    conflicts_declared: bool = False
    left_to_score: int = 0
    wake: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardState:
    """Where a card stands after a move."""

    status: CardStatus
    left_to_score: int
    wake: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemindJuror:
    """Remind a juror of what is still to do, if anything is."""

    juror: str
    task: JurorTask
    until: datetime
    rank: int


@dataclass(frozen=True, slots=True)
class Planned:
    """How many letters were written down."""

    count: int


@dataclass(frozen=True, slots=True)
class Recruit:
    """The reserve juror who was called, if there was one."""

    juror: str | None = None
