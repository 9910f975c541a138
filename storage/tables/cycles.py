"""Editions, the template that they freeze, and their cycles."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.editions import EditionPhase
from domain.levels import Level
from domain.phases import Phase
from storage.tables.columns import document, identity, instant, items, reference, stamped


class Template(SQLModel, table=True):
    """An edition template as it was read: never changed, known by its fingerprint."""

    id: UUID = identity()
    code: str
    version: int
    fingerprint: str = Field(unique=True)
    document: dict[str, Any] = document()
    created_at: datetime = stamped()


class Edition(SQLModel, table=True):
    """One year of the trophies; ``plan`` and ``frame`` are what its organiser confirms."""

    id: UUID = identity()
    code: str = Field(unique=True)
    year: int
    name: str
    template_id: UUID = reference("template.id")
    phase: str = EditionPhase.BY_HAND
    plan: dict[str, Any] = document()
    frame: dict[str, Any] = document()
    quorum: int | None = None
    cutoff_at: datetime | None = instant(nullable=True)
    created_at: datetime = stamped()
    entered_at: datetime | None = instant(nullable=True)


class Cycle(SQLModel, table=True):
    """One territory in one edition, with its dates and where it stands."""

    __table_args__ = (UniqueConstraint("edition_id", "territory"),)

    id: UUID = identity()
    code: str = Field(unique=True)
    edition_id: UUID = reference("edition.id")
    template_id: UUID = reference("template.id")
    level: str = Level.TERRITORIAL
    territory: str
    parts: list[str] = items()
    name: str
    zone: str = "Europe/Paris"
    phase: str = Phase.PREPARED
    calendar: dict[str, Any] = document()
    calendar_version: int = 1
    charter_required: bool = False
    created_at: datetime = stamped()
    entered_at: datetime | None = instant(nullable=True)
    dealt_at: datetime | None = instant(nullable=True)


class Regrouping(SQLModel, table=True):
    """A category of a territory with too few files: judged by a neighbour, or carried to the final."""

    __table_args__ = (UniqueConstraint("cycle_id", "category"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    category: str
    kind: str
    into_cycle_id: UUID | None = reference("cycle.id", nullable=True)
    request_id: UUID = Field(unique=True)
    at: datetime = stamped()


class Insider(SQLModel, table=True):
    """Who may know of internal trophies: one address, or every address of a mail domain."""

    __table_args__ = (UniqueConstraint("cycle_id", "kind", "value"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    kind: str
    value: str = Field(index=True)
