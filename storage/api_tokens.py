"""Keys of programs: named, expiring, known by their fingerprint only."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.identity import Known, known_person, person_called
from storage.tables.people import ApiToken, Organiser, Person

TOKEN_LASTS = timedelta(days=365)
DEVELOPMENT_PERSON = "api@trophees.example"


async def keep_token(
    session: AsyncSession, fingerprint: str, name: str, person_id: UUID, now: datetime
) -> None:
    """Remember a program by the fingerprint of its key."""
    session.add(
        ApiToken(
            fingerprint=fingerprint, name=name, person_id=person_id, expires_at=now + TOKEN_LASTS
        )
    )
    await session.flush()


async def person_of_token(session: AsyncSession, fingerprint: str, now: datetime) -> Known | None:
    """The person in whose name a program asks, while its key holds."""
    holds = (
        select(col(ApiToken.person_id))
        .where(col(ApiToken.fingerprint) == fingerprint, col(ApiToken.expires_at) > now)
        .scalar_subquery()
    )
    return await known_person(session, col(Person.id) == holds)


async def person_of_development(session: AsyncSession) -> Known:
    """The person behind the key of an installation in development, who organises everything."""
    known = await known_person(session, col(Person.email) == DEVELOPMENT_PERSON)
    if known is not None and None in known.organises:
        return known
    person = await person_called(session, DEVELOPMENT_PERSON, name="API")
    await session.execute(
        insert(Organiser).values(person_id=person.id, cycle_id=None).on_conflict_do_nothing()
    )
    return Known(person.id, person.email, person.name, person.language, frozenset({None}))
