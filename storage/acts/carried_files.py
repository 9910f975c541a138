"""Files of a territory that had too few: they enter the final as they are, « hors territoire »."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.editions import takes_late_laureates
from domain.final_files import Entry
from domain.phases import Phase
from storage.acts.final_files import GoingUp, send_up
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Regrouping

CARRIED = "carried"


async def carry_up(
    session: AsyncSession, cycle: Cycle, final: Cycle, at: datetime
) -> frozenset[str]:
    """Send up the admitted files of every category that was carried; gives those categories."""
    rows = await session.scalars(
        select(col(Regrouping.category)).where(
            col(Regrouping.cycle_id) == cycle.id, col(Regrouping.kind) == CARRIED
        )
    )
    categories = frozenset(rows)
    if categories and takes_late_laureates(Phase(final.phase)):
        files = await session.scalars(
            select(Application)
            .where(
                col(Application.cycle_id) == cycle.id,
                col(Application.category).in_(categories),
                col(Application.status) == Status.ADMITTED,
            )
            .order_by(col(Application.id))
        )
        for file in files.all():
            await send_up(session, GoingUp(file, final, Entry.CARRIED, at))
    return categories
