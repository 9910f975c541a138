"""What came out: ranking, decisions, minutes and the palmarès."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from storage.tables.columns import document, identity, instant, items, reference, stamped


class Standing(SQLModel, table=True):
    """The place of an application in its category, frozen when evaluation ended."""

    __table_args__ = (
        UniqueConstraint("cycle_id", "application_id"),
        Index("ix_standing_page", "cycle_id", "category", "place"),
    )

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    category: str
    application_id: UUID = reference("application.id", index=False)
    place: int
    rank: int | None = None
    mean: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))  # type: ignore[arg-type]
    spread: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))  # type: ignore[arg-type]
    valid_cards: int = 0
    criteria: dict[str, Any] = document()
    flags: list[str] = items()
    tied_with: list[str] = items()
    adjusted: dict[str, Any] = Field(
        default_factory=dict,
        sa_type=JSONB,
        nullable=False,
        sa_column_kwargs={"server_default": "{}"},
    )


class Calibration(SQLModel, table=True):
    """What the adjusted ranking of a cycle found of its jurors, with all that makes it again."""

    cycle_id: UUID = Field(foreign_key="cycle.id", primary_key=True)
    document: dict[str, Any] = document()
    computed_at: datetime = instant()


class Decision(SQLModel, table=True):
    """What the jury decided in a category; a draft of the chair until the minutes are signed."""

    __table_args__ = (UniqueConstraint("cycle_id", "category"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id")
    category: str
    laureate_id: UUID | None = reference("application.id", nullable=True, index=False)
    nominees: list[str] = items()
    awards: bool = True
    reason: str = ""
    saved_at: datetime | None = instant(nullable=True)


class Minutes(SQLModel, table=True):
    """The signed minutes of a jury, whole, with the fingerprint of what they say."""

    cycle_id: UUID = Field(foreign_key="cycle.id", primary_key=True)
    document: dict[str, Any] = document()
    fingerprint: str
    signed_by: UUID = reference("person.id", index=False)
    signed_at: datetime = instant()


class Amendment(SQLModel, table=True):
    """A decision made again under embargo, signed by the chair beside the minutes."""

    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    category: str
    number: int
    document: dict[str, Any] = document()
    fingerprint: str
    signed_by: UUID = reference("person.id", index=False)
    signed_at: datetime = instant()
    request_id: UUID = Field(unique=True)


class Palmares(SQLModel, table=True):
    """The published result of a cycle, as the public reads it."""

    __table_args__ = (UniqueConstraint("cycle_id", "version"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id")
    version: int = 1
    document: dict[str, Any] = document()
    published_at: datetime = instant()
    created_at: datetime = stamped()
