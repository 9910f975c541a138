"""The real workers behind the pages, and a mailbox for what they send."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from temporalio.client import Client

from settings import Settings
from storage.database import Database
from tests.workflows.postbox import Postbox
from worker import workers


@asynccontextmanager
async def working(
    client: Client, database: Database, configured: Settings
) -> AsyncGenerator[Postbox]:
    """Workers of a namespace, with the post that they send."""
    postbox = Postbox()
    posted = configured.model_copy(update={"smtp_host": postbox.host, "smtp_port": postbox.port})
    try:
        async with workers(client, database, posted):
            yield postbox
    finally:
        postbox.stop()
