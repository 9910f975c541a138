"""How Alembic reaches the database and knows the tables."""

import asyncio

from alembic import context
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from storage.tables import SCHEMA


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=SCHEMA, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


async def online() -> None:
    engine = create_async_engine(context.config.attributes["url"])
    # Two `migrate` at once take turns instead of racing.
    async with engine.connect() as connection:
        await connection.exec_driver_sql("select pg_advisory_lock(7345201)")
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


asyncio.run(online())
