"""What a complaint about a signatory is told, asks and answers: codes and instants."""

from dataclasses import dataclass
from datetime import datetime

from domain.charter.alerts import AlertAct, AlertDue, AlertSituation, Effect
from domain.charter.periods import CharterPeriods


@dataclass(frozen=True, slots=True)
class RunAlert:
    """Start of a complaint: its row is already there."""

    alert: str
    periods: CharterPeriods
    situation: AlertSituation


@dataclass(frozen=True, slots=True)
class AskOfAlert:
    """Somebody asks for an act on the complaint."""

    act: AlertAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleAlert:
    """The same request, as an activity settles it in one transaction."""

    alert: str
    act: AlertAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class AlertFallsDue:
    """A date of the complaint has come."""

    alert: str
    due: AlertDue
    at: datetime


@dataclass(frozen=True, slots=True)
class AlertState:
    """Where a complaint stands after a step, and what the step does to the adherence."""

    situation: AlertSituation
    effect: Effect = Effect.NONE


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Do to the adherence what the complaint decided."""

    alert: str
    effect: Effect
    at: datetime
