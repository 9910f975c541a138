"""What an edition is told, asks and answers."""

from dataclasses import dataclass
from datetime import datetime

from domain.editions import EditionAct, EditionPhase
from domain.phases import Phase


@dataclass(frozen=True, slots=True)
class TerritoryMoved:
    """A cycle of the edition, a territory or the final, entered a phase."""

    cycle: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class PromotionSettled:
    """Who goes up from a category of a territory is known, be it nobody."""

    cycle: str
    category: str


@dataclass(frozen=True, slots=True)
class LedCycle:
    """A cycle that the edition leads, with the name of its workflow."""

    cycle: str
    code: str
    phase: Phase = Phase.PREPARED


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """What an edition waits with: nothing more than ids, instants and small numbers."""

    phase: EditionPhase
    remind_at: tuple[datetime, ...] = ()
    territories: tuple[LedCycle, ...] = ()
    national: LedCycle | None = None
    quorum: int = 1
    cutoff_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RunEdition:
    """Start of an edition: its row is already there."""

    edition: str
    plan: EditionPlan


@dataclass(frozen=True, slots=True)
class AskOfEdition:
    """What the national organiser asks, by the id of the request."""

    act: EditionAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleEdition:
    """A request, as an activity settles it."""

    edition: str
    act: EditionAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class EnterEditionPhase:
    """An edition enters a phase, by its calendar or by what its cycles did."""

    edition: str
    phase: EditionPhase
    at: datetime


@dataclass(frozen=True, slots=True)
class MoveCycles:
    """Carry to its cycles what the move of an edition asks of them."""

    edition: str
    request: str


@dataclass(frozen=True, slots=True)
class EditionRef:
    """One edition, at an instant."""

    edition: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TellEdition:
    """A cycle entered a phase: its edition hears of it, if it is led."""

    cycle: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class EditionState:
    """Where an edition stands, as a query or an update answers."""

    phase: EditionPhase
    decided: int = 0
    awaited: int = 0
    promotions_settled: int = 0
