"""Accounts, and the doors by which people come in, that were kept long enough."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Date, Select, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.retention import USUAL, WARNING, Kept, over_since
from storage.acts.erasing import erase
from storage.acts.holding import holds_on
from storage.ledger import Intent, plan
from storage.tables.people import LoginLink, Person, SignedIn

A_DAY = timedelta(days=1)
ENDING = "account_ending"


async def entrances_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """The people some of whose links and sessions ended more than a day ago."""
    people = select(col(LoginLink.person_id)).where(col(LoginLink.expires_at) < now - A_DAY)
    people = people.union(
        select(col(SignedIn.person_id)).where(col(SignedIn.expires_at) < now - A_DAY)
    )
    return (await session.scalars(people.limit(limit))).all()


async def close_entrances(
    session: AsyncSession, ids: Sequence[UUID], now: datetime
) -> Sequence[UUID]:
    """Forget those links and sessions."""
    for table in (LoginLink, SignedIn):
        await session.execute(
            delete(table).where(col(table.person_id).in_(ids), col(table.expires_at) < now - A_DAY)
        )
    return ()


async def warnings_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Accounts that end in a month unless their owner comes back, and that nobody counts on."""
    query = _silent(now + WARNING).where(col(Person.warned_at).is_(None))
    return await _free(session, (await session.scalars(query)).all(), limit)


async def warn(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Sequence[UUID]:
    """Tell them, with the day and what to do to keep the account: come in."""
    ends_at = (now + WARNING).isoformat()
    await session.execute(update(Person).where(col(Person.id).in_(ids)).values(warned_at=now))
    await plan(
        session,
        [
            Intent(
                f"{ENDING}:{each}:{now.date()}",
                ENDING,
                f"person:{each}",
                each,
                {"link": "/mon-espace", "ends_at": ends_at, "zone": "Europe/Paris"},
            )
            for each in ids
        ],
    )
    return ()


async def accounts_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Accounts without a sign of life that were warned a month ago, and that nobody counts on."""
    query = _silent(now).where(col(Person.warned_at) <= now - WARNING)
    return await _free(session, (await session.scalars(query)).all(), limit)


async def erase_accounts(
    session: AsyncSession, ids: Sequence[UUID], _now: datetime
) -> Sequence[UUID]:
    """Erase each, as if they had asked."""
    for each in ids:
        await erase(session, each)
    return ()


def _silent(now: datetime) -> Select[UUID]:
    return (
        select(col(Person.id))
        .where(
            col(Person.erased_at).is_(None),
            cast(func.timezone("UTC", col(Person.seen_at)), Date)
            <= over_since(USUAL.accounts_after_last_action, now),
        )
        .order_by(col(Person.id))
    )


async def _free(session: AsyncSession, people: Sequence[UUID], limit: int) -> list[UUID]:
    free: list[UUID] = []
    for each in people:
        if len(free) == limit:
            break
        if not await holds_on(session, each):
            free.append(each)
    return free


PEOPLE = {
    Kept.ENTRANCES: (entrances_due, close_entrances),
    Kept.WARNINGS: (warnings_due, warn),
    Kept.ACCOUNTS: (accounts_due, erase_accounts),
}
