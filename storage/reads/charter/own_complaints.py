"""The complaints about a reader's own companies: nothing of them is shown to that reader as organiser."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.wire import names
from storage.tables.charter import AdherenceMember, Alert


async def subjects_of_own(session: AsyncSession, reader: UUID) -> frozenset[str]:
    """Under which names the journal and the ledger know them; most readers have none."""
    found = await session.scalars(
        select(col(Alert.id))
        .join(AdherenceMember, col(AdherenceMember.adherence_id) == col(Alert.adherence_id))
        .where(col(AdherenceMember.person_id) == reader)
    )
    return frozenset(names.alert_id(str(each)) for each in found)
