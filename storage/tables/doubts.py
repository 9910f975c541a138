"""Doubts about a file that was admitted, and what each side joined to support its words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import SQLModel

from domain.ineligibility import DoubtStep
from storage.tables.columns import identity, instant, items, reference, stamped


class Doubt(SQLModel, table=True):
    """Whether an admitted file may stay: why, what its company answers, what was decided.

    ``ranks`` says whose place changed when the file went out of a frozen ranking, from what to what.
    """

    __table_args__ = (
        Index(
            "ix_doubt_once",
            "application_id",
            unique=True,
            postgresql_where=text("step in ('doubt_open', 'doubt_replied')"),
        ),
    )

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    step: str = DoubtStep.OPEN
    rules: list[str] = items()
    reason: str
    opened_at: datetime = instant()
    opened_by: UUID = reference("person.id", index=False)
    until: datetime = instant()
    reminded_at: datetime | None = instant(nullable=True)
    reply: str = ""
    replied_at: datetime | None = instant(nullable=True)
    replied_by: UUID | None = reference("person.id", nullable=True, index=False)
    conclusion: str = ""
    decided_at: datetime | None = instant(nullable=True)
    decided_by: UUID | None = reference("person.id", nullable=True, index=False)
    ranks: list[dict[str, Any]] = items()


class DoubtPiece(SQLModel, table=True):
    """A file joined to a doubt or to its answer; nobody else reads it until it is ``sent_at``."""

    __tablename__ = "doubt_piece"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (UniqueConstraint("application_id", "request_id", "sha256"),)

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    doubt_id: UUID | None = reference("doubt.id", nullable=True)
    part: str
    name: str
    media_type: str
    size: int
    sha256: str
    request_id: UUID
    added_at: datetime = stamped()
    added_by: UUID = reference("person.id", index=False)
    sent_at: datetime | None = instant(nullable=True)
