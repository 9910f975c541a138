"""The charter, who adheres to it, what they promised and what they reported."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.charter.situation import Step
from domain.charter.states import State
from storage.tables.columns import document, identity, instant, items, reference, stamped


class Charter(SQLModel, table=True):
    """A version of the charter as it was read: never changed, in force from a day."""

    __table_args__ = (UniqueConstraint("code", "version"),)

    id: UUID = identity()
    code: str
    version: int
    fingerprint: str = Field(unique=True)
    in_force_from: date
    document: dict[str, Any] = document()
    created_at: datetime = stamped()


class Adherence(SQLModel, table=True):
    """One company and one charter, from the first draft to the last day; ``entry`` is the draft."""

    __table_args__ = (
        # A company has one living adherence; those that ended stay beside it.
        Index(
            "ix_adherence_once",
            "charter_code",
            "siren",
            unique=True,
            postgresql_where=text(
                "state not in ('radiee', 'abandonnee', 'refusee', 'ancienne', 'retiree')"
            ),
        ),
        Index("ix_adherence_board", "charter_code", "state", "company", "id"),
        Index("ix_adherence_named", "charter_code", "company", "id"),
        Index("ix_adherence_due", "charter_code", "state", "since"),
        Index("ix_adherence_place", "charter_code", "territory", "state", "company", "id"),
        # The last adherence of a company, those that ended included.
        Index("ix_adherence_siren", "charter_code", "siren", "created_at"),
    )

    id: UUID = identity()
    charter_code: str
    charter_id: UUID = reference("charter.id")
    workflow: str
    siret: str
    siren: str
    company: str = ""
    territory: str = ""
    zone: str = "Europe/Paris"
    area: str = "common"
    size: str = ""
    size_declared: bool = False
    registry_facts: dict[str, Any] | None = document(nullable=True)
    entry: dict[str, Any] = document()
    self_diagnosis: dict[str, Any] = document()
    state: str = State.DRAFT
    since: datetime = stamped()
    accepted_on: date | None = None
    term_on: date | None = None
    complements_until: datetime | None = instant(nullable=True)
    missed_on: date | None = None
    expired_on: date | None = None
    suspended_on: date | None = None
    ceased_on: date | None = None
    ended_on: date | None = None
    lateness: int = 0
    public_reason: str = ""
    for_fault: bool = False
    successor_siret: str | None = None
    # Who is to head the company once they have signed: as roles are kept, and who named them when.
    next_head: dict[str, Any] | None = document(nullable=True)
    verification_code: str = Field(unique=True)
    created_at: datetime = stamped()
    saved_at: datetime | None = instant(nullable=True)
    saved_by: UUID | None = reference("person.id", nullable=True, index=False)


class Engagement(SQLModel, table=True):
    """What a company signed, kept as it was: commitments, targets and dates, with a fingerprint."""

    __table_args__ = (UniqueConstraint("adherence_id", "number"),)

    id: UUID = identity()
    adherence_id: UUID = reference("adherence.id")
    number: int
    entry: dict[str, Any] = document()
    fingerprint: str
    signed_at: datetime = instant()
    signed_by: UUID = reference("person.id", index=False)
    request_id: UUID = Field(unique=True)


class AdherenceMember(SQLModel, table=True):
    """A person and the part that it plays in an adherence."""

    __tablename__ = "adherence_member"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (UniqueConstraint("adherence_id", "person_id", "role"),)

    id: UUID = identity()
    adherence_id: UUID = reference("adherence.id")
    person_id: UUID = reference("person.id")
    role: str


class Report(SQLModel, table=True):
    """The account of one year; ``answers`` is the draft until it is sent."""

    __table_args__ = (
        UniqueConstraint("adherence_id", "year"),
        Index("ix_report_campaign", "year", "step"),
        Index("ix_report_waiting", "submitted_at", "id", postgresql_where=text("step = 'depose'")),
    )

    id: UUID = identity()
    adherence_id: UUID = reference("adherence.id")
    year: int
    step: str = Step.OPEN
    closes_at: datetime = instant()
    answers: dict[str, Any] = document()
    sent: dict[str, Any] | None = document(nullable=True)
    fingerprint: str = ""
    submitted_at: datetime | None = instant(nullable=True)
    submitted_by: UUID | None = reference("person.id", nullable=True, index=False)
    return_until: datetime | None = instant(nullable=True)
    returned: bool = False
    returned_reason: str = ""
    extended: bool = False
    extension_reason: str = ""
    late: bool = False
    missed: bool = False
    accepted_at: datetime | None = instant(nullable=True)
    level: str = ""
    levels: dict[str, Any] = document()
    # The new file of a company removed for want of this report, which is to bring it.
    owed_by: UUID | None = reference("adherence.id", nullable=True)


class Evidence(SQLModel, table=True):
    """A file that supports an indicator of a report; its bytes lie outside the web root."""

    id: UUID = identity()
    adherence_id: UUID = reference("adherence.id")
    report_id: UUID | None = reference("report.id", nullable=True)
    indicator: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime = stamped()
    added_by: UUID = reference("person.id", index=False)
    removed_at: datetime | None = instant(nullable=True)


class Review(SQLModel, table=True):
    """A decision of the organiser on an adherence or a report, with its reason."""

    id: UUID = identity()
    adherence_id: UUID = reference("adherence.id")
    report_id: UUID | None = reference("report.id", nullable=True, index=False)
    decision: str
    reason: str = ""
    details: list[dict[str, Any]] = items()
    by_person: UUID = reference("person.id", index=False)
    at: datetime = instant()
    request_id: UUID = Field(unique=True)


class Alert(SQLModel, table=True):
    """A complaint about an adherent; who wrote it is never shown to the company."""

    __table_args__ = (
        Index("ix_alert_list", "step", "received_at"),
        # What one person sent lately, and what of it is still open.
        Index("ix_alert_author", "author_id", "received_at"),
    )

    id: UUID = identity()
    adherence_id: UUID = reference("adherence.id")
    author_id: UUID | None = reference("person.id", nullable=True, index=False)
    subject: str = ""
    facts: str = ""
    step: str = "recu"
    received_at: datetime = stamped()
    since: datetime = stamped()
    until: datetime | None = instant(nullable=True)
    alleged: str = ""
    reason: str = ""
    reply: str = ""
    replied_at: datetime | None = instant(nullable=True)
    outcome: str = ""
    decided_by: UUID | None = reference("person.id", nullable=True, index=False)
    remedy: str = ""
    appeal: str = ""
    appealed_at: datetime | None = instant(nullable=True)
    appeal_answer: str = ""
    closed_at: datetime | None = instant(nullable=True)
