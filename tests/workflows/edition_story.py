"""The small edition whose history is recorded: two territories, a final begun by a decision."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from temporalio.client import Client, WorkflowHandle

from domain.editions import EditionAct, EditionPhase
from domain.phases import Phase
from domain.wire import names
from domain.wire.edition import (
    AskOfEdition,
    EditionState,
    PromotionSettled,
    RunEdition,
    TerritoryMoved,
)
from storage.acts.edition_opening import cycles_of, prepare_edition
from storage.database import Database
from storage.edition_plans import LedEdition, keep, led, wire_plan
from storage.editions import MAIN, shipped_template
from storage.requests import write_request
from storage.tables.cycles import Edition
from tests.builders import an_organiser
from tests.workflows.editions import DAY, a_frame
from workflows.edition import EditionWorkflow
from workflows.preparing import PrepareEditionWorkflow

PLACES = ("REG-53", "REG-52")


@dataclass
class EditionStory:
    """The ids of the workflows that were played."""

    edition: str
    preparation: str


async def play_edition(client: Client, database: Database) -> EditionStory:
    """Confirm an edition, hear a territory, begin its final and end it; workers must be running."""
    shipped = shipped_template(MAIN)
    assert shipped is not None
    frame = a_frame(datetime.now(UTC) + 10 * DAY)
    async with database.transaction() as session:
        row = await prepare_edition(session, shipped.document, 2041, code="petite-2041")
        every = {each.code: each for each in led(row).territories}
        territories = tuple(every[place] for place in PLACES)
        keep(row, LedEdition(territories, frame, 2, frame.national.opens_at))
        organiser = await an_organiser(session, None, "nationale@quetzal.exemple.fr")
        await session.flush()
        plan = await wire_plan(session, row)
    handle = await client.start_workflow(
        EditionWorkflow.run,
        RunEdition(str(row.id), plan),
        id=names.edition_id(row.code),
        task_queue=names.CYCLES,
    )

    async def ask(act: EditionAct, **payload: object) -> None:
        async with database.transaction() as session:
            asked = await write_request(
                session,
                request_id=uuid4(),
                kind=act,
                subject=f"edition:{row.id}",
                by_person=organiser.id,
                payload=payload,
            )
        await handle.execute_update(
            EditionWorkflow.act,
            AskOfEdition(act, asked.request, asked.arrived_at),
            id=asked.request,
        )

    await ask(EditionAct.CONFIRM, seen=led(row).seen)
    async with database.transaction() as session:
        kept = await session.get_one(Edition, row.id)
        cycles = {each.territory: str(each.id) for each in await cycles_of(session, kept)}
    cutoff = (frame.national.opens_at - timedelta(days=1)).isoformat()
    await ask(EditionAct.SET_TERMS, quorum=2, cutoff_at=cutoff, reason="Un jour plus tôt.")
    moved = TerritoryMoved(cycles["REG-53"], Phase.DECIDED)
    await handle.signal(EditionWorkflow.territory_moved, moved)
    settled = PromotionSettled(cycles["REG-53"], "CLA")
    await handle.signal(EditionWorkflow.promotion_settled, settled)
    await ask(EditionAct.BEGIN_FINAL, reason="L'autre territoire a renoncé.")
    await handle.signal(
        EditionWorkflow.territory_moved, TerritoryMoved(cycles["national"], Phase.PUBLISHED)
    )
    await _reaches(handle, EditionPhase.PUBLISHED)
    await handle.signal(
        EditionWorkflow.territory_moved, TerritoryMoved(cycles["national"], Phase.CLOSED)
    )
    await handle.result()
    await client.execute_workflow(
        PrepareEditionWorkflow.run, id=names.PREPARE_EDITION, task_queue=names.CYCLES
    )
    return EditionStory(names.edition_id(row.code), names.PREPARE_EDITION)


async def _reaches(
    handle: WorkflowHandle[EditionWorkflow, EditionState], phase: EditionPhase
) -> None:
    async with asyncio.timeout(30):
        while True:
            if (await handle.query(EditionWorkflow.state)).phase is phase:
                return
            await asyncio.sleep(0.05)
