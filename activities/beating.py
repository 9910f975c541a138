"""Saying that we live while one long transaction runs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from temporalio import activity

BEAT = 3.0


@asynccontextmanager
async def beating(every: float = BEAT) -> AsyncGenerator[None]:
    """Beat until the block ends, so that a long computation is not taken for a dead worker."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(every)

    heart = asyncio.create_task(beat())
    try:
        yield
    finally:
        heart.cancel()
