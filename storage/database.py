"""One engine per process, one transaction per act."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from time import monotonic

import asyncpg
from sqlalchemy import event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

# A firewall may forget a connection that says nothing; until then its socket tells the truth.
SILENCE = 20.0
LAST_USED = "last_used"
# PostgreSQL's classes: no connection, transactions that must take turns, too much at once; and a
# server that stops, starts or was stopped, a lock that is taken.
MOMENTARY = ("08", "40", "53", "57P", "55P03")


# What takes a statement: a session in a transaction, or a connection for that statement alone.
Executor = AsyncSession | AsyncConnection


class Database:
    """Where rows are kept."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url, pool_size=connections, max_overflow=connections
        )
        _say_away(self.engine)
        _check_before_use(self.engine)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._lone = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """A session that commits when the block ends well, and undoes everything otherwise."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def statement(self) -> AsyncGenerator[AsyncConnection]:
        """A connection for one statement, which commits by itself: one round trip instead of three."""
        async with self._lone.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


async def database_now(session: AsyncSession) -> datetime:
    """The clock by which deadlines are judged: the database's, at this statement."""
    return (await session.execute(select(func.clock_timestamp()))).scalar_one()


def is_momentary(error: BaseException) -> bool:
    """Whether the database is away or busy for a moment, rather than something being wrong here."""
    if isinstance(error, OperationalError):
        return True
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return error.connection_invalidated or state.startswith(MOMENTARY)
    return isinstance(error, NoConnectionLeft | ConnectionError | TimeoutError)


def _say_away(engine: AsyncEngine) -> None:
    """Give a connection that cannot be opened the error of one that is lost later.

    The driver raises what it meets: a socket that is not there yet, a server that is starting.
    """

    def connect(
        dialect: Dialect, _entry: ConnectionPoolEntry, args: list[object], named: dict[str, object]
    ) -> DBAPIConnection:
        try:
            return dialect.connect(*args, **named)
        except OSError as error:
            raise dialect.loaded_dbapi.OperationalError(type(error).__name__, error) from error
        except asyncpg.PostgresError as error:
            if not str(getattr(error, "sqlstate", "")).startswith(MOMENTARY):
                raise
            raise dialect.loaded_dbapi.OperationalError(type(error).__name__, error) from error

    event.listen(engine.sync_engine, "do_connect", connect)


def _check_before_use(engine: AsyncEngine) -> None:
    """Replace a dead connection before it is used.

    ``pool_pre_ping`` would ask the server each time, at the price of three round trips (BEGIN, ping,
    ROLLBACK) for every transaction: here a closed socket is seen without asking, and only a
    connection that was silent for long is asked.
    """

    def check(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _lent: PoolProxiedConnection
    ) -> None:
        last_used = entry.info.get(LAST_USED, 0.0)
        if connection.driver_connection.is_closed():
            raise DisconnectionError
        if monotonic() - last_used > SILENCE:
            _ask(connection)

    def _ask(connection: DBAPIConnection) -> None:
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    def note(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[LAST_USED] = monotonic()

    event.listen(engine.sync_engine, "connect", note)
    event.listen(engine.sync_engine, "checkout", check)
    event.listen(engine.sync_engine, "checkin", note)
