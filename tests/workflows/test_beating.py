"""A long transaction says that its worker lives."""

import asyncio

from sqlalchemy import select
from sqlmodel import col
from temporalio.testing import ActivityEnvironment

from activities.beating import beating
from activities.cycles import Cycles
from domain.wire.cycle import CycleRef, Told
from storage.database import Database
from storage.tables.cycles import Cycle
from tests.builders import NOON, a_cycle


async def test_a_block_that_lasts_beats_until_it_ends() -> None:
    beats: list[object] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *_: beats.append("beat")

    async def work() -> int:
        async with beating(every=0.01):
            await asyncio.sleep(0.1)
        counted = len(beats)
        await asyncio.sleep(0.05)
        return counted

    counted = await environment.run(work)

    assert counted >= 3
    assert len(beats) == counted


async def test_a_deal_that_waits_for_a_row_beats_meanwhile(database: Database) -> None:
    beats: list[object] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *_: beats.append("beat")
    async with database.transaction() as session:
        cycle = await a_cycle(session, template="sample-small")

    async with database.transaction() as session:
        held = select(col(Cycle.id)).where(col(Cycle.id) == cycle.id).with_for_update()
        assert await session.scalar(held) == cycle.id
        dealing = asyncio.create_task(
            environment.run(Cycles(database).deal, CycleRef(str(cycle.id), NOON))
        )
        await asyncio.sleep(0.2)
        meanwhile = len(beats)

    assert meanwhile >= 1
    assert await dealing == Told(0)
