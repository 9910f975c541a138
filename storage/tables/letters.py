"""The ledger of letters: one row per business key."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import document, identity, instant, reference, stamped

# Written as the statements say it, so that PostgreSQL knows that its index answers them.
OF_THE_CHARTER = "left(kind, 8) = 'charter_'"


class Letter(SQLModel, table=True):
    """A letter to one person: intended, then sent, marked by a claim in between."""

    __table_args__ = (
        Index("ix_letter_subject", "subject", "state"),
        Index("ix_letter_mailing", "mailing", "state", "id"),
        Index("ix_letter_list", "cycle_id", "state", text("planned_at desc"), text("id desc")),
        Index("ix_letter_tally", "cycle_id", "state", "kind"),
        Index(
            "ix_letter_charter_list",
            "state",
            text("planned_at desc"),
            text("id desc"),
            postgresql_where=text(OF_THE_CHARTER),
        ),
        Index("ix_letter_charter_tally", "state", "kind", postgresql_where=text(OF_THE_CHARTER)),
        Index(
            "ix_letter_untaken",
            "planned_at",
            "id",
            postgresql_where=text("state = 'planned' and attempt is null"),
        ),
    )

    id: UUID = identity()
    key: str = Field(unique=True)
    kind: str
    subject: str
    mailing: str | None = None
    cycle_id: UUID | None = reference("cycle.id", nullable=True)
    person_id: UUID = reference("person.id")
    facts: dict[str, Any] = document()
    state: str = "planned"
    attempt: str | None = None
    error: str | None = None
    planned_at: datetime = stamped()
    claimed_at: datetime | None = instant(nullable=True)
    sent_at: datetime | None = instant(nullable=True)
