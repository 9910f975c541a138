"""A place in the final, declined by one company and taken by the next: what recordings look at."""

import asyncio
from datetime import UTC, datetime

from temporalio.client import Client

from domain.promotion import PromotionAct
from domain.wire import names
from domain.wire.promotion import AskOfPromotion, BeginPromotions
from storage.acts import promotions
from storage.acts.promotion_starts import run_of
from storage.database import Database
from tests.storage.promoting import CATEGORY, REASON, a_decided_territory
from tests.workflows.builders import written
from workflows.promotion import PromotionWorkflow


async def play_promotion(client: Client, database: Database) -> str:
    """The laureate declines, the next in rank confirms; gives the id of the workflow."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70", at=now, year=2031)
        await promotions.begin(session, BeginPromotions(str(territory.cycle.id), now))
        promotion = await territory.promotion(session)
    workflow_id = names.promotion_id(str(territory.cycle.id), CATEGORY)
    handle = await client.start_workflow(
        PromotionWorkflow.run, run_of(promotion), id=workflow_id, task_queue=names.CYCLES
    )
    for place, act in enumerate((PromotionAct.DECLINE, PromotionAct.CONFIRM)):
        async with asyncio.timeout(20):
            while len((await handle.query(PromotionWorkflow.state)).offers) <= place:  # noqa: ASYNC110  (a query tells, no event does)
                await asyncio.sleep(0.1)
        offer = (await handle.query(PromotionWorkflow.state)).offers[place]
        asked = await written(
            database,
            kind=act,
            subject=names.promotion_subject(str(promotion.id)),
            by=territory.owners[place],
            arrived_at=datetime.now(UTC),
            payload={"offer": offer.offer, "reason": REASON},
        )
        await handle.execute_update(
            PromotionWorkflow.act,
            AskOfPromotion(act, asked.request, asked.arrived_at),
            id=asked.request,
        )
    await handle.result()
    return workflow_id
