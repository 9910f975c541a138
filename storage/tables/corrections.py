"""Corrections of published palmarès: proposed by one person, answered by another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from domain.corrections import CorrectionStep
from storage.tables.columns import identity, instant, reference, stamped


class Correction(SQLModel, table=True):
    """One correction; ``based_on`` is the version that its author read, ``version`` what it made.

    ``application_id`` is the file that the correction is about, or that takes a place.
    """

    __table_args__ = (Index("ix_correction_list", "cycle_id", "created_at"),)

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    kind: str
    category: str
    application_id: UUID | None = reference("application.id", nullable=True, index=False)
    company: str = ""
    title: str = ""
    reason: str
    step: str = CorrectionStep.PROPOSED
    based_on: int
    version: int | None = None
    proposed_by: UUID = reference("person.id", index=False)
    decided_by: UUID | None = reference("person.id", nullable=True, index=False)
    decided_at: datetime | None = instant(nullable=True)
    note: str = Field(default="")
    until: datetime = instant()
    created_at: datetime = stamped()
