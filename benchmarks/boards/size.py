"""One size: a database with so many applications, a web process on it, and those who look."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import httpx
import psutil
from sqlalchemy import text, update
from sqlmodel import col

from benchmarks.answers import complete_answers
from benchmarks.boards.crowd import grow
from benchmarks.boards.lookers import CHAIR, JUROR, seat_of, sign_everybody_in
from benchmarks.boards.pages import Looker, Seen, pages_of
from benchmarks.processes import Serving, serving
from benchmarks.stage import Stage
from benchmarks.world import CATEGORY, a_cycle, an_edition, an_open_calendar
from domain.phases import Phase
from domain.wire.cycle import CycleRef
from embedded.postgres import DATABASE, create_database
from settings import Settings
from storage.acts.publication import publish
from storage.database import Database
from storage.tables.cycles import Cycle
from storage.templates import template_of

OK = 200
# Published while it is small, since a palmarès holds the laureates only.
PUBLISHED_AT = 100
DECISIONS = text("""
    insert into decision (id, cycle_id, category, laureate_id, nominees, awards, reason, saved_at)
    select gen_random_uuid(), cycle_id, category, application_id, '[]', true, '', now()
    from standing where cycle_id = :cycle and place = 1
""")


@dataclass(frozen=True, slots=True)
class Visit:
    """How long a page took, in milliseconds, and how many bytes it has."""

    took: float
    weight: int


@dataclass(frozen=True, slots=True)
class Size:
    """A cycle with so many applications, and its pages."""

    settings: Settings
    database: Database
    cycle: Cycle
    served: Serving
    browsers: dict[Looker, httpx.AsyncClient]
    pages: tuple[Seen, ...]

    async def enter(self, phase: Phase) -> None:
        """Put the row in a phase: no workflow runs here."""
        await _enter(self.database, self.cycle.id, phase)

    async def visit(self, page: Seen) -> Visit:
        """Look at the page once."""
        began = time.perf_counter()
        answer = await self.browsers[page.looker].get(page.path)
        took = 1000 * (time.perf_counter() - began)
        if answer.status_code != OK:
            message = f"{page.path} was answered {answer.status_code}: {answer.text[:1000]}"
            raise LookupError(message)
        return Visit(took, len(answer.content))

    def cpu(self) -> float:
        """What the web process has used so far, in milliseconds."""
        used = psutil.Process(self.served.pid).cpu_times()
        return 1000 * (used.user + used.system)


async def database_of(stage: Stage, size: int) -> str:
    """An empty database for a size; before anybody uses the one that it is copied from."""
    return await create_database(stage.settings.database_url, f"size_{size}", DATABASE)


@asynccontextmanager
async def sized(stage: Stage, url: str, size: int) -> AsyncGenerator[Size]:
    """Fill the database of a size and open its pages."""
    database = Database(url, connections=2)
    cycle = await _a_cycle(database)
    await _grow(database, cycle, 0, PUBLISHED_AT)
    await _publish(database, cycle)
    if size > PUBLISHED_AT:
        await _grow(database, cycle, PUBLISHED_AT, size)
    environment = {**stage.running.environment, "TROPHEES_DATABASE_URL": url}
    async with serving("api.app:create_app", environment) as served:
        token = environment["TROPHEES_API_TOKEN"]
        browsers = await sign_everybody_in(database, served.address, token, cycle.id)
        async with database.transaction() as session:
            juror = await seat_of(session, cycle.id, JUROR)
            chair = await seat_of(session, cycle.id, CHAIR)
        settings = stage.settings.model_copy(update={"database_url": url})
        pages = pages_of(cycle.code, juror, chair)
        yield Size(settings, database, cycle, served, browsers, pages)
        await asyncio.gather(*(browser.aclose() for browser in browsers.values()))
    await database.close()


async def _a_cycle(database: Database) -> Cycle:
    async with database.transaction() as session:
        edition = await an_edition(session)
        return await a_cycle(session, edition, "REG-84", an_open_calendar(), Phase.EVALUATION)


async def _grow(database: Database, cycle: Cycle, before: int, after: int) -> None:
    async with database.transaction() as session:
        template = await template_of(session, cycle)
        answers = complete_answers(template, CATEGORY, "00000000000000")
        marks = {each.code: 3 for each in template.category(CATEGORY).criteria}
        await grow(session, cycle.id, before, after, answers, marks)
    async with database.engine.connect() as connection:
        # What autovacuum would do within a minute.
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("vacuum analyze"))


async def _publish(database: Database, cycle: Cycle) -> None:
    await _enter(database, cycle.id, Phase.DECIDED)
    async with database.transaction() as session:
        await session.execute(DECISIONS, {"cycle": cycle.id})
        await publish(session, CycleRef(str(cycle.id), datetime.now(UTC)))


async def _enter(database: Database, cycle_id: UUID, phase: Phase) -> None:
    async with database.transaction() as session:
        await session.execute(update(Cycle).where(col(Cycle.id) == cycle_id).values(phase=phase))
