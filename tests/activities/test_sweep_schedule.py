"""The engine sweeps by itself, and each sweep goes on where the one before it ended."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import (
    Client,
    ScheduleActionExecutionStartWorkflow,
    ScheduleOverlapPolicy,
)
from temporalio.service import RPCError

from activities.sweep_schedule import keep_the_sweep
from domain.applications import Act
from domain.wire import names
from domain.wire.sweep import Swept
from settings import Settings
from storage.database import Database
from tests.activities.sweep_world import a_draft, asks, outcome
from tests.workflows.builders import journal
from tests.workflows.postbox import Postbox
from tests.workflows.test_killed_worker import a_worker, eventually


async def swept(client: Client, number: int) -> tuple[Swept, Swept]:
    """What that sweep was told of the one before it, and what it answered."""
    schedule = client.get_schedule_handle(names.SWEEP)
    async with asyncio.timeout(30):
        while True:
            done = (await schedule.describe()).info.recent_actions
            if len(done) >= number:
                break
            await asyncio.sleep(0.1)
        started = done[number - 1].action
        assert isinstance(started, ScheduleActionExecutionStartWorkflow)
        sweep = client.get_workflow_handle(started.workflow_id, result_type=Swept)
        answer = await sweep.result()
    history = await sweep.fetch_history()
    [asked] = [
        event.activity_task_scheduled_event_attributes
        for event in history.events
        if event.HasField("activity_task_scheduled_event_attributes")
    ]
    [told] = await client.data_converter.decode(asked.input.payloads, [Swept])
    return told, answer


async def test_kept_twice_it_is_one_schedule_of_a_minute_without_overlap(
    temporal_client: Client,
) -> None:
    await keep_the_sweep(temporal_client)
    await temporal_client.get_schedule_handle(names.SWEEP).pause()

    await keep_the_sweep(temporal_client)

    kept = (await temporal_client.get_schedule_handle(names.SWEEP).describe()).schedule
    assert [each.every for each in kept.spec.intervals] == [timedelta(minutes=1)]
    assert kept.policy.overlap is ScheduleOverlapPolicy.SKIP
    assert kept.state.paused


@pytest.mark.usefixtures("at_work")
async def test_each_sweep_goes_on_where_the_one_before_it_ended(
    temporal_client: Client,
) -> None:
    await keep_the_sweep(temporal_client)
    schedule = temporal_client.get_schedule_handle(names.SWEEP)

    await schedule.trigger()
    told_first, first = await swept(temporal_client, 1)
    await schedule.trigger()
    told_second, second = await swept(temporal_client, 2)

    assert told_first == Swept()
    assert told_second == first
    assert second != first


async def test_a_worker_that_starts_sweeps_what_was_sent_before_it_came(
    temporal_client: Client, database: Database, configured: Settings
) -> None:
    row, person = await a_draft(database)
    asked = await asks(database, Act.SUBMIT, f"application:{row.id}", person.id)
    schedule = temporal_client.get_schedule_handle(names.SWEEP)

    async def is_kept() -> bool:
        try:
            await schedule.describe()
        except RPCError:
            return False
        return True

    async def is_settled() -> bool:
        return await outcome(database, asked) == (True, "")

    postbox = Postbox()
    async with a_worker(configured, postbox):
        await eventually(is_kept)
        await schedule.trigger()
        await eventually(is_settled)
    postbox.stop()

    assert await journal(database, f"application:{row.id}") == [("submit", "draft", "submitted")]
