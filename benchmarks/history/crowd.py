"""A cycle with many applications that are under way: rows by statement, workflows by the engine."""

import asyncio
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col

from benchmarks.history.driver import Driver
from benchmarks.history.jury import seat_a_jury
from benchmarks.history.life import Weight, weight_of
from benchmarks.stage import Stage
from benchmarks.world import a_cycle, an_edition, an_open_calendar
from domain.applications import Status
from domain.phases import Phase
from domain.wire.application import RunApplication
from storage.identity import person_called
from storage.tables.applications import Application
from storage.tables.cycles import Cycle

AT_ONCE = 25

# One draft in ten; the others are admitted, so that they live until the palmarès.
APPLICATIONS = text("""
    insert into application (id, cycle_id, siret, siren, company, category, title, entry, status, version,
                             answers)
    select gen_random_uuid(), :cycle, lpad(n::text, 14, '0'), lpad(n::text, 9, '0'),
           'Entreprise ' || n, (array['CLA', 'PAR', 'QUA', 'INN', 'COL'])[1 + n % 5], 'Action ' || n, 'applied',
           case when n % 10 = 0 then 'draft' else 'admitted' end, 1, '{}'
    from generate_series(1, :count) as n
""")


async def a_whole_cycle(stage: Stage, size: int) -> Weight:
    """Carry a cycle of so many applications to its end, and weigh its history."""
    async with stage.database.transaction() as session:
        organiser = await person_called(session, "organisation@exemple.fr")
        edition = await an_edition(session, f"taille-{size}")
        cycle = await a_cycle(session, edition, "REG-84", an_open_calendar())
        await session.execute(APPLICATIONS, {"cycle": cycle.id, "count": size})
        await seat_a_jury(session, cycle)
    driver = Driver(stage, await stage.temporal(), cycle, organiser.id)
    await driver.open()
    await _follow_all(driver, cycle)
    await driver.end(Phase.OPEN, Phase.SCREENING)
    await driver.end(Phase.SCREENING, Phase.EVALUATION)
    await driver.end(Phase.EVALUATION, Phase.DELIBERATION)
    await driver.decide_and_sign()
    await driver.end(Phase.DECIDED, Phase.PUBLISHED)
    await driver.end(Phase.PUBLISHED, Phase.CLOSED)
    return await weight_of(driver.handle)


async def _follow_all(driver: Driver, cycle: Cycle) -> None:
    async with driver.stage.database.transaction() as session:
        rows = await session.execute(
            select(col(Application.id), col(Application.status)).where(
                col(Application.cycle_id) == cycle.id
            )
        )
    turn = asyncio.Semaphore(AT_ONCE)

    async def follow(application: UUID, status: str) -> None:
        run = RunApplication(str(application), str(cycle.id), driver.calendar, Status(status))
        async with turn:
            await driver.engine.run_application(run)

    await asyncio.gather(*(follow(application, status) for application, status in rows.all()))
