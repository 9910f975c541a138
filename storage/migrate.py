"""Bring the schema of a database to the version of this code."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(url: str) -> Config:
    """Alembic's configuration for a database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


async def migrate(url: str) -> None:
    """Apply every migration that the database has not seen."""
    await asyncio.to_thread(command.upgrade, configuration(url), "head")
