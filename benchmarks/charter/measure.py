"""The benchmark « charter »."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rich.progress import Progress
from temporalio.client import Client

from benchmarks.charter.fates import MIX, Fate
from benchmarks.charter.life import YEARS, Life, skipper_of
from benchmarks.charter.register import looked_at_every_year
from benchmarks.charter.right import check_dates
from benchmarks.charter.weight import Weight, weight_of
from benchmarks.charter.working import at_work
from benchmarks.processes import serving
from benchmarks.report import Report, Sheet, line
from benchmarks.stage import Stage, stage
from storage.identity import person_called

PARTS = ("postgres", "temporal", "migrate")
ADHERENCES = 1000
AT_ONCE = 16
# Histories are fetched one by one: enough of them for an average, whatever the crowd.
WEIGHED = 10
MIXED = (
    "Each adherence is accepted, accounts for every year and renews at each term. Of ten reports, "
    f"{MIX.count(Fate.VALIDATED)} are {Fate.VALIDATED}; {MIX.count(Fate.TACIT)} {Fate.TACIT}; "
    f"{MIX.count(Fate.RESTORED)} {Fate.RESTORED}."
)
RIGHT = (
    "Verified: every opening on 1 February at 09:00 in Paris, every miss and tacit acceptance "
    "on its day and at its hour, every adherence in order at the end."
)
SPARED = (
    "The crowd and its baseline look at the register every year, by a period of the charter; the "
    "first row every month, as shipped. Letters are counted as planned, not sent."
)


@dataclass(frozen=True, slots=True)
class Carried:
    """Some adherences that were carried through their years."""

    lives: tuple[Life, ...]
    seconds: float
    weight: Weight


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries adherences on one stage, a few at once."""

    stage: Stage
    client: Client
    organiser: UUID

    async def carry(self, ranks: Sequence[int]) -> Carried:
        """Carry the adherences of these ranks, verify their dates, weigh their histories."""
        turn = asyncio.Semaphore(AT_ONCE)
        engine, skipper = await self.stage.engine(), skipper_of(self.client)

        began = time.monotonic()
        with Progress(transient=True) as progress:
            done = progress.add_task("adherences", total=len(ranks))

            async def one(rank: int) -> Life:
                life = Life(self.stage, engine, skipper, self.organiser)
                async with turn:
                    await life.live(rank)
                progress.advance(done)
                return life

            lives = tuple(await asyncio.gather(*map(one, ranks)))
        seconds = time.monotonic() - began
        await check_dates(self.stage.database, lives)
        return Carried(lives, seconds, await weight_of(self.client, lives[:WEIGHED]))


async def measure(adherences: int = ADHERENCES) -> Report:
    """Carry one adherence as the charter is shipped, one as the crowd lives, then the crowd."""
    register = serving("benchmarks.charter.register:create_register", {})
    async with stage(PARTS, temporal_skips_time=True) as running, register as known:
        client = await running.temporal()
        async with running.database.transaction() as session:
            organiser = (await person_called(session, "organisation@exemple.fr")).id
        carrier = Carrier(running, client, organiser)
        async with at_work(client, running.database, known.address):
            shipped = await carrier.carry([1])
            await looked_at_every_year(running.database)
            alone = await carrier.carry([2])
            crowd = await carrier.carry(range(3, 3 + adherences))
    return _report(adherences, shipped, alone, crowd)


def _report(adherences: int, shipped: Carried, alone: Carried, crowd: Carried) -> Report:
    return Report(
        sheets=(
            Sheet(
                f"Adherences carried through {YEARS} years",
                ("", "events a year", "largest history", "actions a year", "s each", "s in all"),
                (
                    _row("one alone, as shipped", 1, shipped),
                    _row("one alone (baseline)", 1, alone),
                    _row(f"{adherences} adherences", adherences, crowd),
                ),
            ),
        ),
        lines=(
            line(
                "charter",
                adherences=adherences,
                years=YEARS,
                events_per_year=crowd.weight.events_per_year,
                seconds=crowd.seconds,
                max_events=crowd.weight.max_events,
                actions_per_year=crowd.weight.actions_per_year,
                seconds_alone=alone.seconds,
                events_per_year_as_shipped=shipped.weight.events_per_year,
                actions_per_year_as_shipped=shipped.weight.actions_per_year,
            ),
        ),
        remarks=(MIXED, RIGHT, SPARED),
    )


def _row(title: str, count: int, carried: Carried) -> tuple[str | int | float, ...]:
    weight = carried.weight
    return (
        title,
        weight.events_per_year,
        weight.max_events,
        weight.actions_per_year,
        carried.seconds / count,
        carried.seconds,
    )
