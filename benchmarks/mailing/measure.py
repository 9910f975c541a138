"""The benchmark « mailing »."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from temporalio.client import Client, WorkflowHandle

from activities.letters.mailer import CONNECTIONS
from api.engine import Engine
from benchmarks.mailing.crowd import plan_mailing, sent
from benchmarks.mailing.links import Askers
from benchmarks.mailing.office import PostWorker, Sink, bare_seconds, opened_sink, working_post
from benchmarks.report import Line, Report, Sheet, line
from benchmarks.stage import Stage, stage
from domain.wire import names
from domain.wire.letters import Posted, SendMailing
from workflows.mailing import MailingWorkflow

SIZES = (1_000, 10_000)
PARTS = ("postgres", "temporal", "migrate", "worker")
LOOK = 0.5


@dataclass(frozen=True, slots=True)
class Left:
    """A mailing that left, between two halves of as many letters of the bare client."""

    letters: int
    seconds: float
    bare: float
    mib: float

    @property
    def rate(self) -> float:
        """Letters a second."""
        return self.letters / self.seconds

    @property
    def ceiling(self) -> float:
        """Letters a second of the bare client."""
        return self.letters / self.bare

    @property
    def line(self) -> Line:
        """The finding, as a program reads it."""
        return line(
            "mailing",
            letters=self.letters,
            rate=self.rate,
            ceiling=self.ceiling,
            rate_ratio=self.rate / self.ceiling,
            mib=self.mib,
        )


async def measure(largest: int = SIZES[-1]) -> Report:
    """Send mailings of 1,000 and 10,000 letters, or more; then one while people ask for links."""
    sizes, beside = [*(size for size in SIZES if size < largest), largest], min(largest, SIZES[-1])
    async with (
        stage(PARTS) as running,
        opened_sink() as sink,
        working_post(running, sink) as worker,
    ):
        client = await running.temporal()
        await _send(running, client, "warm-up", 200)
        found = [await _left(running, client, sink, worker, size) for size in sizes]
        waits = await _links(running, client, beside)
    return Report(
        sheets=(_sheet(found),),
        lines=(*(each.line for each in found), _waited(waits, beside)),
        remarks=(
            f"Ceiling: aiosmtplib alone, {CONNECTIONS} connections, letters written beforehand.",
            "Memory: the most that the process of the post held; links are asked for four times a second.",
        ),
    )


async def _left(stage: Stage, client: Client, sink: Sink, worker: PostWorker, size: int) -> Left:
    bare = await bare_seconds(sink, size // 2, CONNECTIONS)
    async with most_held(worker) as held:
        seconds = await _send(stage, client, f"mailing-{size}", size)
    bare += await bare_seconds(sink, size - size // 2, CONNECTIONS)
    return Left(size, seconds, bare, max(held))


@asynccontextmanager
async def most_held(worker: PostWorker) -> AsyncGenerator[list[float]]:
    """What the process holds, looked at again and again."""
    held = [worker.mib]

    async def look() -> None:
        while True:
            await asyncio.sleep(LOOK)
            held.append(worker.mib)

    looking = asyncio.create_task(look())
    try:
        yield held
    finally:
        looking.cancel()
    held.append(worker.mib)


async def _send(stage: Stage, client: Client, mailing: str, size: int) -> float:
    """Seconds from the start of a mailing's workflow to its end."""
    await plan_mailing(stage.database, mailing, size)
    began = time.perf_counter()
    posted = await (await began_mailing(client, mailing)).result()
    seconds = time.perf_counter() - began
    if posted != Posted(size) or await sent(stage.database, mailing) != size:
        message = f"Of {size} letters {posted.sent} left."
        raise RuntimeError(message)
    return seconds


async def began_mailing(client: Client, mailing: str) -> WorkflowHandle[MailingWorkflow, Posted]:
    """The workflow of a mailing, under way."""
    return await client.start_workflow(
        MailingWorkflow.run,
        SendMailing(mailing),
        id=f"mailing:{mailing}",
        task_queue=names.CYCLES,
    )


async def _links(stage: Stage, client: Client, size: int) -> list[float]:
    """Seconds that links to sign in take while a mailing of that size leaves."""
    askers = Askers(stage, Engine(client))
    asking = asyncio.create_task(askers.ask())
    await _send(stage, client, "beside-links", size)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    return await askers.waits()


def _waited(waits: Sequence[float], during: int) -> Line:
    def within(share: float) -> float:
        return 1000 * waits[int(share * (len(waits) - 1))]

    return line(
        "mailing",
        during=during,
        links=len(waits),
        link_p50_ms=within(0.5),
        link_p99_ms=within(0.99),
    )


def _sheet(found: Sequence[Left]) -> Sheet:
    return Sheet(
        "A mailing beside the bare client",
        ("letters", "letters/s", "ceiling/s", "ratio", "MiB"),
        tuple(
            (str(each.letters), each.rate, each.ceiling, each.rate / each.ceiling, each.mib)
            for each in found
        ),
    )
