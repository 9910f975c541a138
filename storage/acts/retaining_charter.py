"""Files of the charter and authors of complaints that were kept long enough."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Date, Text, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.states import ENDED
from domain.retention import CHARTER_FILES, COMPLAINT_AUTHORS, Kept, over_since
from storage.tables.charter import (
    Adherence,
    AdherenceMember,
    Alert,
    Engagement,
    Evidence,
    Report,
)
from storage.tables.charter_roles import RoleChange


async def authors_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Complaints closed long enough ago whose author is still known."""
    rows = await session.scalars(
        select(col(Alert.id))
        .where(
            col(Alert.author_id).is_not(None),
            cast(func.timezone("UTC", col(Alert.closed_at)), Date)
            <= over_since(COMPLAINT_AUTHORS, now),
        )
        .limit(limit)
    )
    return rows.all()


async def forget_authors(
    session: AsyncSession, ids: Sequence[UUID], _now: datetime
) -> Sequence[UUID]:
    """Nothing says any more who wrote a complaint."""
    await session.execute(update(Alert).where(col(Alert.id).in_(ids)).values(author_id=None))
    return ()


async def adherences_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Adherences that ended long enough ago and still hold what their company wrote."""
    rows = await session.scalars(
        select(col(Adherence.id))
        .where(
            col(Adherence.state).in_(ENDED),
            cast(func.timezone("UTC", col(Adherence.since)), Date)
            <= over_since(CHARTER_FILES, now),
            cast(col(Adherence.entry), Text) != "{}",
        )
        .limit(limit)
    )
    return rows.all()


async def empty_adherences(
    session: AsyncSession, ids: Sequence[UUID], now: datetime
) -> Sequence[UUID]:
    """What the company wrote and joined goes; that it adhered, and from when to when, stays."""
    of_these = col(Evidence.adherence_id).in_(ids)
    evidence = await session.scalars(select(col(Evidence.id)).where(of_these))
    freed = evidence.all()
    await session.execute(
        update(Evidence)
        .where(of_these)
        .values(name="", removed_at=func.coalesce(col(Evidence.removed_at), now))
    )
    for table in (AdherenceMember, RoleChange):
        await session.execute(delete(table).where(col(table.adherence_id).in_(ids)))
    await session.execute(
        update(Report).where(col(Report.adherence_id).in_(ids)).values(answers={}, sent=None)
    )
    await session.execute(
        update(Engagement).where(col(Engagement.adherence_id).in_(ids)).values(entry={})
    )
    await session.execute(
        update(Adherence)
        .where(col(Adherence.id).in_(ids))
        .values(entry={}, self_diagnosis={}, registry_facts=None, next_head=None)
    )
    return freed


CHARTER = {
    Kept.COMPLAINT_AUTHORS: (authors_due, forget_authors),
    Kept.CHARTER_FILES: (adherences_due, empty_adherences),
}
