"""How many people an act on a whole cycle would write to."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from storage.acts.crowd import everyone_in


async def people_concerned(session: AsyncSession, cycle_id: UUID) -> int:
    """How many people the cancellation of a cycle would write to, each once."""
    return len(await everyone_in(session, cycle_id))
