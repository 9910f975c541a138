"""What the partner's part of an application is told, asks and answers."""

from dataclasses import dataclass
from datetime import datetime

from domain.partners import PartnerAct, PartnerStatus


@dataclass(frozen=True, slots=True)
class AskOfPartner:
    """The company invites a partner or withdraws its invitation; the partner countersigns."""

    act: PartnerAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettlePartner:
    """The same request, as an activity settles it in one transaction."""

    application: str
    act: PartnerAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class PartnerState:
    """Where the partner stands after a move, and when to look at it again."""

    status: PartnerStatus
    version: int = 0
    look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TendPartner:
    """Look at the partner of an application: remind it, or note that its delay is over."""

    application: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tended:
    """When to look again, if ever, and how many letters were written down."""

    look_at: datetime | None = None
    letters: int = 0
    version: int = 0
