"""Many clients at once, each doing its own list of things one after the other."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median

Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Burst:
    """How long each act took, and all of them together, in seconds."""

    each: tuple[float, ...]
    elapsed: float

    @property
    def p50(self) -> float:
        """The time that half of the acts stayed under, in milliseconds."""
        return 1000 * median(self.each)

    @property
    def p95(self) -> float:
        """The time that all but one act in twenty stayed under, in milliseconds."""
        return 1000 * sorted(self.each)[int(0.95 * (len(self.each) - 1))]

    @property
    def rate(self) -> float:
        """Acts per second."""
        return len(self.each) / self.elapsed


async def burst(clients: Sequence[Sequence[Act]]) -> Burst:
    """Let every client start at once, and time each of their acts."""
    began = time.perf_counter()
    times = await asyncio.gather(*(_one_by_one(acts) for acts in clients))
    elapsed = time.perf_counter() - began
    return Burst(tuple(seconds for client in times for seconds in client), elapsed)


def together(bursts: Sequence[Burst]) -> Burst:
    """Several rounds as one: the figures of a machine that is shared."""
    return Burst(
        tuple(seconds for each in bursts for seconds in each.each),
        sum(each.elapsed for each in bursts),
    )


async def _one_by_one(acts: Sequence[Act]) -> list[float]:
    times: list[float] = []
    for act in acts:
        began = time.perf_counter()
        await act()
        times.append(time.perf_counter() - began)
    return times
