"""Applications under way in every territory: rows by one statement, workflows by the engine."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col

from benchmarks.history.jury import seat_a_jury
from benchmarks.stage import Stage
from domain.applications import Status
from domain.wire.application import RunApplication
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.templates import calendar_in

AT_ONCE = 40

# One draft in ten, which lapses at the closing; the others are admitted and live until the palmarès.
APPLICATIONS = text("""
    insert into application (id, cycle_id, siret, siren, company, category, title, entry, status, version,
                             answers)
    select gen_random_uuid(), (cast(:cycles as uuid[]))[1 + n % :territories], lpad(n::text, 14, '0'),
           lpad(n::text, 9, '0'), 'Entreprise ' || n,
           (array['CLA', 'PAR', 'QUA', 'INN', 'COL'])[1 + n / :territories % 5], 'Action ' || n, 'applied',
           case when n % 10 = 0 then 'draft' else 'admitted' end, 1, '{}'
    from generate_series(1, :count) as n
""")


async def fill(stage: Stage, cycles: Sequence[Cycle], count: int) -> None:
    """Spread so many applications over these cycles, give each cycle a jury, and follow them all."""
    async with stage.database.transaction() as session:
        await session.execute(
            APPLICATIONS,
            {
                "cycles": [str(each.id) for each in cycles],
                "territories": len(cycles),
                "count": count,
            },
        )
        for each in cycles:
            await seat_a_jury(session, each)
    await _follow(stage, {each.id: each for each in cycles})


async def seat(stage: Stage, cycle: Cycle) -> None:
    """Give the final a jury of its own."""
    async with stage.database.transaction() as session:
        await seat_a_jury(session, cycle)


async def _follow(stage: Stage, cycles: dict[UUID, Cycle]) -> None:
    async with stage.database.transaction() as session:
        rows = await session.execute(
            select(col(Application.id), col(Application.cycle_id), col(Application.status)).where(
                col(Application.cycle_id).in_(cycles)
            )
        )
    engine, turn = await stage.engine(), asyncio.Semaphore(AT_ONCE)

    async def follow(application: UUID, cycle: UUID, status: str) -> None:
        dates = calendar_in(cycles[cycle])
        run = RunApplication(str(application), str(cycle), dates, Status(status))
        async with turn:
            await engine.run_application(run)

    await asyncio.gather(*(follow(*row) for row in rows.all()))
