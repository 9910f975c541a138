"""Files of a territory that had too few: they enter the final as they are, « hors territoire »."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.applications import Status
from domain.editions import takes_late_laureates
from domain.final_files import Entry
from domain.phases import Phase
from domain.regrouping import RegroupKind
from storage.acts.final_files import GoingUp, send_up
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Regrouping


async def carry_up(
    session: AsyncSession, cycle: Cycle, final: Cycle, at: datetime
) -> frozenset[str]:
    """Send up the admitted files that no territory judges; gives the categories that were carried."""
    rows = await session.scalars(
        select(col(Regrouping.category)).where(
            col(Regrouping.cycle_id) == cycle.id, col(Regrouping.kind) == RegroupKind.CARRIED
        )
    )
    if takes_late_laureates(Phase(final.phase)):
        for file in await _judged_by_nobody(session, cycle):
            await send_up(session, GoingUp(file, final, Entry.CARRIED, at))
    return frozenset(rows)


async def _judged_by_nobody(session: AsyncSession, cycle: Cycle) -> Sequence[Application]:
    """Files of carried categories, and those that came too late for the neighbour of theirs."""
    taken = aliased(Application)
    went_to_the_neighbour = (
        select(col(taken.id))
        .where(
            col(taken.origin_id) == col(Application.id),
            col(taken.cycle_id) == col(Regrouping.into_cycle_id),
        )
        .exists()
    )
    rows = await session.scalars(
        select(Application)
        .join(
            Regrouping,
            (col(Regrouping.cycle_id) == col(Application.cycle_id))
            & (col(Regrouping.category) == col(Application.category)),
        )
        .where(
            col(Application.cycle_id) == cycle.id,
            col(Application.status) == Status.ADMITTED,
            (col(Regrouping.kind) == RegroupKind.CARRIED) | ~went_to_the_neighbour,
        )
        .order_by(col(Application.id))
    )
    return rows.all()
