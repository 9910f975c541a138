"""One engine per process, one transaction per act."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from time import monotonic

from sqlalchemy import event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

# A firewall may forget a connection that says nothing; until then its socket tells the truth.
SILENCE = 20.0
LAST_USED = "last_used"


class Database:
    """Where rows are kept."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url, pool_size=connections, max_overflow=connections
        )
        _check_before_use(self.engine)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        """A session that commits when the block ends well, and undoes everything otherwise."""
        async with self._sessions() as session, session.begin():
            yield session

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


async def database_now(session: AsyncSession) -> datetime:
    """The clock by which deadlines are judged: the database's, at this statement."""
    return (await session.execute(select(func.clock_timestamp()))).scalar_one()


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
