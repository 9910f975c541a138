"""Wait until something answers, and say plainly when it does not."""

import asyncio
from collections.abc import Awaitable, Callable

PAUSE = 0.05


async def is_answering(url: str) -> bool:
    """Whether a web address answers well."""
    import httpx  # noqa: PLC0415  (slow)

    # Loading certificates costs a tenth of a second of work at each question, for plain HTTP.
    async with httpx.AsyncClient(timeout=2, trust_env=False, verify=False) as client:  # noqa: S501
        try:
            return (await client.get(url)).is_success
        except httpx.HTTPError:
            return False


async def wait_until(is_ready: Callable[[], Awaitable[bool]], patience: float) -> bool:
    """Ask again and again; whether the answer was yes within so many seconds."""
    try:
        async with asyncio.timeout(patience):
            while not await is_ready():  # noqa: ASYNC110  (another process has no event to await)
                await asyncio.sleep(PAUSE)
    except TimeoutError:
        return False
    return True
