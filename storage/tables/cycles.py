"""Editions, the template that they freeze, and their cycles."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.phases import Phase
from storage.tables.columns import document, identity, instant, reference, stamped


class Template(SQLModel, table=True):
    """An edition template as it was read: never changed, known by its fingerprint."""

    id: UUID = identity()
    code: str
    version: int
    fingerprint: str = Field(unique=True)
    document: dict[str, Any] = document()
    created_at: datetime = stamped()


class Edition(SQLModel, table=True):
    """One year of the trophies."""

    id: UUID = identity()
    code: str = Field(unique=True)
    year: int
    name: str
    template_id: UUID = reference("template.id")
    created_at: datetime = stamped()


class Cycle(SQLModel, table=True):
    """One territory in one edition, with its dates and where it stands."""

    __table_args__ = (UniqueConstraint("edition_id", "territory"),)

    id: UUID = identity()
    code: str = Field(unique=True)
    edition_id: UUID = reference("edition.id")
    template_id: UUID = reference("template.id")
    territory: str
    name: str
    zone: str = "Europe/Paris"
    phase: str = Phase.PREPARED
    calendar: dict[str, Any] = document()
    calendar_version: int = 1
    charter_required: bool = False
    created_at: datetime = stamped()
    entered_at: datetime | None = instant(nullable=True)
    dealt_at: datetime | None = instant(nullable=True)
