"""Bring the schema of a database to the version of this code."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.charters import register_shipped_charters
from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(url: str) -> Config:
    """Alembic's configuration for a database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


async def migrate(url: str) -> None:
    """Apply every migration that the database has not seen, and keep the charters that we ship."""
    await asyncio.to_thread(command.upgrade, configuration(url), "head")
    database = Database(url, connections=1)
    try:
        async with database.transaction() as session:
            await register_shipped_charters(session)
    finally:
        await database.close()
