"""People, their sessions and the links by which they come in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Result,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.database import Executor
from storage.tables.people import Organiser, Person, SignedIn

SESSION_LASTS = timedelta(days=14)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Known:
    """A person, with the cycles that they organise; None among them means every cycle."""

    person_id: UUID
    email: str
    name: str
    language: str
    organises: frozenset[UUID | None]


async def person_of_session(executor: Executor, fingerprint: str, now: datetime) -> Known | None:
    """The person of a session that still runs."""
    return _known(
        await executor.execute(_OF_SESSION, {"session_fingerprint": fingerprint, "now": now})
    )


async def known_person(session: AsyncSession, who: ColumnElement[bool]) -> Known | None:
    """A person and their rights, in one query."""
    return _known(await session.execute(_KNOWN.where(who)))


def _known(found: Result[UUID, str, str, str, list[UUID | None] | None]) -> Known | None:
    row = found.one_or_none()
    if row is None:
        return None
    person_id, email, name, language, cycles = row
    return Known(person_id, email, name, language, frozenset(cycles or ()))


_KNOWN = select(
    col(Person.id),
    col(Person.email),
    col(Person.name),
    col(Person.language),
    select(func.array_agg(col(Organiser.cycle_id)))
    .where(col(Organiser.person_id) == col(Person.id))
    .scalar_subquery(),
)
# Asked before every page of somebody signed in: made once.
_OF_SESSION = _KNOWN.where(
    col(Person.id)
    == select(col(SignedIn.person_id))
    .where(
        col(SignedIn.fingerprint) == bindparam("session_fingerprint", type_=Text()),
        col(SignedIn.expires_at) > bindparam("now", type_=DateTime(timezone=True)),
    )
    .scalar_subquery()
)


async def person_called(
    session: AsyncSession, email: str, *, name: str = "", language: str = "fr"
) -> Person:
    """The person of that address, written down if new; a known name is kept."""
    address = email.strip().lower()
    await session.execute(
        insert(Person)
        .values(email=address, name=name, language=language)
        .on_conflict_do_nothing(index_elements=["email"])
    )
    return (await session.execute(select(Person).where(col(Person.email) == address))).scalar_one()


async def known_address(session: AsyncSession, email: str) -> UUID | None:
    """The person of that address, if anybody has it."""
    found = await session.execute(
        select(col(Person.id)).where(col(Person.email) == email.strip().lower())
    )
    return found.scalar_one_or_none()


async def know_better(
    session: AsyncSession, person_id: UUID, *, name: str = "", language: str = ""
) -> None:
    """Write down the name of a person who had none, and the language that they chose."""
    person = await session.get_one(Person, person_id)
    person.name = person.name or name
    person.language = language or person.language


async def call_oneself(session: AsyncSession, person_id: UUID, *, name: str, language: str) -> None:
    """Write down the name and the language that a person chose for themselves, an empty name included."""
    person = await session.get_one(Person, person_id)
    person.name, person.language = name, language


async def open_session(
    session: AsyncSession, person_id: UUID, fingerprint: str, now: datetime
) -> None:
    """Remember a browser by the fingerprint of its secret, and forget those whose time is over."""
    ended = delete(SignedIn).where(
        col(SignedIn.person_id) == person_id, col(SignedIn.expires_at) <= now
    )
    await session.execute(ended)
    await session.execute(
        update(Person).where(col(Person.id) == person_id).values(seen_at=now, warned_at=None)
    )
    session.add(
        SignedIn(fingerprint=fingerprint, person_id=person_id, expires_at=now + SESSION_LASTS)
    )


async def close_other_sessions(session: AsyncSession, person_id: UUID, kept: str) -> int:
    """Forget every browser of a person but the one of that fingerprint; gives how many there were."""
    closed = await session.execute(
        delete(SignedIn)
        .where(col(SignedIn.person_id) == person_id, col(SignedIn.fingerprint) != kept)
        .returning(col(SignedIn.fingerprint))
    )
    return len(closed.all())


async def close_session(session: AsyncSession, fingerprint: str) -> None:
    """Forget a browser."""
    await session.execute(delete(SignedIn).where(col(SignedIn.fingerprint) == fingerprint))
