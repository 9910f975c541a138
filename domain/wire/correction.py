"""What a correction of a palmarès is told, asks and answers: codes and instants."""

from dataclasses import dataclass
from datetime import datetime

from domain.corrections import CorrectionAct, CorrectionStep


@dataclass(frozen=True, slots=True)
class RunCorrection:
    """Start of a correction: its row is already there."""

    correction: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AskOfCorrection:
    """A second person confirms or dismisses it."""

    act: CorrectionAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleCorrection:
    """The same request, as an activity settles it in one transaction."""

    correction: str
    act: CorrectionAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class LapseCorrection:
    """Nobody has answered in time."""

    correction: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionState:
    """Where a correction stands."""

    step: CorrectionStep
