"""People, their sessions and the links by which they come in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.people import Organiser, Person, SignedIn

SESSION_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Known:
    """A person, with the cycles that they organise; None among them means every cycle."""

    person_id: UUID
    email: str
    name: str
    language: str
    organises: frozenset[UUID | None]


async def person_of_session(session: AsyncSession, fingerprint: str, now: datetime) -> Known | None:
    """The person of a session that still runs."""
    runs = (
        select(col(SignedIn.person_id))
        .where(col(SignedIn.fingerprint) == fingerprint, col(SignedIn.expires_at) > now)
        .scalar_subquery()
    )
    return await known_person(session, col(Person.id) == runs)


async def known_person(session: AsyncSession, who: ColumnElement[bool]) -> Known | None:
    """A person and their rights, in one query."""
    organises = (
        select(func.array_agg(col(Organiser.cycle_id)))
        .where(col(Organiser.person_id) == col(Person.id))
        .scalar_subquery()
    )
    row = (await session.execute(select(Person, organises).where(who))).one_or_none()
    if row is None:
        return None
    person, cycles = row
    return Known(person.id, person.email, person.name, person.language, frozenset(cycles or ()))


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


async def know_better(
    session: AsyncSession, person_id: UUID, *, name: str = "", language: str = ""
) -> None:
    """Write down the name of a person who had none, and the language that they chose."""
    person = await session.get_one(Person, person_id)
    person.name = person.name or name
    person.language = language or person.language


async def open_session(
    session: AsyncSession, person_id: UUID, fingerprint: str, now: datetime
) -> None:
    """Remember a browser by the fingerprint of its secret, and forget those whose time is over."""
    ended = delete(SignedIn).where(
        col(SignedIn.person_id) == person_id, col(SignedIn.expires_at) <= now
    )
    await session.execute(ended)
    session.add(
        SignedIn(fingerprint=fingerprint, person_id=person_id, expires_at=now + SESSION_LASTS)
    )


async def close_session(session: AsyncSession, fingerprint: str) -> None:
    """Forget a browser."""
    await session.execute(delete(SignedIn).where(col(SignedIn.fingerprint) == fingerprint))
