"""What each day's run of the retention did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field, SQLModel

from storage.tables.columns import document, identity, stamped


class RetentionRun(SQLModel, table=True):
    """One run: how many rows of each class were emptied, detached or deleted."""

    __tablename__ = "retention_run"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    id: UUID = identity()
    workflow_run: str = Field(unique=True)
    found: dict[str, Any] = document()
    at: datetime = stamped()
