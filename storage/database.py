"""One engine per process, one transaction per act."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)


class Database:
    """Where rows are kept."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url, pool_size=connections, max_overflow=connections, pool_pre_ping=True
        )
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
