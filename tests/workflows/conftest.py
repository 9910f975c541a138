"""A year in seconds: the real server with time skipping, the real activities, a real database."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from embedded import temporal
from settings import Settings
from storage.database import Database
from tests.workflows.postbox import Postbox
from worker import workers

# All five are needed; the second works round a bug of the server that silently gives wrong
# years after continue-as-new, which is why these tests assert their dates.
SKIPPING = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.workflowIdReuseMinimalInterval="0s"',
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=2000",
    "history.transferProcessorMaxPollRPS=1000",
)


@pytest.fixture
async def skipping() -> AsyncGenerator[WorkflowEnvironment]:
    """A Temporal of the test's own, whose workflows skip the time that nobody uses."""
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(max_session_skip_count=100_000),
        data_converter=pydantic_data_converter,
        dev_server_existing_path=str(temporal.program()),
        dev_server_extra_args=[
            word for value in SKIPPING for word in ("--dynamic-config-value", value)
        ],
        dev_server_log_level="error",
    ) as environment:
        yield environment


@pytest.fixture
async def postbox() -> AsyncGenerator[Postbox]:
    """A real SMTP server that keeps what it receives."""
    box = Postbox()
    yield box
    box.stop()


@pytest.fixture
async def at_work(
    skipping: WorkflowEnvironment, database: Database, configured: Settings, postbox: Postbox
) -> AsyncGenerator[WorkflowEnvironment]:
    """The skipping server, with the real workers behind it."""
    posted = configured.model_copy(update={"smtp_host": postbox.host, "smtp_port": postbox.port})
    async with AsyncExitStack() as running:
        await running.enter_async_context(workers(skipping.client, database, posted))
        yield skipping
