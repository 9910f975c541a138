"""A mistake of ours surfaces at once, without anybody's words, and what met it is done once it is mended."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from temporalio.client import Client

from activities.engine import Engine
from activities.sweeping import Sweeping
from domain.applications import Act
from domain.refusals import Faulted
from domain.wire.application import AskOfApplication, RunApplication
from domain.wire.asked import Asked
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.people import Person
from storage.tables.records import Request
from tests.activities.sweep_world import a_draft, asks, events, outcome, swept
from tests.workflows.builders import from_now, journal

WORDS = "Zoé Candidate"


@dataclass
class Broken:
    """An application under way, in a cycle whose dates cannot be read."""

    row: Application
    person: Person
    engine: Engine
    database: Database
    dates: Mapping[str, Any]

    async def sends(self) -> Asked:
        """Send the application, which no page could help to fail."""
        asked = await asks(self.database, Act.SUBMIT, f"application:{self.row.id}", self.person.id)
        await self.engine.ask_application(
            str(self.row.id), AskOfApplication(Act.SUBMIT, asked.request, asked.arrived_at)
        )
        return asked

    async def the_request(self) -> Asked:
        """What was asked."""
        async with self.database.transaction() as session:
            request = (await session.execute(text("select id, arrived_at from request"))).one()
        return Asked(str(request.id), request.arrived_at)

    async def dated(self, dates: Mapping[str, Any]) -> None:
        """Write other dates."""
        async with self.database.transaction() as session:
            (await session.get_one(Cycle, self.row.cycle_id)).calendar = dict(dates)

    async def waits(self, period: timedelta) -> None:
        """Let the request grow older."""
        async with self.database.transaction() as session:
            [request] = await session.scalars(text("select id from request"))
            row = await session.get_one(Request, UUID(str(request)))
            row.arrived_at -= period


@pytest.fixture
async def broken(
    temporal_client: Client,
    database: Database,
    at_work: None,  # noqa: ARG001  (somebody is at work)
) -> Broken:
    row, person = await a_draft(database)
    engine = Engine(temporal_client, database)
    await engine.run_application(RunApplication(str(row.id), str(row.cycle_id), from_now()))
    async with database.transaction() as session:
        dates = (await session.get_one(Cycle, row.cycle_id)).calendar
    broken = Broken(row, person, engine, database, dates)
    await broken.dated(dates | {"closes_at": WORDS})
    return broken


async def test_a_mistake_of_ours_is_said_at_once_and_logged_without_anybody_s_words(
    broken: Broken, temporal_client: Client
) -> None:
    with capture_logs() as logs, pytest.raises(Faulted):
        async with asyncio.timeout(10):
            await broken.sends()

    handle = temporal_client.get_workflow_handle(f"application:{broken.row.id}")
    history = (await handle.fetch_history()).to_json()
    failed = [each for each in logs if each["event"] == "activity_failed"]
    assert [(each["log_level"], each["kind"], each["activity"]) for each in failed] == [
        ("error", "ValidationError", "settle_application")
    ]
    assert WORDS not in history
    assert WORDS not in str(logs)


async def test_once_it_is_mended_the_request_is_settled_by_a_sweep(
    broken: Broken, database: Database
) -> None:
    with pytest.raises(Faulted):
        await broken.sends()
    await broken.dated(broken.dates)

    await swept(Sweeping(database, broken.engine))

    assert await outcome(database, await broken.the_request()) == (True, "")
    assert await journal(database, f"application:{broken.row.id}") == [
        ("submit", "draft", "submitted")
    ]


async def test_while_it_lasts_it_is_tried_each_time_that_its_age_has_doubled_and_no_more(
    broken: Broken, database: Database, temporal_client: Client
) -> None:
    sweeping = Sweeping(database, broken.engine)
    workflow = f"application:{broken.row.id}"
    with pytest.raises(Faulted):
        await broken.sends()
    lengths: list[int] = []
    for aged in (timedelta(), timedelta(), timedelta(minutes=10), timedelta(minutes=1)):
        await broken.waits(aged)
        before = await events(temporal_client, workflow)
        await swept(sweeping)
        lengths.append(await events(temporal_client, workflow) - before)

    assert [added > 0 for added in lengths] == [True, False, True, False]
    assert await outcome(database, await broken.the_request()) == (False, "")


async def test_a_database_that_is_busy_for_a_moment_is_waited_for(
    broken: Broken, database: Database
) -> None:
    await broken.dated(broken.dates)
    async with database.transaction() as session:
        await session.execute(text("lock table application in access exclusive mode"))
        sending = asyncio.create_task(broken.sends())
        await asyncio.sleep(1)

    asked = await sending

    assert await outcome(database, asked) == (True, "")
