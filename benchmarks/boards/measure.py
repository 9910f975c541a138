"""The benchmark « boards »."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from uuid import UUID

import httpx
import psutil
from sqlalchemy import text, update
from sqlmodel import col

from benchmarks.answers import complete_answers
from benchmarks.boards.crowd import grow
from benchmarks.boards.lookers import CHAIR, JUROR, seat_of, sign_everybody_in
from benchmarks.boards.pages import Looker, Seen, pages_of
from benchmarks.boards.queries import counting
from benchmarks.report import Report, Sheet, line
from benchmarks.stage import Stage, stage
from benchmarks.world import CATEGORY, a_cycle, an_edition, an_open_calendar
from domain.phases import Phase
from domain.wire.cycle import CycleRef
from storage.acts.publication import publish
from storage.tables.cycles import Cycle
from storage.templates import template_of

# Neither workflows nor letters: these pages only read.
PARTS = ("postgres", "migrate", "web")
SIZES = (100, 1_000, 10_000)
VISITS = 20
# Longer than the pages of the organiser remember a tally.
FORGOTTEN = 2.2
# The decisions of a jury, so that there is a palmarès to publish.
DECISIONS = text("""
    insert into decision (id, cycle_id, category, laureate_id, nominees, awards, reason, saved_at)
    select gen_random_uuid(), cycle_id, category, application_id, '[]', true, '', now()
    from standing where cycle_id = :cycle and place = 1
""")
OK = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """What one page cost at one size, in milliseconds; ``cold`` is without what is remembered."""

    p50: float
    cold: float
    cpu: float
    queries: int


Visits = Mapping[tuple[str, int], Visit]


async def measure() -> Report:
    """Look at every list in a cycle of 100, of 1,000 and of 10,000 applications."""
    visits: dict[tuple[str, int], Visit] = {}
    async with stage(PARTS) as running:
        cycle = await _a_cycle(running)
        pages: tuple[Seen, ...] = ()
        for before, size in zip((0, *SIZES), SIZES, strict=False):
            await _grow(running, cycle, before, size)
            if not before:
                await _publish(running, cycle)
                pages = await _pages(running, cycle)
            visits |= await _look(running, cycle, pages, size)
    return _report(visits)


async def _look(
    stage: Stage, cycle: Cycle, pages: tuple[Seen, ...], size: int
) -> dict[tuple[str, int], Visit]:
    browsers = await sign_everybody_in(stage, cycle.id)
    seen: dict[tuple[str, int], Visit] = {}
    async with counting(stage) as count:
        for page in pages:
            await _enter(stage, cycle.id, page.phase)
            browser = browsers[page.looker]
            queries = await count(browser, page.path)
            seen[page.name, size] = await _visited(stage, browser, page, queries)
    for browser in browsers.values():
        await browser.aclose()
    return seen


async def _visited(stage: Stage, browser: httpx.AsyncClient, page: Seen, queries: int) -> Visit:
    for _ in range(2):
        (await browser.get(page.path)).raise_for_status()
    if page.looker is Looker.ORGANISER:
        await asyncio.sleep(FORGOTTEN)
    web = psutil.Process(stage.running.pids["web"])
    used = _cpu(web)
    times: list[float] = []
    for _ in range(VISITS):
        began = time.perf_counter()
        answer = await browser.get(page.path)
        times.append(1000 * (time.perf_counter() - began))
        if answer.status_code != OK:
            message = f"{page.path} was answered {answer.status_code}: {answer.text[:1000]}"
            raise LookupError(message)
    cpu = 1000 * (_cpu(web) - used) / VISITS
    return Visit(median(times), times[0], cpu, queries)


def _cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system


async def _a_cycle(stage: Stage) -> Cycle:
    async with stage.database.transaction() as session:
        edition = await an_edition(session)
        return await a_cycle(session, edition, "REG-84", an_open_calendar(), Phase.EVALUATION)


async def _grow(stage: Stage, cycle: Cycle, before: int, after: int) -> None:
    async with stage.database.transaction() as session:
        template = await template_of(session, cycle)
        answers = complete_answers(template, CATEGORY, "00000000000000")
        weights = template.category(CATEGORY).criteria
        marks = {each.code: 3 for each in weights}
        await grow(session, cycle.id, before, after, answers, marks)
    async with stage.database.engine.connect() as connection:
        # What autovacuum would do within a minute.
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("vacuum analyze"))


async def _publish(stage: Stage, cycle: Cycle) -> None:
    """Publish once, while the cycle is small: a palmarès holds the laureates only."""
    await _enter(stage, cycle.id, Phase.DECIDED)
    async with stage.database.transaction() as session:
        await session.execute(DECISIONS, {"cycle": cycle.id})
        await publish(session, CycleRef(str(cycle.id), datetime.now(UTC)))


async def _pages(stage: Stage, cycle: Cycle) -> tuple[Seen, ...]:
    async with stage.database.transaction() as session:
        juror = await seat_of(session, cycle.id, JUROR)
        chair = await seat_of(session, cycle.id, CHAIR)
    return pages_of(cycle.code, juror, chair)


async def _enter(stage: Stage, cycle_id: UUID, phase: Phase) -> None:
    """Put the row in a phase: no workflow runs here."""
    async with stage.database.transaction() as session:
        await session.execute(update(Cycle).where(col(Cycle.id) == cycle_id).values(phase=phase))


def _report(visits: Visits) -> Report:
    smallest, middle, largest = SIZES
    names = dict.fromkeys(name for name, _ in visits)
    rows = {name: [visits[name, size] for size in SIZES] for name in names}
    return Report(
        sheets=(
            Sheet(
                "Pages as a cycle grows (p50 in ms)",
                (
                    *("page", *(f"{size:,}" for size in SIZES), "growth"),
                    *("cold", "cold growth", "cpu ms", "queries"),
                ),
                tuple(
                    (
                        *(name, first.p50, second.p50, third.p50, third.p50 / first.p50),
                        *(third.cold, third.cold / first.cold, third.cpu, third.queries),
                    )
                    for name, (first, second, third) in rows.items()
                ),
            ),
        ),
        lines=tuple(
            line(
                "boards",
                page=name,
                growth=visits[name, largest].p50 / visits[name, smallest].p50,
                growth_1000=visits[name, middle].p50 / visits[name, smallest].p50,
                cold_growth=visits[name, largest].cold / visits[name, smallest].cold,
                p50_ms=visits[name, largest].p50,
                cpu_ms=visits[name, largest].cpu,
                queries=visits[name, largest].queries,
            )
            for name in names
        ),
        remarks=(
            "Growth: p50 at 10,000 applications and 30,000 cards over p50 at 100.",
            "Cold: the first visit after what the process remembers (counts, two seconds) is forgotten.",
        ),
    )
