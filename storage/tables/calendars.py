"""Every version of the calendars: each decision names the one under which it was taken."""

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
