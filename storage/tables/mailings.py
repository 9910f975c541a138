"""Mailings that people look after."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from domain.mailings import MailingStep
from storage.tables.columns import identity, instant, reference, stamped


class Mailing(SQLModel, table=True):
    """Letters that leave together; ``key`` is what they share in the ledger."""

    id: UUID = identity()
    key: str = Field(unique=True)
    cycle_id: UUID = reference("cycle.id")
    step: str = MailingStep.HELD
    released_by: UUID | None = reference("person.id", nullable=True, index=False)
    released_at: datetime | None = instant(nullable=True)
    created_at: datetime = stamped()
