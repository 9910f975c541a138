"""Applications: drafts, what was sent, the files, and how they were screened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from domain.applications import Status
from domain.final_files import Entry
from storage.tables.columns import document, identity, instant, items, reference, stamped


class Application(SQLModel, table=True):
    """One company in one category of one cycle; ``answers`` is the draft.

    ``set_aside`` keeps the answers of a category that the application has left.
    """

    __table_args__ = (
        Index(
            "ix_application_once",
            "cycle_id",
            "siret",
            "category",
            unique=True,
            postgresql_where=text("status not in ('withdrawn', 'lapsed') and siret <> ''"),
        ),
        Index("ix_application_board", "cycle_id", "status", "number", "id"),
        Index("ix_application_list", "cycle_id", "status", "company", "id"),
        Index("ix_application_company", "siren"),
        Index("ix_application_created", "created_at", "id"),
    )

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    siret: str
    siren: str
    company: str = ""
    category: str
    title: str = ""
    status: str = Status.DRAFT
    number: str | None = None
    version: int = 0
    answers: dict[str, Any] = document()
    set_aside: dict[str, Any] = Field(
        default_factory=dict,
        sa_type=JSONB,
        nullable=False,
        sa_column_kwargs={"server_default": text("'{}'::jsonb")},
    )
    registry_facts: dict[str, Any] | None = document(nullable=True)
    verdicts: list[dict[str, Any]] | None = document(nullable=True)
    admissible: bool | None = None
    complements_until: datetime | None = instant(nullable=True)
    extended_until: datetime | None = instant(nullable=True)
    created_at: datetime = stamped()
    saved_at: datetime | None = instant(nullable=True)
    saved_by: UUID | None = reference("person.id", nullable=True, index=False)
    submitted_at: datetime | None = instant(nullable=True)
    renounced_at: datetime | None = instant(nullable=True)
    entry: str = Entry.APPLIED
    origin_id: UUID | None = reference("application.id", nullable=True)


class ApplicationVersion(SQLModel, table=True):
    """What was sent, kept as it was, with the fingerprint written on the receipt."""

    __tablename__ = "application_version"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (UniqueConstraint("application_id", "version"),)

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    version: int
    category: str = Field(default="", sa_column_kwargs={"server_default": ""})
    answers: dict[str, Any] = document()
    attachments: list[dict[str, Any]] = items()
    partner: dict[str, Any] | None = document(nullable=True)
    fingerprint: str
    arrived_at: datetime = instant()
    in_tolerance: bool = False
    calendar_version: int | None = None
    by_person: UUID = reference("person.id", index=False)
    request_id: UUID = Field(unique=True)


class Attachment(SQLModel, table=True):
    """A file joined to an application; its bytes lie outside the web root.

    ``stored_as`` names the bytes when a copy of the application shares them with another.
    """

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime = stamped()
    added_by: UUID = reference("person.id", index=False)
    removed_at: datetime | None = instant(nullable=True)
    stored_as: UUID | None = None


class Member(SQLModel, table=True):
    """Somebody of the company who works on an application."""

    __table_args__ = (UniqueConstraint("application_id", "person_id"),)

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    person_id: UUID = reference("person.id")
    role: str = "editor"


class Screening(SQLModel, table=True):
    """A decision of the organiser on an application, with its reasons."""

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    decision: str
    rules: list[str] = items()
    reason: str = ""
    by_person: UUID = reference("person.id", index=False)
    at: datetime = instant()
    request_id: UUID = Field(unique=True)


class Extension(SQLModel, table=True):
    """More time for one company, with its reason; one that was replaced or taken back has ended."""

    __table_args__ = (
        Index("ix_extension_list", "cycle_id", "at"),
        Index(
            "ix_extension_in_force",
            "application_id",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: UUID = identity()
    application_id: UUID = reference("application.id")
    cycle_id: UUID = reference("cycle.id", index=False)
    until: datetime = instant()
    reason: str = ""
    at: datetime = instant()
    by_person: UUID = reference("person.id", index=False)
    request_id: UUID = Field(unique=True)
    ended_at: datetime | None = instant(nullable=True)
    ended_by: UUID | None = reference("person.id", nullable=True, index=False)
    ended_reason: str = ""


class Duplicate(SQLModel, table=True):
    """One application was closed as the duplicate of another; ``before`` is where it goes back to."""

    __table_args__ = (
        Index(
            "ix_duplicate_in_force",
            "application_id",
            unique=True,
            postgresql_where=text("undone_at is null"),
        ),
    )

    id: UUID = identity()
    application_id: UUID = reference("application.id", index=False)
    kept_id: UUID = reference("application.id")
    before: str
    reason: str = ""
    at: datetime = instant()
    by_person: UUID = reference("person.id", index=False)
    request_id: UUID = Field(unique=True)
    undone_at: datetime | None = instant(nullable=True)
    undone_by: UUID | None = reference("person.id", nullable=True, index=False)
    undone_reason: str = ""
