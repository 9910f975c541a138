"""Promotion by quota: who may take a territory's places in the final, in what order, until when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.editions import takes_late_laureates
from domain.judging import PromotionRules
from domain.phases import Phase
from domain.refusals import N_, Refusal


class OfferStatus(StrEnum):
    """Where the offer of a place stands."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    VOID = "void"


class PlaceStatus(StrEnum):
    """Where the places of a category of a territory stand."""

    WAITING = "waiting"
    FILLED = "filled"
    EMPTY = "empty"


class PromotionAct(StrEnum):
    """What a company says of the place that it is offered."""

    CONFIRM = "confirm_place"
    DECLINE = "decline_place"


OFFER_NAMES = {
    OfferStatus.OFFERED: N_("Place proposée"),
    OfferStatus.CONFIRMED: N_("Place confirmée"),
    OfferStatus.DECLINED: N_("Place déclinée"),
    OfferStatus.LAPSED: N_("Sans réponse"),
    OfferStatus.VOID: N_("Offre annulée"),
}
PLACE_NAMES = {
    PlaceStatus.WAITING: N_("En attente d'une réponse"),
    PlaceStatus.FILLED: N_("Place pourvue"),
    PlaceStatus.EMPTY: N_("Place vacante"),
}
ANSWERS = {
    PromotionAct.CONFIRM: OfferStatus.CONFIRMED,
    PromotionAct.DECLINE: OfferStatus.DECLINED,
}
HOLDING = frozenset({OfferStatus.OFFERED, OfferStatus.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Ranked:
    """A file of the frozen ranking, as it stands now."""

    application: str
    rank: int | None
    mean: Decimal | None
    is_awardable: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A place offered to a file."""

    offer: str
    application: str
    status: OfferStatus
    offered_at: datetime
    until: datetime


def line_of_succession(
    ranked: Collection[Ranked], laureate: str | None, threshold: int
) -> tuple[str, ...]:
    """Who may take the place, in order: the laureate, then by rank, all above the threshold.

    A jury that gave no trophy sends nobody.
    """
    if laureate is None:
        return ()
    able = [each for each in ranked if _may_go(each, threshold)]
    able.sort(key=lambda each: (each.application != laureate, each.rank, each.application))
    return tuple(each.application for each in able)


def to_offer(line: Sequence[str], offers: Collection[Offer], quota: int) -> tuple[str, ...]:
    """Who is offered a place now: the next in line for each place that nobody holds."""
    held = sum(each.status in HOLDING for each in offers)
    asked = {each.application for each in offers}
    return tuple(each for each in line if each not in asked)[: max(quota - held, 0)]


def status_of(offers: Collection[Offer]) -> PlaceStatus:
    """Where the places stand once everybody who could be asked was."""
    if any(each.status is OfferStatus.OFFERED for each in offers):
        return PlaceStatus.WAITING
    if any(each.status is OfferStatus.CONFIRMED for each in offers):
        return PlaceStatus.FILLED
    return PlaceStatus.EMPTY


def offer_until(offered_at: datetime, rules: PromotionRules, final_closes_at: datetime) -> datetime:
    """Until when an offer waits: its own full delay, cut short only by the closing of the final.

    A closing that had passed when the place was offered is one that will be moved: it cuts nothing.
    """
    until = offered_at + rules.confirm_within
    return min(until, final_closes_at) if final_closes_at > offered_at else until


def is_too_late(at: datetime, final: Phase, final_closes_at: datetime) -> bool:
    """Whether the final takes nobody any more: its jury reads, or is about to."""
    has_closed = final is Phase.OPEN and at >= final_closes_at
    return has_closed or not takes_late_laureates(final)


def check_answer(offer: Offer, arrived_at: datetime) -> None:
    """Refuse an answer that nobody waits for, or that arrived after the end of the delay."""
    if offer.status is not OfferStatus.OFFERED:
        raise Refusal(_CLOSED[offer.status])
    if arrived_at > offer.until:
        raise Refusal(
            N_(
                "Le délai pour répondre a pris fin le %(until)s : votre réponse est arrivée après. "
                "Écrivez à l'organisation si un imprévu vous a retenus."
            ),
            until=offer.until,
        )


_CLOSED = {
    OfferStatus.CONFIRMED: N_("Votre participation à la finale est déjà confirmée."),
    OfferStatus.DECLINED: N_(
        "Vous avez déjà décliné cette place : elle a été proposée à un autre."
    ),
    OfferStatus.LAPSED: N_(
        "Le délai pour répondre est passé : la place a été proposée au dossier suivant."
    ),
    OfferStatus.VOID: N_("Cette offre a été annulée : elle n'attend plus de réponse."),
}


def _may_go(each: Ranked, threshold: int) -> bool:
    is_ranked = each.rank is not None and each.mean is not None
    return is_ranked and each.is_awardable and (each.mean or Decimal()) >= threshold
