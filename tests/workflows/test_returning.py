"""A withdrawn application runs again under its own name, and ends when nobody lets it in."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import WorkflowEnvironment

from domain.applications import Act, Status
from domain.wire import names
from domain.wire.application import ApplicationState, RunApplication
from storage.database import Database
from tests.workflows.builders import Application, an_application_under_way, journal, letters
from workflows.application import DOORSTEP, ApplicationWorkflow

DAY = timedelta(days=1)


async def runs_again(given: Application) -> None:
    """Start it as its page does, once it is over."""
    with given.world.with_time_skipping_disabled():
        await given.handle.result()
        given.handle = await given.world.client.start_workflow(
            ApplicationWorkflow.run,
            RunApplication(
                given.id, given.cycle, given.calendar, Status.WITHDRAWN, comes_back=True
            ),
            id=names.application_id(given.id),
            task_queue=names.CYCLES,
        )


async def test_a_draft_that_came_back_is_reminded_again_and_lapses_at_the_closing(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.asks(Act.WITHDRAW, after=DAY, reason="Une erreur.")
    await runs_again(given)

    back = await given.asks(Act.COME_BACK, after=2 * DAY, reason="Le projet reprend.")
    ended = await given.ends()

    assert back == ApplicationState(Status.DRAFT)
    assert ended == ApplicationState(Status.LAPSED)
    assert await given.reminded_before_closing() == [30 * DAY, 10 * DAY, 3 * DAY, 1 * DAY]
    assert await journal(database, given.subject) == [
        ("withdraw", "draft", "withdrawn"),
        ("come_back", "withdrawn", "draft"),
        ("lapse", "draft", "lapsed"),
    ]
    assert await letters(database) == [
        "application_withdrawn",
        "application_back",
        *["draft_reminder"] * 4,
        "draft_lapsed",
    ]


async def test_a_return_that_is_refused_leaves_nothing_running(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.asks(Act.WITHDRAW, after=DAY, reason="Une erreur.")
    await runs_again(given)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await given.asks(Act.COME_BACK, after=121 * DAY, reason="Trop tard.")
    ended = await given.handle.result()

    assert "jamais été envoyée" in given.sentence_of(refused.value)
    assert ended == ApplicationState(Status.WITHDRAWN)
    assert await given.status_in_the_database() == Status.WITHDRAWN


async def test_an_application_that_nobody_lets_in_is_over_as_it_was(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.asks(Act.WITHDRAW, after=DAY, reason="Une erreur.")
    await runs_again(given)

    await given.waits(DOORSTEP)
    ended = await given.ends()

    assert ended == ApplicationState(Status.WITHDRAWN)
    assert await journal(database, given.subject) == [("withdraw", "draft", "withdrawn")]
