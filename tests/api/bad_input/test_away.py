"""What the service stands on is away: a sentence, and never a failure that nobody foresaw."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.client import Client

from activities import engine as engine_module
from api.app import create_app
from api.engine import Engine, connect
from domain.refusals import Refusal
from domain.wire.application import RunApplication
from embedded import postgres
from settings import Settings
from storage.migrate import migrate
from tests.browser import Browser
from tests.builders import a_calendar
from tests.conftest import API_TOKEN


class Line:
    """A wire to a server, which can go dead without being cut."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._flows = asyncio.Event()
        self._flows.set()
        self._carrying: set[asyncio.Task[None]] = set()
        self._ends: list[asyncio.StreamWriter] = []
        self.address = ""

    def go_dead(self) -> None:
        """Carry nothing more, as a server that was frozen."""
        self._flows.clear()

    def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry what is said both ways."""
        self._carrying.add(asyncio.create_task(self._both_ways(reader, writer)))

    async def hang_up(self) -> None:
        """Stop carrying."""
        for each in self._carrying:
            each.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)
        for end in self._ends:
            end.transport.abort()
            with suppress(OSError):
                await end.wait_closed()

    async def _both_ways(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        their_reader, their_writer = await asyncio.open_connection(*self._target)
        self._ends += [writer, their_writer]
        await asyncio.gather(
            self._one_way(reader, their_writer), self._one_way(their_reader, writer)
        )

    async def _one_way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65536):
            await self._flows.wait()
            writer.write(said)
            await writer.drain()


@pytest.fixture
async def line(temporal_client: Client) -> AsyncGenerator[Line]:
    """A wire to Temporal."""
    host, _, port = temporal_client.service_client.config.target_host.partition(":")
    line = Line(host, int(port))
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield line
    server.close()
    await line.hang_up()


async def test_an_engine_that_stops_answering_is_said_to_be_slow(
    line: Line, temporal_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "PATIENCE", timedelta(seconds=1))
    engine = Engine(await connect(line.address, temporal_client.namespace))
    line.go_dead()

    with pytest.raises(Refusal) as refused:
        await engine.run_application(
            RunApplication(application=str(uuid4()), cycle=str(uuid4()), calendar=a_calendar())
        )

    assert refused.value.sentence.startswith("Le service met plus de temps que prévu.")


@pytest.mark.parametrize(
    "where",
    ["postgres@127.0.0.1:1/trophees", "postgres@/trophees?host=/nowhere"],
    ids=["no server", "no socket"],
)
@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/palmares", "text/html; charset=utf-8"), ("/api/v1/cycles", "application/problem+json")],
)
async def test_a_database_that_is_away_is_said_to_be_for_a_moment(
    configured: Settings, path: str, media_type: str, where: str
) -> None:
    nowhere = configured.model_copy(update={"database_url": f"postgresql+asyncpg://{where}"})
    app = create_app(nowhere)

    async with app.router.lifespan_context(app), Browser(app) as browser:
        answer = await browser.get(path, headers={"Authorization": f"Bearer {API_TOKEN}"})

    assert (answer.status_code, answer.headers["content-type"]) == (503, media_type)
    assert answer.headers["retry-after"] == "30"


async def test_a_database_that_starts_again_is_never_a_failure_of_ours(
    configured: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("restarted")
    server = postgres.start(folder, postgres.THROWAWAY)
    url = await postgres.create_database(server.url, "restarted")
    await migrate(url)
    app = create_app(configured.model_copy(update={"database_url": url}))
    answers: list[int] = []

    async def ask(browser: Browser, times: int) -> None:
        for _ in range(times):
            answers.append((await browser.get("/palmares")).status_code)
            await asyncio.sleep(0.02)

    async with app.router.lifespan_context(app), Browser(app) as browser:
        await ask(browser, 1)
        asking = asyncio.create_task(ask(browser, 60))
        await asyncio.to_thread(server.stop)
        await ask(browser, 3)
        back = await asyncio.to_thread(postgres.start, folder, postgres.THROWAWAY)
        await asking
        await ask(browser, 1)
    back.stop()

    assert {*answers} == {200, 503}
    assert (answers[0], answers[-1]) == (200, 200)
