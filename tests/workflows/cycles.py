"""A cycle whose workflow runs, with applications, a jury and an organiser around it."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlmodel import col
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.wire import names
from domain.wire.application import RunApplication
from domain.wire.asked import Asked
from domain.wire.cycle import CycleState, EndPhase, RunCycle
from storage.database import Database
from storage.drafts.results_release import approve
from storage.tables.applications import Application
from storage.tables.cycles import Cycle as Row
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.records import JournalLine
from storage.tables.results import Decision, Minutes, Palmares, Standing
from storage.templates import calendar_in
from tests.builders import a_cycle, a_juror, a_person, an_application, an_organiser
from tests.workflows.builders import SAMPLE, from_now, written
from tests.workflows.reading import DAY, events
from workflows.application import ApplicationWorkflow
from workflows.cycle import CycleWorkflow

GOOD, FAIR = {"EFF": 4, "EQU": 4}, {"EFF": 3, "EQU": 3}


@dataclass
class Cycle:
    """A cycle at work, and the organiser who watches it."""

    world: TimeSkipper
    database: Database
    handle: WorkflowHandle[CycleWorkflow, CycleState]
    row: Row
    organiser: Person
    calendar: CycleCalendar
    began: datetime

    @property
    def id(self) -> str:
        """The id of the row, as it travels."""
        return str(self.row.id)

    async def waits(self, period: timedelta) -> None:
        """Let that much virtual time pass."""
        await self.world.fast_forward(self.handle, period)

    async def waits_until(self, instant: datetime) -> None:
        """Let virtual time pass until an instant, and a minute more."""
        now = await self.world.get_current_time(self.handle)
        await self.waits(instant - now + timedelta(minutes=1))

    async def ends(self) -> CycleState:
        """Let time pass until nothing is left to wait for."""
        await self.world.fast_forward(self.handle)
        return await self.handle.result()

    async def writes(
        self,
        kind: str,
        *,
        at: datetime | None = None,
        payload: dict[str, object] | None = None,
        by: UUID | None = None,
    ) -> Asked:
        """A request of the organiser unless said otherwise, arrived when we say, or at the cycle's now."""
        return await written(
            self.database,
            kind=kind,
            subject=f"cycle:{self.id}",
            by=by or self.organiser.id,
            arrived_at=at or await self.world.get_current_time(self.handle),
            payload=payload or {"reason": "Le jury est prêt."},
        )

    async def ends_phase(self, phase: Phase, asked: Asked | None = None) -> CycleState:
        """End a phase before its date."""
        request = asked or await self.writes("end_phase")
        return await self.handle.execute_update(
            CycleWorkflow.end_phase,
            EndPhase(request.request, request.arrived_at, phase),
            id=request.request,
        )

    async def is_cancelled(self) -> CycleState:
        """Cancel the cycle."""
        asked = await self.writes("cancel", payload={"reason": "Faute de candidatures."})
        return await self.handle.execute_update(CycleWorkflow.cancel, asked, id=asked.request)

    async def signs(self, *, at: datetime | None = None) -> CycleState:
        """Sign the minutes, as the chair, everybody present."""
        sitting = await self.sitting()
        present = [str(each.id) for each in sitting]
        chair = next((each.person_id for each in sitting if each.is_chair), None)
        payload: dict[str, object] = {"summary": "Débat serein.", "present": present}
        asked = await self.writes("sign_minutes", at=at, payload=payload, by=chair)
        return await self.handle.execute_update(CycleWorkflow.sign_minutes, asked, id=asked.request)

    async def agrees(self) -> None:
        """Agree to the sending of the results, as somebody who has not signed them."""
        async with self.database.transaction() as session:
            await approve(session, self.row.id, self.organiser.id, uuid4(), may_be_alone=False)

    async def decides(
        self, laureate: Application, *nominees: Application, category: str = "EQUIPE"
    ) -> None:
        """Write the jury's decision in a category, as the chair's page does."""
        async with self.database.transaction() as session:
            session.add(
                Decision(
                    cycle_id=self.row.id,
                    category=category,
                    laureate_id=laureate.id,
                    nominees=[str(each.id) for each in nominees],
                    awards=True,
                )
            )

    async def has_a_file(self, status: Status = Status.ADMITTED, siren: str = "") -> Application:
        """One more application, with somebody who receives its letters."""
        async with self.database.transaction() as session:
            person = await a_person(session)
            return await an_application(
                session,
                self.row,
                category="EQUIPE",
                status=status,
                by=person.id,
                siret=f"{siren}00010" if siren else "",
            )

    async def has_a_juror(self, *, is_chair: bool = False, siren: str = "") -> Juror:
        """One more juror, who accepted."""
        async with self.database.transaction() as session:
            juror = await a_juror(session, self.row, status=JurorStatus.ACCEPTED, is_chair=is_chair)
            juror.siren = siren
        return juror

    async def has_a_jury(self) -> list[Juror]:
        """A chair and as many members as the quorum asks for."""
        return [await self.has_a_juror(is_chair=chair) for chair in (True, False, False)]

    async def sitting(self) -> list[Juror]:
        """The jurors of the cycle."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(Juror).where(col(Juror.cycle_id) == self.row.id).order_by(col(Juror.id))
            )
            return list(rows.all())

    async def has_sealed(self, juror: Juror, file: Application, marks: dict[str, int]) -> None:
        """The card that was dealt, now sealed."""
        async with self.database.transaction() as session:
            await session.execute(
                update(Card)
                .where(col(Card.juror_id) == juror.id, col(Card.application_id) == file.id)
                .values(status=CardStatus.SEALED, marks=marks)
            )

    async def stands_aside(self, juror: Juror, file: Application) -> None:
        """A conflict declared before the deal."""
        async with self.database.transaction() as session:
            session.add(Conflict(juror_id=juror.id, application_id=file.id, at=self.began))

    async def accompanies(self, file: Application) -> WorkflowHandle[ApplicationWorkflow, object]:
        """The workflow of an application of the cycle, started."""
        given = RunApplication(str(file.id), self.id, self.calendar, Status(file.status))
        return await self.world.client.start_workflow(
            ApplicationWorkflow.run,
            given,
            id=names.application_id(given.application),
            task_queue=names.CYCLES,
        )

    async def waits_for_mailing(self, kind: str) -> None:
        """Wait until the letters of a mailing are all sent, by the real post."""
        pile = select(func.count()).where(
            col(Letter.mailing) == f"{kind}:{self.id}", col(Letter.state) != "sent"
        )
        async with asyncio.timeout(20):
            while True:
                async with self.database.transaction() as session:
                    if not await session.scalar(pile):
                        return
                await asyncio.sleep(0.05)

    @staticmethod
    async def signals_to(handle: WorkflowHandle[ApplicationWorkflow, object]) -> int:
        """How many times a workflow was told something."""
        return await events(
            handle, lambda event: event.HasField("workflow_execution_signaled_event_attributes")
        )

    async def actors(self, act: str) -> list[str]:
        """Who did it, by the journal."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(col(JournalLine.actor)).where(
                    col(JournalLine.subject) == f"cycle:{self.id}", col(JournalLine.act) == act
                )
            )
            return list(rows.all())

    async def reads(self) -> Row:
        """The row as it is now."""
        async with self.database.transaction() as session:
            return await session.get_one(Row, self.row.id)

    async def calendar_in_force(self) -> tuple[int, CycleCalendar]:
        """The version and the dates that hold now."""
        row = await self.reads()
        return row.calendar_version, calendar_in(row)

    async def lines(self, *acts: str) -> list[tuple[str, float]]:
        """What the journal says of the cycle: where to, and on which day since the beginning."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(JournalLine)
                .where(col(JournalLine.subject) == f"cycle:{self.id}")
                .order_by(col(JournalLine.id))
            )
            return [
                (line.after, round((line.at - self.began) / DAY, 2))
                for line in rows
                if not acts or line.act in acts
            ]

    async def pairs(self) -> set[tuple[UUID, UUID]]:
        """The cards: file and juror."""
        async with self.database.transaction() as session:
            rows = await session.execute(select(col(Card.application_id), col(Card.juror_id)))
            return {(row.application_id, row.juror_id) for row in rows}

    async def standings(self) -> list[tuple[UUID, int | None, str]]:
        """The frozen ranking: file, rank, mean."""
        async with self.database.transaction() as session:
            rows = await session.scalars(select(Standing).order_by(col(Standing.place)))
            return [(row.application_id, row.rank, str(row.mean)) for row in rows]

    async def published(self) -> list[Palmares]:
        """The published pages."""
        async with self.database.transaction() as session:
            return list((await session.scalars(select(Palmares))).all())

    async def minutes(self) -> Minutes | None:
        """The signed minutes, if there are."""
        async with self.database.transaction() as session:
            return await session.get(Minutes, self.row.id)


async def a_cycle_under_way(world: TimeSkipper, database: Database) -> Cycle:
    """A cycle that opens in ten days, whose workflow has just started."""
    began = datetime.now(UTC)
    calendar = replace(from_now(), opens_at=began + 10 * DAY)
    async with database.transaction() as session:
        row = await a_cycle(session, template=SAMPLE, phase=Phase.PREPARED, calendar=calendar)
        organiser = await an_organiser(session, row, "orga@exemple.fr")
    handle = await world.client.start_workflow(
        CycleWorkflow.run,
        RunCycle(str(row.id), calendar),
        id=names.cycle_id(row.code),
        task_queue=names.CYCLES,
    )
    return Cycle(world, database, handle, row, organiser, calendar, began)
