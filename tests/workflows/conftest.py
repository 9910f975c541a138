"""A year in seconds: the real server with time skipping, the real activities, a real database."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig, WorkflowEnvironment

from activities.payloads import data_converter
from embedded import temporal
from embedded.registry.application import create_registry
from settings import Settings
from storage.database import Database
from tests.activities.serving import served
from tests.workflows.postbox import Postbox
from worker import workers

# All five are needed; the second works round a bug of the server that silently gives wrong
# years after continue-as-new, which is why these tests assert their dates.
TUNED = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.workflowIdReuseMinimalInterval="0s"',
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=2000",
    "history.transferProcessorMaxPollRPS=1000",
    # Without it every namespace of a test is met only at the next refresh, seconds later.
    "system.forceSearchAttributesCacheRefreshOnRead=true",
)


@pytest.fixture(scope="session")
async def skipping_server() -> AsyncGenerator[WorkflowEnvironment]:
    """One Temporal that can skip time, for the whole run."""
    async with await WorkflowEnvironment.start_local(
        data_converter=data_converter,
        dev_server_existing_path=str(temporal.program()),
        dev_server_extra_args=[
            word for value in TUNED for word in ("--dynamic-config-value", value)
        ],
        dev_server_log_level="error",
    ) as environment:
        yield environment


@pytest.fixture
async def skipping(skipping_server: WorkflowEnvironment) -> AsyncGenerator[TimeSkipper]:
    """A namespace of the test's own; nothing skips time until the test says how far."""
    client = await own_namespace(skipping_server.client)
    skipper = TimeSkipper(client, config=TimeSkippingConfig(max_session_skip_count=100_000))
    with skipper.with_time_skipping_disabled():
        yield skipper


async def own_namespace(client: Client) -> Client:
    """A client in a namespace that nobody else uses."""
    namespace = f"test-{uuid4().hex}"
    request = RegisterNamespaceRequest(namespace=namespace)
    request.workflow_execution_retention_period.FromTimedelta(timedelta(days=1))
    await client.workflow_service.register_namespace(request)
    return await Client.connect(
        client.service_client.config.target_host,
        namespace=namespace,
        data_converter=data_converter,
    )


@pytest.fixture
async def postbox() -> AsyncGenerator[Postbox]:
    """A real SMTP server that keeps what it receives."""
    box = Postbox()
    yield box
    box.stop()


@pytest.fixture
async def at_work(
    skipping: TimeSkipper, database: Database, configured: Settings, postbox: Postbox
) -> AsyncGenerator[TimeSkipper]:
    """The skipping server, with the real workers behind it."""
    posted = configured.model_copy(update={"smtp_host": postbox.host, "smtp_port": postbox.port})
    async with AsyncExitStack() as running:
        await running.enter_async_context(workers(skipping.client, database, posted))
        yield skipping


@pytest.fixture
async def charter_at_work(
    skipping: TimeSkipper, database: Database, configured: Settings, postbox: Postbox
) -> AsyncGenerator[TimeSkipper]:
    """The real workers, with a register that answers: an activity that waits would stop the time."""
    async with AsyncExitStack() as running:
        register = await running.enter_async_context(served(create_registry()))
        posted = configured.model_copy(
            update={
                "smtp_host": postbox.host,
                "smtp_port": postbox.port,
                "registry_url": register,
            }
        )
        await running.enter_async_context(workers(skipping.client, database, posted))
        yield skipping
