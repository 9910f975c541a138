"""Who held which role in an adherence before, and who came after."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from storage.tables.columns import document, identity, reference, stamped


class RoleChange(SQLModel, table=True):
    """A role that passed from one person to another in mid-term; kept for good."""

    __tablename__ = "adherence_role_change"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    id: UUID = identity()
    adherence_id: UUID = reference("adherence.id")
    role: str
    before: dict[str, Any] = document()
    after: dict[str, Any] = document()
    reason: str = ""
    by_person: UUID = reference("person.id", index=False)
    at: datetime = stamped()
