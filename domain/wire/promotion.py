"""What the promotion of a category is told, asks and answers: ids, codes and instants."""

from dataclasses import dataclass
from datetime import datetime

from domain.judging import PromotionRules
from domain.promotion import Offer, PlaceStatus, PromotionAct
from domain.promotion_dates import PromotionDue


@dataclass(frozen=True, slots=True)
class RunPromotion:
    """Start of a promotion: its row is already there."""

    promotion: str
    rules: PromotionRules


@dataclass(frozen=True, slots=True)
class AskOfPromotion:
    """A company answers the offer of a place."""

    act: PromotionAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettlePromotion:
    """The same answer, as an activity settles it in one transaction."""

    promotion: str
    act: PromotionAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class PromotionRef:
    """One promotion, at an instant."""

    promotion: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PromotionFallsDue:
    """A date of an offer has come."""

    promotion: str
    due: PromotionDue
    at: datetime


@dataclass(frozen=True, slots=True)
class PromotionState:
    """Where the places of a category stand, the offers that were made, and after how many turns."""

    status: PlaceStatus
    offers: tuple[Offer, ...] = ()
    turn: int = 0


@dataclass(frozen=True, slots=True)
class BeginPromotions:
    """Offer the places of a cycle that was decided, category by category."""

    cycle: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PromotionsBegun:
    """How many promotions there are in the cycle."""

    count: int
