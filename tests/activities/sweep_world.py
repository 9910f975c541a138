"""What was asked while the engine was away: rows of two minutes ago, and nothing behind them."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.testing import ActivityEnvironment

from activities.engine import Engine
from activities.sweeping import Sweeping
from api.temporal_client import client_for
from domain.phases import Phase
from domain.wire.asked import Asked
from domain.wire.sweep import Swept
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.records import Request
from tests.builders import a_cycle, a_person, an_application
from tests.workflows.builders import SAMPLE, SENT, from_now, written

LONG_AGO = timedelta(minutes=2)


async def nowhere(configured: Settings) -> Engine:
    """An engine that is away."""
    away = configured.model_copy(update={"temporal_address": "127.0.0.1:1"})
    return Engine(await client_for(away))


async def swept(sweeping: Sweeping, last: Swept | None = None) -> Swept:
    """One sweep, as its workflow has it done."""
    return await ActivityEnvironment().run(sweeping.sweep, last or Swept())


async def a_draft(database: Database) -> tuple[Application, Person]:
    """A complete draft of somebody, whose workflow nobody started."""
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=Phase.OPEN, calendar=from_now())
        person = await a_person(session, "zoe@exemple.fr")
        row = await an_application(
            session, cycle, category="EQUIPE", siret=SENT["siret"], answers=dict(SENT), by=person.id
        )
        row.created_at = datetime.now(UTC) - LONG_AGO
    return row, person


async def asks(
    database: Database,
    kind: str,
    subject: str,
    by: UUID,
    payload: Mapping[str, object] | None = None,
) -> Asked:
    """A request that arrived a minute ago, which is long enough to be swept, and was not."""
    return await written(
        database,
        kind=kind,
        subject=subject,
        by=by,
        arrived_at=datetime.now(UTC) - LONG_AGO / 2,
        payload=dict(payload or {}),
    )


async def outcome(database: Database, asked: Asked) -> tuple[bool, str]:
    """Whether the request is settled, and the sentence by which it was refused."""
    async with database.transaction() as session:
        row = await session.get_one(Request, UUID(asked.request))
    return row.settled, row.refusal["sentence"] if row.refusal else ""


async def letters(database: Database) -> dict[str, str]:
    """The states of the letters by their key."""
    async with database.transaction() as session:
        rows = await session.execute(select(col(Letter.key), col(Letter.state)))
        return {row.key: row.state for row in rows}


async def is_running(client: Client, workflow: str) -> bool:
    """Whether that workflow runs."""
    described = await client.get_workflow_handle(workflow).describe()
    return described.status is WorkflowExecutionStatus.RUNNING


async def until_it_is(database: Database, cycle_id: UUID, phase: Phase) -> None:
    """Wait for a cycle to come to that phase."""
    async with asyncio.timeout(20):
        while True:
            async with database.transaction() as session:
                if (await session.get_one(Cycle, cycle_id)).phase == phase:
                    return
            await asyncio.sleep(0.05)


async def events(client: Client, workflow: str) -> int:
    """How long the history of that workflow is."""
    return len((await client.get_workflow_handle(workflow).fetch_history()).events)
