"""The migrations give the schema that the tables describe."""

import asyncio

from alembic import command

from storage.migrate import configuration, migrate


async def test_nothing_is_missing_between_migrations_and_tables(database_url: str) -> None:
    config = configuration(database_url)

    await asyncio.to_thread(command.check, config)


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    await migrate(database_url)
    await migrate(database_url)

    await asyncio.to_thread(command.check, configuration(database_url))
