"""The process of the baseline, beside the service."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from benchmarks.processes import serving
from benchmarks.stage import Stage
from embedded.postgres import create_database


@asynccontextmanager
async def bare_service(stage: Stage) -> AsyncGenerator[str]:
    """The address of the bare endpoint, in a process and a database of its own."""
    url = await create_database(stage.settings.database_url, "bare")
    environment = {"TROPHEES_DATABASE_URL": url}
    async with serving("benchmarks.submission.bare:create_app", environment) as bare:
        yield bare.address
