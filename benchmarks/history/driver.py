"""A real cycle, moved by hand from phase to phase: its dates are days away, its phases end early."""

from contextlib import suppress
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlmodel import col
from temporalio.client import Client, WorkflowHandle

from api.engine import Engine
from benchmarks.stage import Stage
from benchmarks.waiting import until
from domain.applications import Act
from domain.calendar import CycleCalendar
from domain.phases import Phase
from domain.refusals import Unanswered
from domain.wire import names
from domain.wire.application import AskOfApplication, RunApplication
from domain.wire.asked import Asked
from domain.wire.cycle import EndPhase, RunCycle
from storage.ledger import LetterState
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.letters import Letter
from storage.tables.results import Decision, Standing
from storage.templates import calendar_in

REASON = "Banc d’essai."


class Driver:
    """Asks the workflows of one cycle what people would ask, on behalf of one organiser."""

    def __init__(self, stage: Stage, client: Client, cycle: Cycle, organiser: UUID) -> None:
        self.stage = stage
        self.client = client
        self.cycle = cycle
        self.engine = Engine(client)
        self._organiser = organiser

    @property
    def calendar(self) -> CycleCalendar:
        """The dates with which the cycle started."""
        return calendar_in(self.cycle)

    @property
    def handle(self) -> WorkflowHandle[object, object]:
        """The workflow of the cycle."""
        return self.client.get_workflow_handle(names.cycle_id(self.cycle.code))

    def of(self, application: Application) -> WorkflowHandle[object, object]:
        """The workflow of an application."""
        return self.client.get_workflow_handle(names.application_id(str(application.id)))

    async def open(self) -> None:
        """Start the cycle, whose call is open already by its dates."""
        await self.engine.run_cycle(
            self.cycle.code, RunCycle(str(self.cycle.id), calendar_in(self.cycle))
        )
        await self.reaches(Phase.OPEN)

    async def follow(self, application: Application) -> None:
        """Start the workflow of an application."""
        await self.engine.run_application(
            RunApplication(str(application.id), str(self.cycle.id), calendar_in(self.cycle))
        )

    async def ask(self, application: Application, act: Act) -> None:
        """Ask for a move, as the page does: written down first, then asked."""
        asked = await self._written(act, f"application:{application.id}", {})
        await self.engine.ask_application(
            str(application.id), AskOfApplication(act, asked.request, asked.arrived_at)
        )

    async def end(self, phase: Phase, then: Phase) -> None:
        """End a phase early, and wait until everything that follows from it is done."""
        asked = await self._written("end_phase", f"cycle:{self.cycle.id}", {"reason": REASON})
        with suppress(
            Unanswered
        ):  # told late, where thousands are told first; it is done all the same
            await self.engine.end_phase(
                self.cycle.code, EndPhase(asked.request, asked.arrived_at, phase)
            )
        await self.reaches(then)

    async def decide_and_sign(self) -> None:
        """Say that nobody scored and that nothing is awarded, and sign as the chair."""
        async with self.stage.database.transaction() as session:
            categories = await session.scalars(
                select(col(Standing.category)).where(
                    col(Standing.cycle_id) == self.cycle.id, col(Standing.place) == 1
                )
            )
            session.add_all(
                Decision(cycle_id=self.cycle.id, category=each, awards=False, reason=REASON)
                for each in categories.all()
            )
            jury = list(
                await session.scalars(
                    select(Juror)
                    .where(col(Juror.cycle_id) == self.cycle.id)
                    .order_by(col(Juror.is_chair).desc())
                )
            )
        present = [str(juror.id) for juror in jury]
        asked = await self._written(
            "sign_minutes",
            f"cycle:{self.cycle.id}",
            {"summary": REASON, "present": present},
            by=jury[0].person_id,
        )
        await self.engine.sign_minutes(self.cycle.code, asked)
        await self.reaches(Phase.DECIDED)

    async def reaches(self, phase: Phase) -> None:
        """Wait until the cycle is in a phase with nothing left to do there."""
        await until(lambda: self._rests_in(phase), f"the cycle in {phase}")

    async def letters_have_left(self, application: Application, count: int) -> None:
        """Wait until so many letters about an application were sent and its workflow rests."""

        async def have_left() -> bool:
            async with self.stage.database.transaction() as session:
                sent = await session.execute(
                    select(func.count()).where(
                        col(Letter.subject) == f"application:{application.id}",
                        col(Letter.state) == LetterState.SENT,
                    )
                )
            return sent.scalar_one() == count and await rests(self.of(application))

        await until(have_left, f"{count} letters about one application")

    async def _rests_in(self, phase: Phase) -> bool:
        async with self.stage.database.transaction() as session:
            now_in = await session.execute(
                select(col(Cycle.phase)).where(col(Cycle.id) == self.cycle.id)
            )
        return now_in.scalar_one() == phase and await rests(self.handle)

    async def _written(
        self, kind: str, subject: str, payload: dict[str, object], by: UUID | None = None
    ) -> Asked:
        async with self.stage.database.transaction() as session:
            return await write_request(
                session,
                request_id=uuid4(),
                kind=kind,
                subject=subject,
                by_person=by or self._organiser,
                payload=payload,
            )


async def rests(handle: WorkflowHandle[object, object]) -> bool:
    """Whether a workflow waits for people or dates only, not for its own activities."""
    described = (await handle.describe()).raw_description
    if described.pending_activities or described.pending_children:
        return False
    return not described.HasField("pending_workflow_task")
