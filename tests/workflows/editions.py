"""An edition at work: three territories and a final, on the virtual clock of its workflow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper

from domain.calendar import CycleCalendar
from domain.edition_plan import EditionFrame
from domain.editions import EditionAct
from domain.phases import Phase
from domain.wire import names
from domain.wire.asked import Asked
from domain.wire.edition import (
    AskOfEdition,
    EditionState,
    PromotionSettled,
    RunEdition,
    TerritoryMoved,
)
from storage.acts.edition_opening import prepare_edition
from storage.database import Database
from storage.edition_plans import LedEdition, keep, led, wire_plan
from storage.editions import MAIN, shipped_template
from storage.tables.calendars import CalendarVersion
from storage.tables.cycles import Cycle
from storage.tables.cycles import Edition as Row
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.records import JournalLine
from tests.builders import an_organiser
from tests.workflows.builders import written
from workflows.edition import EditionWorkflow

DAY = timedelta(days=1)
PLACES = ("REG-53", "REG-52", "REG-04")


def a_frame(opens_at: datetime) -> EditionFrame:
    """A hundred days for the territories, then forty for the final."""
    steps = (0, 40, 50, 55, 80, 90, 100, 200)
    territorial = CycleCalendar(*(opens_at + each * DAY for each in steps))
    national = CycleCalendar(
        *(opens_at + each * DAY for each in (100, 114, 114, 114, 130, 132, 140, 200))
    )
    return EditionFrame(territorial, national)


@dataclass
class Edition:
    """An edition whose workflow runs, and the national organiser."""

    world: TimeSkipper
    database: Database
    handle: WorkflowHandle[EditionWorkflow, EditionState]
    row: Row
    organiser: Person
    frame: EditionFrame
    began: datetime

    async def waits(self, period: timedelta) -> None:
        """Let that much virtual time pass."""
        await self.world.fast_forward(self.handle, period)

    async def waits_until(self, instant: datetime) -> None:
        """Let virtual time pass until an instant, and a minute more."""
        now = await self.world.get_current_time(self.handle)
        await self.waits(instant - now + timedelta(minutes=1))

    async def asks(self, act: EditionAct, **payload: object) -> EditionState:
        """Ask something, as the national organiser."""
        asked = await self.writes(act, **payload)
        return await self.sends(act, asked)

    async def writes(self, act: EditionAct, **payload: object) -> Asked:
        """A request of the national organiser, arrived at the edition's now."""
        return await written(
            self.database,
            kind=act,
            subject=f"edition:{self.row.id}",
            by=self.organiser.id,
            arrived_at=await self.world.get_current_time(self.handle),
            payload=payload,
        )

    async def sends(self, act: EditionAct, asked: Asked) -> EditionState:
        """Send a request that was written down."""
        return await self.handle.execute_update(
            EditionWorkflow.act,
            AskOfEdition(act, asked.request, asked.arrived_at),
            id=asked.request,
        )

    async def is_confirmed(self) -> EditionState:
        """Confirm the plan as it stands."""
        row = await self.reads()
        return await self.asks(EditionAct.CONFIRM, seen=led(row).seen)

    async def hears(self, place: str, phase: Phase) -> None:
        """A cycle of the edition enters a phase and says so, as its workflow does."""
        cycle = (await self.cycles())[place]
        async with self.database.transaction() as session:
            (await session.get_one(Cycle, cycle.id)).phase = phase
        await self.handle.signal(
            EditionWorkflow.territory_moved, TerritoryMoved(str(cycle.id), phase)
        )

    async def hears_of_a_promotion(self, place: str, category: str) -> None:
        """It is known who goes up from a category of a territory."""
        cycles = await self.cycles()
        await self.handle.signal(
            EditionWorkflow.promotion_settled, PromotionSettled(str(cycles[place].id), category)
        )

    async def state(self) -> EditionState:
        """Where it stands."""
        return await self.handle.query(EditionWorkflow.state)

    async def reads(self) -> Row:
        """The row as it is now."""
        async with self.database.transaction() as session:
            return await session.get_one(Row, self.row.id)

    async def cycles(self) -> dict[str, Cycle]:
        """The cycles of the edition, by territory."""
        async with self.database.transaction() as session:
            rows = await session.scalars(select(Cycle).where(col(Cycle.edition_id) == self.row.id))
            return {each.territory: each for each in rows}

    async def versions(self, place: str) -> list[tuple[int, str]]:
        """Every version of the calendar of a cycle, and the act that made it."""
        cycles = await self.cycles()
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(CalendarVersion)
                .where(col(CalendarVersion.cycle_id) == cycles[place].id)
                .order_by(col(CalendarVersion.version))
            )
            return [(each.version, each.act) for each in rows]

    async def is_led(self, place: str) -> bool:
        """Whether the workflow of a cycle runs."""
        cycles = await self.cycles()
        workflow_id = names.cycle_id(cycles[place].code)
        running = [each.id async for each in self.world.client.list_workflows()]
        return workflow_id in running

    async def letters(self, kind: str) -> int:
        """How many letters of a kind were planned."""
        async with self.database.transaction() as session:
            rows = await session.scalars(select(Letter).where(col(Letter.kind) == kind))
            return len(rows.all())

    async def lines(self) -> list[tuple[str, float]]:
        """The phases that the journal says, and on which day since the beginning."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(JournalLine)
                .where(
                    col(JournalLine.subject) == f"edition:{self.row.id}",
                    col(JournalLine.act) == "enter_edition_phase",
                )
                .order_by(col(JournalLine.id))
            )
            return [(line.after, round((line.at - self.began) / DAY, 2)) for line in rows]


async def an_edition_at_work(
    world: TimeSkipper,
    database: Database,
    *,
    opens_in: int = 20,
    quorum: int = 2,
    places: Sequence[str] = PLACES,
) -> Edition:
    """An edition that waits to be confirmed: three territories, open in twenty days."""
    began = datetime.now(UTC)
    frame = a_frame(began + opens_in * DAY)
    shipped = shipped_template(MAIN)
    assert shipped is not None
    async with database.transaction() as session:
        row = await prepare_edition(session, shipped.document, 2031)
        every = {each.code: each for each in led(row).territories}
        keep(
            row,
            LedEdition(
                tuple(every[place] for place in places), frame, quorum, frame.national.opens_at
            ),
        )
        organiser = await an_organiser(session, None, "nationale@exemple.fr")
        await session.flush()
        plan = await wire_plan(session, row)
    handle = await world.client.start_workflow(
        EditionWorkflow.run,
        RunEdition(str(row.id), plan),
        id=names.edition_id(row.code),
        task_queue=names.CYCLES,
    )
    return Edition(world, database, handle, row, organiser, frame, began)
