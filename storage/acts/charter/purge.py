"""Erasing what a company gave up: the line of audit stays, the words and the people go."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.states import State
from storage.tables.charter import Adherence, AdherenceMember


async def purge(session: AsyncSession, adherence_id: UUID) -> None:
    """Empty an entry file that is still given up; twice is harmless."""
    found = await session.execute(
        select(Adherence).where(
            col(Adherence.id) == adherence_id, col(Adherence.state) == State.ABANDONED
        )
    )
    adherence = found.scalar_one_or_none()
    if adherence is None:
        return
    adherence.entry, adherence.self_diagnosis, adherence.registry_facts = {}, {}, None
    await session.execute(
        delete(AdherenceMember).where(col(AdherenceMember.adherence_id) == adherence_id)
    )
