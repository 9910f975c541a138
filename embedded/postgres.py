"""The embedded PostgreSQL: as a part of `trophees up`, or alone for a test."""

import asyncio
import os
import re
import signal
import subprocess
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from embedded import postgres_files
from embedded.parts import Part, leashed, open_log
from embedded.refusals import EmbeddedError

DATABASE = "trophees"
CONNECTIONS = 200
START_PATIENCE = 30.0
STOP_PATIENCE = 10.0
A_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")

THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class Connection(Protocol):
    """What we ask of the driver."""

    async def execute(self, query: str) -> str:
        """Have something done."""
        ...

    async def fetchval(self, query: str) -> object:
        """Ask for one value."""
        ...

    async def close(self) -> None:
        """Leave."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL, reached by a Unix socket."""

    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Stop it as an operator would (fast shutdown: transactions roll back, data is kept)."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(state_dir: Path, options: tuple[str, ...] = ()) -> Server:
    """Start a server in `state_dir/postgres` and wait for it; it ends with the calling thread.

    Tests pass `options=THROWAWAY`, which is several times faster and survives no power cut.
    """
    data = folder(state_dir)
    postgres_files.prepare(data)
    command = leashed(
        command_line(data, options), os.getpid(), signal.SIGINT, postgres_files.account()
    )
    log = open_log(data.parent / "log", "postgres")
    process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)  # noqa: S603  (our own program)
    os.close(log)
    until = time.monotonic() + START_PATIENCE
    while not is_ready(data):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            message = f"PostgreSQL did not start: read {data.parent / 'log' / 'postgres.log'}."
            raise EmbeddedError(message)
        time.sleep(0.02)
    return Server(url(data, "postgres"), process)


def part(state_dir: Path) -> Part:
    """The database as the supervisor sees it."""
    data = folder(state_dir)

    async def ready() -> bool:
        return await asyncio.to_thread(is_ready, data)

    async def finish() -> None:
        await create_database(url(data, "postgres"), DATABASE)

    return Part(
        name="postgres",
        title="PostgreSQL",
        command=command_line(data),
        prepare=lambda: postgres_files.prepare(data),
        is_ready=ready,
        finish=finish,
        offers={"TROPHEES_DATABASE_URL": url(data, DATABASE)},
        # The fast shutdown of PostgreSQL; SIGTERM would wait for every client to leave.
        stop_signal=signal.SIGINT,
        user=postgres_files.account(),
    )


def folder(state_dir: Path) -> Path:
    """The data folder inside a state folder."""
    return state_dir.resolve() / "postgres"


def url(data: Path, database: str) -> str:
    """The SQLAlchemy address of a database of this server."""
    host = quote(str(postgres_files.socket_folder(data)), safe="/")
    return f"postgresql+asyncpg://postgres@/{database}?host={host}"


def command_line(data: Path, options: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The server in the foreground, on a private Unix socket and no network."""
    private = (
        "listen_addresses=",
        "unix_socket_permissions=0700",
        f"max_connections={CONNECTIONS}",
    )
    chosen = [word for option in (*private, *options) for word in ("-c", option)]
    socket = str(postgres_files.socket_folder(data))
    return (
        str(postgres_files.program("postgres")),
        *("-D", str(data), "-k", socket, "-p", "5432"),
        *chosen,
    )


def is_ready(data: Path) -> bool:
    """Whether the server accepts connections now."""
    socket = str(postgres_files.socket_folder(data))
    asked = [str(postgres_files.program("pg_isready")), "-q", "-t", "1", "-h", socket, "-p", "5432"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0  # noqa: S603  (our own program)


async def create_database(server: str, name: str, template: str | None = None) -> str:
    """Create a database unless it exists, as a copy of a template if given, and return its URL."""
    copied = f' TEMPLATE "{_safe(template)}"' if template else ""
    there = f"SELECT 1 FROM pg_database WHERE datname = '{_safe(name)}'"  # noqa: S608  (a checked name)
    async with _administrator(server) as connection:
        if not await connection.fetchval(there):
            await connection.execute(f'CREATE DATABASE "{name}"{copied}')
    return _with_database(server, name)


async def drop_database(server: str, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    async with _administrator(server) as connection:
        await connection.execute(f'DROP DATABASE IF EXISTS "{_safe(name)}" (FORCE)')


@asynccontextmanager
async def _administrator(server: str) -> AsyncGenerator[Connection]:
    # The driver alone: SQLAlchemy takes longer to import than a database to be created.
    import asyncpg  # noqa: PLC0415  (not wanted by whoever only asks for a path)

    # CREATE DATABASE is refused inside a transaction, which the driver opens only when asked.
    address = _with_database(server, "postgres").replace("postgresql+asyncpg:", "postgresql:")
    connect: Callable[[str], Awaitable[Connection]] = getattr(asyncpg, "connect")  # noqa: B009  (the driver says no types)
    connection = await connect(address)
    try:
        yield connection
    finally:
        await connection.close()


def _with_database(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _safe(name: str) -> str:
    if not A_NAME.fullmatch(name):
        message = f"{name!r} is not a plain lower-case database name."
        raise ValueError(message)
    return name
