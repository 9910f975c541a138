"""The benchmark « submission »."""

from dataclasses import dataclass

import httpx
from sqlalchemy import func, select
from sqlmodel import col

from benchmarks.load import Act, Burst, burst, together
from benchmarks.report import Line, Report, Sheet, line
from benchmarks.stage import Stage, stage
from benchmarks.submission.beside import bare_service
from benchmarks.submission.drafts import companies
from benchmarks.submission.effort import NONE, Effort, spent
from benchmarks.submission.journey import journeys
from benchmarks.waiting import until
from benchmarks.world import a_cycle, an_edition, an_open_calendar
from domain.phases import Phase
from embedded.catalogue import EVERYTHING
from storage.ledger import LetterState
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter

# How many submissions and bare inserts each number of clients makes in one round.
SUBMISSIONS = {1: 16, 8: 48, 32: 96}
INSERTS = {1: 200, 8: 400, 32: 960}
ROUNDS = 3
ROW = {"company": "Menuiserie des Alpes", "answers": {"title": "Un tuteur pour chacun"}}


@dataclass(frozen=True, slots=True)
class Load:
    """What one number of clients met."""

    clients: int
    submissions: Burst
    inserts: Burst
    journeys: Burst
    requests_per_journey: float
    effort: Effort
    bare_effort: Effort

    @property
    def worker_cpu(self) -> float:
        """Milliseconds of CPU that the worker spends on a submission, its receipt included."""
        return self.effort.each("worker", len(self.submissions.each))

    @property
    def web_cpu(self) -> float:
        """Milliseconds of CPU that the web spends on a submission."""
        return self.effort.each("web", len(self.submissions.each))

    @property
    def bare_cpu(self) -> float:
        """Milliseconds of CPU that the bare endpoint spends on an insert."""
        return self.bare_effort.each("bare", len(self.inserts.each))

    @property
    def cpu_ratio(self) -> float:
        """How many bare inserts a submission is worth, in the work of our processes."""
        return (self.worker_cpu + self.web_cpu) / self.bare_cpu

    @property
    def p50_ratio(self) -> float:
        """How many bare inserts a submission is worth, in time waited."""
        return self.submissions.p50 / self.inserts.p50

    @property
    def rate_ratio(self) -> float:
        """Submissions per bare insert, in what the machine can do."""
        return self.submissions.rate / self.inserts.rate

    @property
    def journey_ratio(self) -> float:
        """One request of the whole journey, in bare inserts."""
        return self.journeys.p50 / self.requests_per_journey / self.inserts.p50

    @property
    def line(self) -> Line:
        """The finding, as a program reads it."""
        return line(
            "submission",
            clients=self.clients,
            p50_ratio=self.p50_ratio,
            rate_ratio=self.rate_ratio,
            submit_p50_ms=self.submissions.p50,
            bare_p50_ms=self.inserts.p50,
            submit_rate=self.submissions.rate,
            bare_rate=self.inserts.rate,
            cpu_ratio=self.cpu_ratio,
            worker_cpu_ms=self.worker_cpu,
            web_cpu_ms=self.web_cpu,
            bare_cpu_ms=self.bare_cpu,
            journey_p50_ms=self.journeys.p50,
            journey_requests=self.requests_per_journey,
            journey_request_ratio=self.journey_ratio,
        )


async def measure() -> Report:
    """Time submissions and bare inserts in turn, by 1, 8 and 32 clients."""
    async with stage(EVERYTHING) as running, bare_service(running) as bare:
        cycle = await _an_open_cycle(running)
        await _warm_up(running, bare, cycle)
        loads = [await _load(running, bare, cycle, clients) for clients in SUBMISSIONS]
    return Report(
        sheets=(_sheet(loads),),
        lines=tuple(load.line for load in loads),
        remarks=(
            "Bare: a FastAPI endpoint in its own process that inserts one row, same PostgreSQL.",
            "Journey: sign in by letter, open an application, write every section, read again, send.",
        ),
    )


async def _load(stage: Stage, bare: str, cycle: Cycle, clients: int) -> Load:
    made, requests = await journeys(stage, cycle, clients)
    await _settled(stage)
    submissions: list[Burst] = []
    inserts: list[Burst] = []
    effort, bare_effort = NONE, NONE
    for place in range(ROUNDS):
        first = 1000 * (place + 1) + 100 * list(SUBMISSIONS).index(clients)
        ranks = range(first, first + clients)
        acts = await _submissions(stage, cycle, ranks, SUBMISSIONS[clients] // clients)
        await _settled(stage)
        before = spent()
        inserts.append(await _inserted(bare, clients, INSERTS[clients]))
        between = spent()
        submissions.append(await burst(acts))
        await _settled(stage)
        bare_effort = bare_effort.plus(between.since(before))
        effort = effort.plus(spent().since(between))
    return Load(
        clients,
        together(submissions),
        together(inserts),
        made,
        requests,
        effort,
        bare_effort,
    )


async def _submissions(stage: Stage, cycle: Cycle, ranks: range, each: int) -> list[list[Act]]:
    engine = await stage.engine()
    return [await company.acts() for company in await companies(stage, engine, cycle, ranks, each)]


async def _inserted(bare: str, clients: int, count: int) -> Burst:
    browsers = [
        httpx.AsyncClient(base_url=bare, timeout=60, trust_env=False) for _ in range(clients)
    ]
    done = await burst([[_insertion(browser)] * (count // clients) for browser in browsers])
    for browser in browsers:
        await browser.aclose()
    return done


def _insertion(browser: httpx.AsyncClient) -> Act:
    async def insert() -> None:
        (await browser.post("/rows", json=ROW)).raise_for_status()

    return insert


async def _warm_up(stage: Stage, bare: str, cycle: Cycle) -> None:
    """Let every process load what it loads once."""
    for acts in await _submissions(stage, cycle, range(900, 902), 3):
        await burst([acts])
    await _inserted(bare, 4, 40)
    await _settled(stage)


async def _settled(stage: Stage) -> None:
    """Wait until the letters of what came before have left, so that nothing disturbs what follows."""

    async def is_settled() -> bool:
        async with stage.database.transaction() as session:
            waiting = await session.execute(
                select(func.count()).where(
                    col(Letter.state).in_([LetterState.PLANNED, LetterState.SENDING])
                )
            )
        return waiting.scalar_one() == 0

    await until(is_settled, "the letters to leave")


async def _an_open_cycle(stage: Stage) -> Cycle:
    async with stage.database.transaction() as session:
        edition = await an_edition(session)
        return await a_cycle(session, edition, "REG-84", an_open_calendar(), Phase.OPEN)


def _sheet(loads: list[Load]) -> Sheet:
    return Sheet(
        "A submission beside a bare insert",
        (
            *("clients", "submit p50 ms", "p95 ms", "bare p50 ms", "p50 ratio"),
            *("submits/s", "inserts/s", "rate ratio", "cpu ratio", "journey p50 s"),
        ),
        tuple(
            (
                *(str(load.clients), load.submissions.p50, load.submissions.p95),
                *(load.inserts.p50, load.p50_ratio, load.submissions.rate, load.inserts.rate),
                *(load.rate_ratio, load.cpu_ratio, load.journeys.p50 / 1000),
            )
            for load in loads
        ),
    )
