"""People, how they came in, and what they may do everywhere."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint, false
from sqlmodel import Field, SQLModel

from storage.tables.columns import identity, instant, reference, stamped


class Person(SQLModel, table=True):
    """Somebody who reads letters; the address is kept in lower case.

    ``seen_at`` is when they last came in, ``warned_at`` when they were told that a silent account ends.
    """

    id: UUID = identity()
    email: str = Field(unique=True)
    name: str = ""
    language: str = "fr"
    created_at: datetime = stamped()
    seen_at: datetime = stamped()
    warned_at: datetime | None = instant(nullable=True)
    erased_at: datetime | None = instant(nullable=True)
    reminders_off_at: datetime | None = instant(nullable=True)


class LoginLink(SQLModel, table=True):
    """A link sent by letter: signed, for one use, for a short time, for one place."""

    __tablename__ = "login_link"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    id: UUID = identity()
    person_id: UUID = reference("person.id")
    next_path: str = "/"
    created_at: datetime = stamped()
    expires_at: datetime = instant()
    used_at: datetime | None = instant(nullable=True)


class SignedIn(SQLModel, table=True):
    """A session of a browser; only the fingerprint of its secret is kept."""

    __tablename__ = "signed_in"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    fingerprint: str = Field(primary_key=True)
    person_id: UUID = reference("person.id")
    created_at: datetime = stamped()
    expires_at: datetime = instant()


class Organiser(SQLModel, table=True):
    """A right to organise: one cycle, or all of them when no cycle is named."""

    __table_args__ = (
        UniqueConstraint("person_id", "cycle_id", postgresql_nulls_not_distinct=True),
    )

    id: UUID = identity()
    person_id: UUID = reference("person.id")
    cycle_id: UUID | None = reference("cycle.id", nullable=True)


class ApiToken(SQLModel, table=True):
    """A program's key: named, expiring, perhaps narrower than its person; only its fingerprint is kept."""

    __tablename__ = "api_token"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    fingerprint: str = Field(primary_key=True)
    name: str
    person_id: UUID = reference("person.id")
    created_at: datetime = stamped()
    expires_at: datetime = instant()
    reads_only: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    edition_id: UUID | None = reference("edition.id", nullable=True, index=False)
