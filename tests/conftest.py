"""What every test may ask for: a real PostgreSQL, a real Temporal, and browsers on the application."""

import gc
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from activities.payloads import data_converter
from api.app import create_app
from api.clock import system_clock
from embedded import postgres, temporal
from settings import Environment, Settings
from storage.database import Database
from storage.migrate import migrate
from tests.browser import Browser
from tests.emptying import emptied, put_aside
from tests.plain_logs import draw_plainly
from worker import workers

TEMPLATE = "template_of_tests"
API_TOKEN = "token-of-the-tests"  # noqa: S105  (of databases that live for one test)
BASE_URL = "http://localhost"
NOBODY = "127.0.0.1:1"


def pytest_configure() -> None:
    """Draw logs plainly."""
    draw_plainly()


def pytest_collection_finish() -> None:
    """Keep what was imported out of every collection of garbage to come."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_server() -> Generator[postgres.Server]:
    """One PostgreSQL for the whole run.

    Not under pytest's folders: another run of pytest closes their parent to everyone but root,
    and a server that runs as somebody else dies of it.
    """
    with TemporaryDirectory(prefix="trophees-tests-", ignore_cleanup_errors=True) as folder:
        server = postgres.start(Path(folder), postgres.THROWAWAY)
        yield server
        server.stop()


@pytest.fixture(scope="session")
async def template_database(postgres_server: postgres.Server) -> str:
    """A migrated database, from which the others are copied."""
    await migrate(await postgres.create_database(postgres_server.url, TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
async def kept_database(postgres_server: postgres.Server, template_database: str) -> str:
    """The database that tests hand to one another, emptied in between."""
    url = await postgres.create_database(postgres_server.url, "kept", template_database)
    await put_aside(url)
    return url


@pytest.fixture
async def database_url(kept_database: str) -> AsyncGenerator[str]:
    """A database that is empty and migrated, and the test's alone while it runs."""
    yield kept_database
    await emptied(kept_database)


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """The same, opened."""
    opened = Database(database_url, connections=5)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
async def temporal_server() -> AsyncGenerator[WorkflowEnvironment]:
    """One Temporal for the whole run."""
    tuned = [word for value in temporal.DYNAMIC for word in ("--dynamic-config-value", value)]
    async with await WorkflowEnvironment.start_local(
        data_converter=data_converter,
        dev_server_existing_path=str(temporal.program()),
        dev_server_extra_args=tuned,
        dev_server_log_level="error",
    ) as environment:
        yield environment


@pytest.fixture
async def temporal_client(temporal_server: WorkflowEnvironment) -> Client:
    """A namespace of the test's own, so that ids of workflows never meet those of another test."""
    namespace = f"test-{uuid4().hex}"
    service = temporal_server.client.workflow_service
    request = RegisterNamespaceRequest(namespace=namespace)
    request.workflow_execution_retention_period.FromTimedelta(timedelta(days=1))
    await service.register_namespace(request)
    return await Client.connect(
        _address(temporal_server.client),
        namespace=namespace,
        data_converter=data_converter,
    )


@pytest.fixture
def configured(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """The settings of the test; Temporal is away unless the test asks for ``temporal_client``."""
    temporal_client: Client | None = None
    if "temporal_client" in request.fixturenames:
        temporal_client = request.getfixturevalue("temporal_client")
    return Settings(
        environment=Environment.DEVELOPMENT,
        base_url=BASE_URL,
        database_url=database_url,
        database_connections=5,
        api_token=SecretStr(API_TOKEN),
        state_dir=tmp_path / "state",
        smtp_port=1,  # nobody listens there: a test that writes letters brings its own server
        temporal_address=_address(temporal_client) if temporal_client else NOBODY,
        temporal_namespace=temporal_client.namespace if temporal_client else "default",
    )


@pytest.fixture
async def at_work(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncGenerator[None]:
    """A worker, for the tests in which something is decided."""
    async with workers(temporal_client, database, configured):
        yield


@pytest.fixture(scope="session")
def built_application() -> FastAPI:
    """The application of the whole run: its routes are worked out once, in half a second."""
    return create_app(Settings(environment=Environment.DEVELOPMENT, base_url=BASE_URL))


@pytest.fixture
async def application(built_application: FastAPI, configured: Settings) -> AsyncGenerator[FastAPI]:
    """The application, opened with the settings of the test and the clock of everybody."""
    built_application.state.settings = configured
    built_application.state.clock = system_clock
    ours = list(built_application.router.routes)
    async with built_application.router.lifespan_context(built_application):
        yield built_application
    built_application.router.routes[:] = ours  # without those that the test added


@pytest.fixture
async def client(application: FastAPI) -> AsyncGenerator[Browser]:
    """A browser that nobody signed in with."""
    async with Browser(application) as browser:
        yield browser


SignIn = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def signed_in(application: FastAPI, database: Database) -> AsyncGenerator[SignIn]:
    """Gives browsers signed in as somebody: ``await signed_in("a@b.fr", organises=[cycle.id])``."""
    async with AsyncExitStack() as opened:

        async def sign_in(
            email: str,
            *,
            name: str = "",
            organises: Sequence[UUID] = (),
            organises_everything: bool = False,
        ) -> Browser:
            browser = await opened.enter_async_context(Browser(application))
            await browser.sign_in(
                database,
                email,
                name=name,
                organises=[*organises, *([None] if organises_everything else [])],
            )
            return browser

        yield sign_in


def _address(client: Client) -> str:
    return client.service_client.config.target_host
