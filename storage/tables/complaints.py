"""The files that a company joins to its reply to a complaint, and to its appeal."""

from datetime import datetime
from uuid import UUID

from sqlmodel import SQLModel

from storage.tables.columns import identity, instant, reference, stamped


class AlertEvidence(SQLModel, table=True):
    """A file of the company; nobody else reads it until it is ``sent_at`` with what it supports."""

    __tablename__ = "alert_evidence"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    id: UUID = identity()
    alert_id: UUID = reference("alert.id")
    part: str
    name: str
    media_type: str
    size: int
    sha256: str
    request_id: UUID
    added_at: datetime = stamped()
    added_by: UUID = reference("person.id", index=False)
    sent_at: datetime | None = instant(nullable=True)
