"""Remember a costly answer for a moment, so that a hundred open boards cost one query."""

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

SECONDS = 2.0
ROOM = 256  # cycles are few; beyond this the oldest answers are forgotten

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers by key, each good for two seconds in this process, unless told otherwise."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, seconds: float = SECONDS
    ) -> None:
        self._clock = clock
        self._seconds = seconds
        self._known: dict[Hashable, tuple[float, Answer]] = {}

    async def get(self, key: Hashable, find: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer known for that key, or found now and known from now on."""
        known = self._known.get(key)
        if known is not None and self._clock() - known[0] < self._seconds:
            return known[1]
        found = await find()
        if len(self._known) >= ROOM:
            self._known.pop(next(iter(self._known)))
        self._known[key] = (self._clock(), found)
        return found

    def forget(self, key: Hashable) -> None:
        """Ask again next time: something that counts has just changed."""
        self._known.pop(key, None)

    def forget_all(self) -> None:
        """Ask everything again."""
        self._known.clear()
