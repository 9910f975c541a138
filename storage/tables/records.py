"""What was asked and what changed: the trace that everybody may be shown."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import document, identity, reference, serial, stamped


class Request(SQLModel, table=True):
    """Somebody's request, written down at the instant it arrived, before anything acts on it."""

    # Swept every minute: only what still waits is looked at.
    __table_args__ = (
        Index("ix_request_waiting", "arrived_at", "id", postgresql_where=text("settled is false")),
    )

    id: UUID = identity()
    kind: str
    subject: str = Field(index=True)
    by_person: UUID = reference("person.id", index=False)
    payload: dict[str, Any] = document()
    arrived_at: datetime = stamped()
    settled: bool = False
    refusal: dict[str, Any] | None = document(nullable=True)


class JournalLine(SQLModel, table=True):
    """One change: who, when, from, to, why, under which version of the calendar."""

    __table_args__ = (Index("ix_journal_list", "cycle_id", "id"),)
    __tablename__ = "journal"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    id: int | None = serial()
    at: datetime = stamped()
    actor: str = "calendar"
    subject: str = Field(index=True)
    cycle_id: UUID | None = reference("cycle.id", nullable=True)
    act: str
    before: str = ""
    after: str = ""
    reason: str = ""
    request_id: UUID | None = None
    calendar_version: int | None = None


class SealedLine(SQLModel, table=True):
    """A link of the chain that seals the journal: see ``domain.sealing``."""

    __tablename__ = "sealed_line"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    position: int = Field(primary_key=True, sa_type=BigInteger)
    line_id: int = Field(sa_type=BigInteger, unique=True)
    words: str
    hash: str = Field(index=True)
    sealed_at: datetime = stamped()
