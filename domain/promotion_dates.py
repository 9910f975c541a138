"""What falls due while places wait for an answer: reminders, and the end of each delay."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.judging import PromotionRules
from domain.promotion import Offer, OfferStatus

# What arrived before the instant may still be on its way to us after it.
SETTLING = timedelta(seconds=2)


class PromotionTimer(StrEnum):
    """What a date brings to an offer."""

    REMIND = "remind"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True)
class PromotionDue:
    """A date of an offer; ``until`` is the end of the delay by which it was computed."""

    what: PromotionTimer
    offer: str
    at: datetime
    until: datetime


def next_due(
    offers: Collection[Offer], rules: PromotionRules, last: datetime
) -> PromotionDue | None:
    """The next date of all offers that wait; a reminder whose instant has passed is not sent late."""
    dates = [due for each in offers if _waits(each) for due in _dates(each, rules, last)]
    return min(dates, key=lambda due: (due.at, due.offer), default=None)


def _waits(offer: Offer) -> bool:
    return offer.status is OfferStatus.OFFERED


def _dates(offer: Offer, rules: PromotionRules, last: datetime) -> Iterator[PromotionDue]:
    yield PromotionDue(PromotionTimer.LAPSE, offer.offer, offer.until + SETTLING, offer.until)
    for before in rules.reminders_before:
        at = offer.until - before
        if at > last and at > offer.offered_at:
            yield PromotionDue(PromotionTimer.REMIND, offer.offer, at, offer.until)
