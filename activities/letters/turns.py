"""The letters of a batch, each when its turn comes."""

import asyncio
from collections import deque
from collections.abc import Sequence
from uuid import UUID

from domain.pace import Pace
from storage.post import Planned


class Turns:
    """Hands out the letters of a batch at a pace, until it is stopped.

    A domain that has to wait keeps no other waiting, as long as the batch has letters for others.
    """

    def __init__(self, batch: Sequence[Planned], pace: Pace) -> None:
        self._pace = pace
        self._stopped = asyncio.Event()
        self._waiting: dict[str, deque[UUID]] = {}
        for letter in batch:
            domain = letter.domain if pace.minds_domains else ""
            self._waiting.setdefault(domain, deque()).append(letter.id)

    async def next(self) -> UUID | None:
        """The next letter once it may leave; None when there is none, or when all stops."""
        if self._stopped.is_set() or not self._waiting:
            return None
        now = asyncio.get_running_loop().time()
        domain, at = self._pace.turn(self._waiting, now)
        letter = self._take(domain)
        return letter if at <= now or await self._is_still_on_at(at) else None

    def stop(self) -> None:
        """No letter more, also to whoever waits for a turn."""
        self._stopped.set()

    def _take(self, domain: str) -> UUID:
        letters = self._waiting[domain]
        letter = letters.popleft()
        if not letters:
            del self._waiting[domain]
        return letter

    async def _is_still_on_at(self, at: float) -> bool:
        try:
            async with asyncio.timeout_at(at):
                await self._stopped.wait()
        except TimeoutError:
            return True
        return False
