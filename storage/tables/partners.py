"""The other half of a partnership: who was asked to countersign, what they wrote, what they signed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field, SQLModel

from domain.partners import PartnerStatus
from storage.tables.columns import document, identity, instant, items, reference, stamped


class Partner(SQLModel, table=True):
    """The inclusive organisation of one application; ``seen`` is the text that it countersigned."""

    id: UUID = identity()
    application_id: UUID = Field(foreign_key="application.id", unique=True)
    person_id: UUID = reference("person.id")
    name: str = ""
    siret: str
    kind: str
    registry_facts: dict[str, Any] | None = document(nullable=True)
    status: str = PartnerStatus.INVITED
    round: int = 1
    shares: list[str] = items()
    answers: dict[str, Any] = document()
    created_at: datetime = stamped()
    invited_at: datetime = instant()
    saved_at: datetime | None = instant(nullable=True)
    countersigned_at: datetime | None = instant(nullable=True)
    seen: dict[str, Any] | None = document(nullable=True)
