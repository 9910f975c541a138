"""Keys of programs: named, expiring, narrower than their person if wanted, known by their fingerprint only."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.identity import Known, known_person, person_called
from storage.tables.cycles import Cycle, Edition
from storage.tables.people import ApiToken, Organiser, Person

TOKEN_LASTS = timedelta(days=365)
DEVELOPMENT_PERSON = "api@trophees.example"
# How much of a fingerprint names a key to its operator, and is of no use to anybody else.
REFERENCE = 12


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a key leaves out of what its person may: acts, and every edition but one."""

    reads_only: bool = False
    edition_id: UUID | None = None


WHOLE = Narrowing()


@dataclass(frozen=True, slots=True)
class Program:
    """The person in whose name a program asks, as far as its key opens."""

    known: Known
    reads_only: bool = False


@dataclass(frozen=True, slots=True)
class KnownToken:
    """A key as an operator sees it, by a reference that opens nothing."""

    reference: str
    name: str
    email: str
    created_at: datetime
    expires_at: datetime
    reads_only: bool = False
    edition: str = ""


async def keep_token(  # noqa: PLR0913, PLR0917  (what a key is made of)
    session: AsyncSession,
    fingerprint: str,
    name: str,
    person_id: UUID,
    now: datetime,
    lasts: timedelta = TOKEN_LASTS,
    narrowing: Narrowing = WHOLE,
) -> None:
    """Remember a program by the fingerprint of its key."""
    session.add(
        ApiToken(
            fingerprint=fingerprint,
            name=name,
            person_id=person_id,
            expires_at=now + lasts,
            reads_only=narrowing.reads_only,
            edition_id=narrowing.edition_id,
        )
    )
    await session.flush()


async def organiser_called(session: AsyncSession, email: str) -> Known | None:
    """Somebody of that address who organises at least one cycle: a key opens what its person may."""
    known = await known_person(session, col(Person.email) == email)
    return known if known and known.organises else None


async def tokens(session: AsyncSession) -> list[KnownToken]:
    """Every key, the last issued first; those whose time is over too."""
    rows = await session.execute(
        select(ApiToken, col(Person.email), col(Edition.code))
        .join(Person, col(Person.id) == col(ApiToken.person_id))
        .outerjoin(Edition, col(Edition.id) == col(ApiToken.edition_id))
        .order_by(col(ApiToken.created_at).desc())
    )
    return [_known(token, email, edition) for token, email, edition in rows]


async def revoke_token(session: AsyncSession, reference: str) -> str | None:
    """Forget the key of that reference, and give its name; none when there is no such key."""
    if len(reference) != REFERENCE:
        return None
    revoked = await session.execute(
        delete(ApiToken)
        .where(col(ApiToken.fingerprint).startswith(reference, autoescape=True))
        .returning(col(ApiToken.name))
    )
    return revoked.scalars().first()


async def program_of_token(
    session: AsyncSession, fingerprint: str, now: datetime
) -> Program | None:
    """The person in whose name a program asks, and what of their rights it has, while its key holds."""
    found = await session.execute(
        select(ApiToken).where(
            col(ApiToken.fingerprint) == fingerprint, col(ApiToken.expires_at) > now
        )
    )
    token = found.scalar_one_or_none()
    known = token and await known_person(session, col(Person.id) == token.person_id)
    if token is None or known is None:
        return None
    if token.edition_id is not None:
        known = replace(known, organises=await _within(session, known, token.edition_id))
    return Program(known, token.reads_only)


async def _within(session: AsyncSession, known: Known, edition_id: UUID) -> frozenset[UUID | None]:
    """The cycles of one edition that the person organises: never every cycle, nor one to come."""
    rows = await session.scalars(select(col(Cycle.id)).where(col(Cycle.edition_id) == edition_id))
    cycles: frozenset[UUID | None] = frozenset(rows)
    return cycles if None in known.organises else cycles & known.organises


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


def _known(token: ApiToken, email: str, edition: str | None) -> KnownToken:
    return KnownToken(
        token.fingerprint[:REFERENCE],
        token.name,
        email,
        token.created_at,
        token.expires_at,
        token.reads_only,
        edition or "",
    )
