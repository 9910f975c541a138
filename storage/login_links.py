"""Links by which people come in: for one use, for a short time, and not too many."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.identity import person_called
from storage.tables.people import LoginLink, Person

LINK_LASTS = timedelta(minutes=15)
LINKS_PER_ADDRESS = 5
NEW_ADDRESSES_PER_MINUTE = 60
# One key for all: links are asked seldom, and a count must not race with another process.
_TAKE_TURNS = text("select pg_advisory_xact_lock(7345202)")


class LinkState(StrEnum):
    """What a link is worth."""

    GOOD = "good"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LinkWanted:
    """Somebody wants to come in, towards a page, and reads this language."""

    address: str
    next_path: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link, and whom it is for."""

    state: LinkState
    person_id: UUID | None = None
    email: str = ""
    name: str = ""
    next_path: str = "/"


async def ask_for_link(
    session: AsyncSession, wanted: LinkWanted, now: datetime
) -> LoginLink | None:
    """A new link for that address, or none when too many were asked lately."""
    await session.execute(_TAKE_TURNS)
    if await _were_too_many_asked(session, wanted.address, now):
        return None
    return await new_link(session, wanted, now)


async def new_link(session: AsyncSession, wanted: LinkWanted, now: datetime) -> LoginLink:
    """A new link for that address, whoever asks."""
    person = await person_called(session, wanted.address, language=wanted.language)
    await _forget_old_links(session, person, now)
    link = LoginLink(person_id=person.id, next_path=wanted.next_path, expires_at=now + LINK_LASTS)
    session.add(link)
    await session.flush()
    return link


async def look_at_link(session: AsyncSession, link_id: UUID | None, now: datetime) -> KnownLink:
    """What a link is worth, without using it: scanners of mail open links too."""
    row = (
        await session.execute(
            select(LoginLink, Person)
            .join(Person, col(Person.id) == col(LoginLink.person_id))
            .where(col(LoginLink.id) == link_id)
        )
    ).one_or_none()
    if row is None:
        return KnownLink(LinkState.UNKNOWN)
    link, person = row
    state = LinkState.GOOD if link.expires_at > now else LinkState.EXPIRED
    if link.used_at is not None:
        state = LinkState.USED
    return KnownLink(state, person.id, person.email, person.name, link.next_path)


async def use_link(session: AsyncSession, link_id: UUID, now: datetime) -> UUID | None:
    """The person of a link that was still good, and no longer is."""
    used = await session.execute(
        update(LoginLink)
        .where(
            col(LoginLink.id) == link_id,
            col(LoginLink.used_at).is_(None),
            col(LoginLink.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(LoginLink.person_id))
    )
    return used.scalar_one_or_none()


async def _forget_old_links(session: AsyncSession, person: Person, now: datetime) -> None:
    """Keep a link for a day after its end, to say that it was used or too old, and no longer."""
    old = delete(LoginLink).where(
        col(LoginLink.person_id) == person.id,
        col(LoginLink.expires_at) < now - timedelta(days=1),
    )
    await session.execute(old)


async def _were_too_many_asked(session: AsyncSession, address: str, now: datetime) -> bool:
    """Count by expiry, which the page's clock wrote: a link lasts as long as it counts."""
    asked = select(func.count(col(LoginLink.id))).join(
        Person, col(Person.id) == col(LoginLink.person_id)
    )
    by_address = asked.where(col(Person.email) == address, col(LoginLink.expires_at) > now)
    if (await session.execute(by_address)).scalar_one() >= LINKS_PER_ADDRESS:
        return True
    a_minute = timedelta(minutes=1)
    by_strangers = asked.where(
        col(LoginLink.expires_at) > now + LINK_LASTS - a_minute,
        col(Person.created_at) > col(LoginLink.created_at) - a_minute,
    )
    if (await session.execute(by_strangers)).scalar_one() < NEW_ADDRESSES_PER_MINUTE:
        return False
    # A flood of unknown addresses does not keep out those whom we know.
    known = select(col(Person.id)).where(col(Person.email) == address)
    return (await session.execute(known)).scalar_one_or_none() is None
