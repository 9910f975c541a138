"""A whole edition: eighteen territories, then their final, moved by hand from phase to phase."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowHandle

from benchmarks.edition.crowd import fill, seat
from benchmarks.edition.memory import resident
from benchmarks.history.driver import Driver, rests
from benchmarks.stage import Stage
from benchmarks.waiting import until
from benchmarks.world import TEMPLATE
from domain.editions import EditionAct, EditionPhase
from domain.levels import Level
from domain.phases import ORDER, Phase
from domain.wire import names
from domain.wire.edition import AskOfEdition, EditionState
from storage.acts.edition_opening import cycles_of, prepare_edition
from storage.acts.unstarted import run_of_edition
from storage.edition_plans import led
from storage.editions import shipped_template
from storage.identity import person_called
from storage.requests import write_request
from storage.tables.cycles import Edition

# The signature of the chair ends the deliberation; everything else ends when an organiser says so.
SIGNED = Phase.DELIBERATION


@dataclass
class Led:
    """What an edition of so many applications took, and left in the engine."""

    applications: int
    events: dict[str, int] = field(default_factory=dict[str, int])
    seconds: dict[str, float] = field(default_factory=dict[str, float])
    memory: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def max_events(self) -> int:
        """The longest history of the edition or of any of its cycles."""
        return max(self.events.values())

    @property
    def longest(self) -> tuple[str, float]:
        """The phase change that took the longest, for all territories together."""
        return max(self.seconds.items(), key=lambda each: each[1])


class Year:
    """Leads one edition by what its organisers ask."""

    def __init__(
        self, stage: Stage, client: Client, edition: Edition, organiser: UUID, size: int
    ) -> None:
        self._stage = stage
        self._client = client
        self._edition = edition
        self._organiser = organiser
        self.led = Led(size)

    async def lead(self) -> Led:
        """Confirm, fill, carry the territories to their decisions, hold the final, close."""
        await self._confirm()
        territories = await self._drivers(Level.TERRITORIAL)
        await self._change("open", self._end(territories, Phase.PREPARED))
        cycles = [each.cycle for each in territories]
        await fill(self._stage, cycles, self.led.applications)
        for phase in _from(Phase.OPEN, Phase.DELIBERATION):
            await self._change(_after(phase), self._end(territories, phase))
        self.led.memory = resident()
        await self._change("final", self._reaches(EditionPhase.FINAL))
        (final,) = await self._drivers(Level.NATIONAL)
        await seat(self._stage, final.cycle)
        for phase in _from(Phase.PREPARED, Phase.DELIBERATION):
            await self._change(f"final {_after(phase)}", self._end([final], phase))
        for phase in _from(Phase.DECIDED, Phase.PUBLISHED):
            await self._change(_after(phase), self._end([*territories, final], phase))
        await self._reaches(EditionPhase.CLOSED)
        await self._weigh([*territories, final])
        return self.led

    async def _confirm(self) -> None:
        engine = await self._stage.engine()
        async with self._stage.database.transaction() as session:
            run = await run_of_edition(session, self._edition.id)
            asked = await write_request(
                session,
                request_id=uuid4(),
                kind=EditionAct.CONFIRM,
                subject=f"edition:{self._edition.id}",
                by_person=self._organiser,
                payload={"seen": led(self._edition).seen},
            )
        if run is None:
            raise LookupError(self._edition.code)
        await engine.run_edition(run.code, run.run)
        question = AskOfEdition(EditionAct.CONFIRM, asked.request, asked.arrived_at)
        await engine.ask_edition(self._edition.code, question)
        await self._reaches(EditionPhase.TERRITORIAL)

    async def _drivers(self, level: Level) -> list[Driver]:
        async with self._stage.database.transaction() as session:
            cycles = await cycles_of(session, self._edition)
        return [
            Driver(self._stage, self._client, each, self._organiser)
            for each in cycles
            if each.level == level
        ]

    async def _change(self, name: str, change: Awaitable[None]) -> None:
        began = time.monotonic()
        await change
        self.led.seconds[name] = time.monotonic() - began

    async def _end(self, drivers: Iterable[Driver], phase: Phase) -> None:
        end: Callable[[Driver], Awaitable[None]] = (
            Driver.decide_and_sign
            if phase is SIGNED
            else lambda driver: driver.end(phase, Phase(_after(phase)))
        )
        await asyncio.gather(*map(end, drivers))

    async def _reaches(self, phase: EditionPhase) -> None:
        async def is_there() -> bool:
            state: EditionState = await self._handle.query("state", result_type=EditionState)
            return state.phase is phase and await rests(self._handle)

        await until(is_there, f"the edition in {phase}")

    @property
    def _handle(self) -> WorkflowHandle[object, object]:
        return self._client.get_workflow_handle(names.edition_id(self._edition.code))

    async def _weigh(self, drivers: Iterable[Driver]) -> None:
        for each in drivers:
            self.led.events[each.cycle.code] = len((await each.handle.fetch_history()).events)
        self.led.events[self._edition.code] = len((await self._handle.fetch_history()).events)


async def a_year(stage: Stage, size: int) -> Led:
    """Lead an edition of its own, with so many applications."""
    shipped = shipped_template(TEMPLATE)
    if shipped is None:
        raise LookupError(TEMPLATE)
    async with stage.database.transaction() as session:
        organiser = (await person_called(session, "organisation@exemple.fr")).id
        edition = await prepare_edition(
            session, shipped.document, datetime.now(UTC).year + 1, code=f"taille-{size}"
        )
    return await Year(stage, await stage.temporal(), edition, organiser, size).lead()


def _from(first: Phase, last: Phase) -> tuple[Phase, ...]:
    return ORDER[ORDER.index(first) : ORDER.index(last) + 1]


def _after(phase: Phase) -> str:
    return ORDER[ORDER.index(phase) + 1]
