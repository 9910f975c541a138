"""Jurors, their conflicts and their score cards."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.conflicts import Source, Standing
from domain.jurors import CardStatus, JurorStatus
from storage.tables.columns import (
    document,
    identity,
    instant,
    items,
    listed,
    reference,
    stamped,
    worded,
)


class Juror(SQLModel, table=True):
    """Somebody asked to score in one cycle; a reserve juror has a place in the queue."""

    __table_args__ = (
        UniqueConstraint("cycle_id", "person_id"),
        Index("ix_juror_list", "cycle_id", "created_at", "id"),
    )

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id")
    person_id: UUID = reference("person.id")
    organisation: str = ""
    siren: str = ""
    is_chair: bool = False
    status: str = JurorStatus.RESERVE
    reserve_place: int | None = None
    maximum: int | None = None
    expertise: list[str] = listed()
    ties: list[dict[str, Any]] = listed()
    replaces_id: UUID | None = reference("juror.id", nullable=True, index=False)
    reason: str = ""
    invited_at: datetime | None = instant(nullable=True)
    answered_at: datetime | None = instant(nullable=True)
    conflicts_declared_at: datetime | None = instant(nullable=True)
    created_at: datetime = stamped()


class Conflict(SQLModel, table=True):
    """A juror stands aside from an application, unless it was dismissed; ``kind`` is who said it.

    ``sign`` is what it was detected by, ``set_aside`` where the card stood that it closed, ``ranks`` what
    changed in a frozen ranking.
    """

    __table_args__ = (UniqueConstraint("juror_id", "application_id"),)

    id: UUID = identity()
    juror_id: UUID = reference("juror.id")
    application_id: UUID = reference("application.id")
    kind: str = Source.JUROR
    tie: str = worded()
    sign: str = worded()
    standing: str = worded(Standing.CONFIRMED)
    reason: str = ""
    decision: str = worded()
    decided_at: datetime | None = instant(nullable=True)
    decided_by: UUID | None = reference("person.id", nullable=True, index=False)
    set_aside: str = worded()
    ranks: list[dict[str, Any]] = listed()
    at: datetime = instant()


class DealRecord(SQLModel, table=True):
    """A deal as it was made, never computed again: its seed, its rules, what it gave up, its fingerprint."""

    __tablename__ = "deal"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (Index("ix_deal_cycle", "cycle_id", "at"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    kind: str
    seed: int = Field(sa_type=BigInteger)
    readings: int
    files: int
    jurors: int
    standing: int
    added: int
    moved: int = 0
    short: int = 0
    link: float = 0.0
    policy: dict[str, Any] = document()
    rules: list[str] = items()
    eased: list[str] = items()
    solver: str
    fingerprint: str
    request_id: UUID | None = None
    at: datetime = instant()


class SecondReading(SQLModel, table=True):
    """A reading more that was ordered for a file which the marks leave undecided."""

    __tablename__ = "second_reading"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    cycle_id: UUID = reference("cycle.id")
    extra: int = 1
    request_id: UUID
    at: datetime = instant()


class Card(SQLModel, table=True):
    """A score card: draft values until it is sealed, then never changed.

    ``read_version`` is the version of the file that was scored.
    """

    __table_args__ = (
        UniqueConstraint("application_id", "juror_id"),
        Index("ix_card_todo", "juror_id", "status"),
        Index("ix_card_coverage", "cycle_id", "status"),
    )

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    application_id: UUID = reference("application.id", index=False)
    juror_id: UUID = reference("juror.id", index=False)
    status: str = CardStatus.TO_SCORE
    marks: dict[str, Any] = document()
    comments: dict[str, Any] = document()
    note: Decimal | None = Field(default=None, sa_type=Numeric(6, 3))  # type: ignore[arg-type]
    reason: str = ""
    saved_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    read_version: int | None = None
    created_at: datetime = stamped()
