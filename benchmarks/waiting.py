"""Waiting for what other processes do, and saying plainly when it does not come."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PAUSE = 0.05
# Ten thousand applications are told one by one that their cycle moved.
PATIENCE = 1800.0


async def until(happened: Callable[[], Awaitable[bool]], what: str) -> None:
    """Return once something is so; raise its name when it is not so in time."""
    end = time.monotonic() + PATIENCE
    while not await happened():
        if time.monotonic() > end:
            message = f"The benchmark waited {PATIENCE:.0f} s in vain: {what}."
            raise TimeoutError(message)
        await asyncio.sleep(PAUSE)
