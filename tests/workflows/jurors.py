"""A juror whose service runs, and a jury around: rows first, then workflows."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.jurors import CardAct, JurorStatus
from domain.phases import Phase
from domain.wire import names
from domain.wire.asked import Asked
from domain.wire.cycle import CycleMoved
from domain.wire.juror import AnswerInvitation, CardState, CloseCard, JurorState, RunJuror
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card
from storage.tables.juries import Juror as Row
from storage.templates import calendar_document
from tests.builders import a_card, a_cycle, a_juror, an_application
from tests.workflows.builders import SAMPLE, from_now, written
from tests.workflows.resting import is_at_work
from workflows.juror import JurorWorkflow

# The sample's grid for the category EQUIPE.
FULL = {"marks": {"EFF": 3, "EQU": 4}, "comments": {}}


@dataclass
class Jury:
    """A cycle with its calendar, in which jurors serve."""

    world: TimeSkipper
    database: Database
    cycle: Cycle
    calendar: CycleCalendar

    async def seats(
        self,
        *,
        status: JurorStatus = JurorStatus.INVITED,
        is_chair: bool = False,
        reserve_place: int | None = None,
        siren: str = "",
        maximum: int | None = None,
    ) -> Row:
        """One more row in the jury."""
        async with self.database.transaction() as session:
            row = await a_juror(session, self.cycle, status=status, is_chair=is_chair)
            row.reserve_place, row.siren, row.maximum = reserve_place, siren, maximum
        return row

    async def invites(self, row: Row | None = None, *, is_chair: bool = False) -> "Juror":
        """A juror who has just received the invitation."""
        seated = row or await self.seats(is_chair=is_chair)
        handle = await self.world.client.start_workflow(
            JurorWorkflow.run,
            RunJuror(str(seated.id), str(self.cycle.id), self.calendar, Phase(self.cycle.phase)),
            id=names.juror_id(str(self.cycle.id), str(seated.id)),
            task_queue=names.CYCLES,
        )
        juror = Juror(self, handle, seated, datetime.now(UTC))
        await juror.waits(timedelta(seconds=1))
        return juror

    async def has_a_file(self, *, siren: str = "", status: Status = Status.ADMITTED) -> Application:
        """One more application in the cycle."""
        async with self.database.transaction() as session:
            return await an_application(
                session,
                self.cycle,
                category="EQUIPE",
                status=status,
                siret=f"{siren}00010" if siren else "",
            )

    async def deals(self, row: Row, file: Application) -> Card:
        """A card of that juror for that file."""
        async with self.database.transaction() as session:
            return await a_card(session, row, file)

    async def reads(self, row: Row | UUID) -> Row:
        """The row as it is now."""
        async with self.database.transaction() as session:
            return await session.get_one(Row, row if isinstance(row, UUID) else row.id)

    async def reads_card(self, card: Card) -> Card:
        """The card as it is now."""
        async with self.database.transaction() as session:
            return await session.get_one(Card, card.id)

    async def readers_of(self, file: Application) -> set[UUID]:
        """Who has a card for the file, closed ones included."""
        async with self.database.transaction() as session:
            cards = select(col(Card.juror_id)).where(col(Card.application_id) == file.id)
            return set((await session.scalars(cards)).all())

    async def moves_to(self, phase: Phase, *jurors: "Juror") -> None:
        """Put the cycle in the phase, and tell those jurors, as a cycle's workflow does."""
        async with self.database.transaction() as session:
            cycle = await session.get_one(Cycle, self.cycle.id)
            cycle.phase = phase
            cycle.calendar = calendar_document(self.calendar)
        for juror in jurors:
            await juror.handle.signal(JurorWorkflow.cycle_moved, CycleMoved(phase, self.calendar))

    def evaluates_until(self, instant: datetime) -> None:
        """Move the end of the evaluation."""
        self.calendar = replace(self.calendar, evaluation_until=instant)


@dataclass
class Juror:
    """A juror at work."""

    jury: Jury
    handle: WorkflowHandle[JurorWorkflow, JurorState]
    row: Row
    began: datetime

    @property
    def id(self) -> str:
        """The id of the row, as it travels."""
        return str(self.row.id)

    async def waits(self, period: timedelta) -> None:
        """Let that much virtual time pass."""
        await self.jury.world.fast_forward(self.handle, period)

    async def ends(self) -> JurorState:
        """Let time pass until nothing is left to wait for."""
        await self.jury.world.fast_forward(self.handle)
        return await self.handle.result()

    async def state(self) -> JurorState:
        """Where the workflow says that the juror stands, once it has done what time brought."""
        async with asyncio.timeout(10):
            while await is_at_work(self.handle):  # noqa: ASYNC110  (a server rings no bell)
                await asyncio.sleep(0.05)
        return await self.handle.query(JurorWorkflow.state)

    async def writes(
        self, kind: str, payload: dict[str, object], *, after: timedelta, subject: str = ""
    ) -> Asked:
        """A request of this juror, arrived so long after the start."""
        return await written(
            self.jury.database,
            kind=kind,
            subject=subject or f"juror:{self.id}",
            by=self.row.person_id,
            arrived_at=self.began + after,
            payload=payload,
        )

    async def answers(
        self, *, accepts: bool, maximum: int | None = None, after: timedelta = timedelta()
    ) -> JurorState:
        """Accept or decline."""
        payload: dict[str, object] = {"accepts": accepts, "maximum": maximum, "reason": ""}
        asked = await self.writes("answer", payload, after=after)
        return await self.handle.execute_update(
            JurorWorkflow.answer,
            AnswerInvitation(asked.request, asked.arrived_at, accepts),
            id=asked.request,
        )

    async def declares(self, *files: Application, after: timedelta = timedelta()) -> JurorState:
        """Stand aside from these files."""
        ids = [str(file.id) for file in files]
        payload: dict[str, object] = {"applications": ids, "reasons": dict.fromkeys(ids, "Client")}
        asked = await self.writes("declare_conflicts", payload, after=after)
        return await self.handle.execute_update(
            JurorWorkflow.declare_conflicts, asked, id=asked.request
        )

    async def closes(
        self,
        card: Card,
        act: CardAct = CardAct.SEAL,
        payload: dict[str, object] | None = None,
        *,
        after: timedelta = timedelta(),
    ) -> CardState:
        """Seal, abstain or stand aside."""
        said = payload if payload is not None else dict(FULL)
        asked = await self.writes(act, said, after=after, subject=f"card:{card.id}")
        return await self.sends(card, act, asked)

    async def sends(self, card: Card, act: CardAct, asked: Asked) -> CardState:
        """Carry a request that is already written to the workflow."""
        return await self.handle.execute_update(
            JurorWorkflow.close_card,
            CloseCard(asked.request, asked.arrived_at, str(card.id), act),
            id=asked.request,
        )


async def a_jury(world: TimeSkipper, database: Database, *, phase: Phase = Phase.OPEN) -> Jury:
    """A jury without anybody, in a cycle of a year that began this instant."""
    calendar = from_now()
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=phase, calendar=calendar)
    return Jury(world, database, cycle, calendar)


async def a_reader(jury: Jury) -> Juror:
    """A juror who accepted, told that the evaluation has begun."""
    juror = await jury.invites()
    await juror.answers(accepts=True)
    await jury.moves_to(Phase.EVALUATION, juror)
    return juror
