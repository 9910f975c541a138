"""The session of a jury: who is there, which file is heard, and its votes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import identity, instant, reference, stamped


class Presence(SQLModel, table=True):
    """Whether a juror is in the session, and since when they are or are not."""

    juror_id: UUID = Field(foreign_key="juror.id", primary_key=True)
    cycle_id: UUID = reference("cycle.id")
    is_present: bool = False
    at: datetime = stamped()


class Hearing(SQLModel, table=True):
    """The file that the session of a cycle is at."""

    cycle_id: UUID = Field(foreign_key="cycle.id", primary_key=True)
    application_id: UUID | None = reference("application.id", nullable=True, index=False)
    at: datetime = stamped()


class Ballot(SQLModel, table=True):
    """A vote on a file as laureate; once closed, only its counts remain."""

    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        Index(
            "ix_ballot_open", "cycle_id", unique=True, postgresql_where=text("closed_at is null")
        ),
    )

    id: UUID = identity()
    cycle_id: UUID = reference("cycle.id", index=False)
    number: int
    category: str
    application_id: UUID = reference("application.id", index=False)
    opened_at: datetime = stamped()
    closed_at: datetime | None = instant(nullable=True)
    yes: int = 0
    no: int = 0
    abstained: int = 0
    cast: str | None = None
    present: int = 0
    aside: int = 0
    is_adopted: bool | None = None


class BallotVoice(SQLModel, table=True):
    """What a juror says in a vote that is open; erased when it closes."""

    __tablename__ = "ballot_voice"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    ballot_id: UUID = Field(foreign_key="ballot.id", primary_key=True)
    juror_id: UUID = Field(foreign_key="juror.id", primary_key=True)
    choice: str
    at: datetime = stamped()
