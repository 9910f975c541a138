"""The names of cycles, as letters say them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.cycle_names import CycleName, called
from storage.tables.cycles import Cycle, Edition


async def names_of(session: AsyncSession, cycles: Collection[UUID]) -> Mapping[UUID, CycleName]:
    """How each of these cycles is called, by its id."""
    if not cycles:
        return {}
    rows = await session.execute(
        select(
            col(Cycle.id),
            col(Edition.name),
            col(Edition.year),
            col(Cycle.name),
            col(Cycle.territory),
        )
        .join(Edition, col(Edition.id) == col(Cycle.edition_id))
        .where(col(Cycle.id).in_(cycles))
    )
    return {
        cycle: called(edition, year, place, where) for cycle, edition, year, place, where in rows
    }
