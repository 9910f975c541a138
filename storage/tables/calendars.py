"""Every version of the calendars, and the time that one company was given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.columns import document, identity, instant, reference


class CalendarVersion(SQLModel, table=True):
    """A calendar as it was in force from an instant on: who wrote it, and why."""

    __tablename__ = "calendar_version"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (UniqueConstraint("cycle_id", "version"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    version: int
    calendar: dict[str, Any] = document()
    act: str
    reason: str = ""
    at: datetime = instant()
    by_person: UUID | None = reference("person.id", nullable=True, index=False)
    request_id: UUID | None = Field(default=None, unique=True)


class Extension(SQLModel, table=True):
    """More time for one company, by name: who gave it, why, until when, and who took it back."""

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    until: datetime = instant()
    reason: str
    by_person: UUID = reference("person.id", index=False)
    at: datetime = instant()
    request_id: UUID = Field(unique=True)
    calendar_version: int
    revoked_at: datetime | None = instant(nullable=True)
    revoked_by: UUID | None = reference("person.id", nullable=True, index=False)
    revoked_reason: str = ""
