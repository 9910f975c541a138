"""Which version of the charter the adherences of today keep."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.charters import CHARTER
from storage.reads.charter.organiser.alike import LIVE
from storage.tables.charter import Adherence


async def kept_by(session: AsyncSession) -> Mapping[UUID, int]:
    """How many adherences that have not ended keep each version."""
    rows = await session.execute(
        select(col(Adherence.charter_id), func.count())
        .where(col(Adherence.charter_code) == CHARTER, col(Adherence.state).in_(LIVE))
        .group_by(col(Adherence.charter_id))
    )
    return {version: count for version, count in rows}  # noqa: C416  (rows are not pairs)
