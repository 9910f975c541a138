"""The benchmark « boards »."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from statistics import median

from benchmarks.boards.pages import Looker
from benchmarks.boards.queries import counted
from benchmarks.boards.size import Size, database_of, sized
from benchmarks.report import Line, Report, Sheet, line
from benchmarks.stage import stage

# Neither workflows nor letters: these pages only read.
PARTS = ("postgres", "migrate")
SMALLEST, MIDDLE, LARGEST = SIZES = (100, 1_000, 10_000)
VISITS = 15
# A page that weighs a tenth more shows more rows, rather than longer words.
AS_MUCH = 1.1
# Longer than the pages of the organiser remember a tally.
FORGOTTEN = 2.2


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page cost, in milliseconds by size; ``cold`` is without what was remembered."""

    page: str
    p50: dict[int, float]
    cold: dict[int, float]
    cpu: dict[int, float]
    weight: dict[int, int]
    queries: int

    @property
    def growth(self) -> float:
        """The p50 of the largest cycle over that of the smallest."""
        return self.p50[LARGEST] / self.p50[SMALLEST]

    @property
    def is_full(self) -> bool:
        """Whether the page shows as much in the smallest cycle as in the largest."""
        return self.weight[LARGEST] <= self.weight[SMALLEST] * AS_MUCH

    @property
    def fair_growth(self) -> float:
        """The growth between pages that show as much: from 1,000 where the smallest is not full."""
        return self.growth if self.is_full else self.p50[LARGEST] / self.p50[MIDDLE]

    @property
    def line(self) -> Line:
        """The finding, as a program reads it."""
        return line(
            "boards",
            page=self.page,
            fair_growth=self.fair_growth,
            growth=self.growth,
            growth_from_1000=self.p50[LARGEST] / self.p50[MIDDLE],
            cpu_growth=self.cpu[LARGEST] / self.cpu[SMALLEST],
            cpu_ms=self.cpu[LARGEST],
            queries=self.queries,
            p50_ms=self.p50[LARGEST],
            p50_ms_at_100=self.p50[SMALLEST],
            cold_ms=self.cold[LARGEST],
            weight_growth=self.weight[LARGEST] / self.weight[SMALLEST],
        )


async def measure() -> Report:
    """Look at every list in cycles of 100, of 1,000 and of 10,000 applications, in turn."""
    async with AsyncExitStack() as opened:
        running = await opened.enter_async_context(stage(PARTS))
        urls = {size: await database_of(running, size) for size in SIZES}
        cycles = {
            size: await opened.enter_async_context(sized(running, url, size))
            for size, url in urls.items()
        }
        queries = await counted(cycles[LARGEST])
        costs = [
            await _cost(cycles, place, queries[place])
            for place in range(len(cycles[SMALLEST].pages))
        ]
    return _report(costs)


async def _cost(cycles: dict[int, Size], place: int, queries: int) -> Cost:
    """Visit one page at every size in turn, so that what else the machine does weighs on all alike."""
    pages = {size: cycle.pages[place] for size, cycle in cycles.items()}
    weight: dict[int, int] = {}
    for size, cycle in cycles.items():
        await cycle.enter(pages[size].phase)
        await cycle.visit(pages[size])
        weight[size] = (await cycle.visit(pages[size])).weight
    if pages[SMALLEST].looker is Looker.ORGANISER:
        await asyncio.sleep(FORGOTTEN)
    used = {size: cycle.cpu() for size, cycle in cycles.items()}
    times: dict[int, list[float]] = {size: [] for size in cycles}
    for _ in range(VISITS):
        for size, cycle in cycles.items():
            times[size].append((await cycle.visit(pages[size])).took)
    return Cost(
        page=pages[SMALLEST].name,
        p50={size: median(each) for size, each in times.items()},
        cold={size: each[0] for size, each in times.items()},
        # The system counts by hundredths of a second: never quite nothing.
        cpu={size: max(c.cpu() - used[size], 1.0) / VISITS for size, c in cycles.items()},
        weight=weight,
        queries=queries,
    )


def _report(costs: list[Cost]) -> Report:
    return Report(
        sheets=(
            Sheet(
                "Pages of cycles of 100, 1,000 and 10,000 applications (ms)",
                (
                    "page",
                    *(f"p50 {size:,}" for size in SIZES),
                    "fair growth",
                    "cold",
                    "cpu",
                    "queries",
                ),
                tuple(
                    (
                        *(each.page, *(each.p50[size] for size in SIZES), each.fair_growth),
                        *(each.cold[LARGEST], each.cpu[LARGEST], each.queries),
                    )
                    for each in costs
                ),
            ),
        ),
        lines=tuple(each.line for each in costs),
        remarks=(
            "Fair growth: p50 at 10,000 applications and 30,000 cards over p50 at 100, or at 1,000",
            "for a page that shows more at 10,000 than at 100, being not yet full there.",
            "Cold: the first visit once the counts that a process remembers are forgotten.",
        ),
    )
