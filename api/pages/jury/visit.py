"""Somebody on a page of a jury, and the parts that take part in the answer."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from api.dependencies import Asking, Db, Screen, SignedInViewer

SEAT = "/jury/{juror_id}"
CARD = SEAT + "/fiches/{card_id}"


@dataclass(frozen=True, slots=True)
class SeatVisit:
    """On the page of a seat, which may be the visitor's own."""

    juror_id: UUID
    viewer: SignedInViewer
    db: Db
    engine: Asking
    screen: Screen


@dataclass(frozen=True, slots=True)
class CardVisit(SeatVisit):
    """On the page of a score card."""

    card_id: UUID


AtSeat = Annotated[SeatVisit, Depends()]
AtCard = Annotated[CardVisit, Depends()]
