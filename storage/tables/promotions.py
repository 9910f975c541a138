"""Places in the final: what a category of a territory may send, and to whom it was offered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from domain.promotion import OfferStatus, PlaceStatus
from storage.tables.columns import document, identity, instant, reference, stamped


class Promotion(SQLModel, table=True):
    """The places of one category of one territory; ``rules`` are those of its edition, frozen.

    ``turn`` counts what happened, so that the workflow knows the newest of two answers.
    """

    __table_args__ = (UniqueConstraint("cycle_id", "category"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    category: str
    rules: dict[str, Any] = document()
    threshold: int
    status: str = PlaceStatus.WAITING
    created_at: datetime = stamped()
    settled_at: datetime | None = instant(nullable=True)
    turn: int = 0


class PlaceOffer(SQLModel, table=True):
    """A place offered to one file, with the sealed evidence of its territory."""

    __tablename__ = "place_offer"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (UniqueConstraint("promotion_id", "application_id"),)

    id: UUID = identity()
    promotion_id: UUID = reference("promotion.id", index=False)
    application_id: UUID = reference("application.id")
    rank: int
    status: str = OfferStatus.OFFERED
    offered_at: datetime = instant()
    until: datetime = instant()
    answered_at: datetime | None = instant(nullable=True)
    by_person: UUID | None = reference("person.id", nullable=True, index=False)
    reason: str = ""
    evidence: dict[str, Any] = document()
    fingerprint: str
    final_file_id: UUID | None = reference("application.id", nullable=True)
