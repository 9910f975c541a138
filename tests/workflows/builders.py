"""What workflow tests are about: an application, a juror, a cycle, with rows behind them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment

from domain.applications import Act
from domain.calendar import CycleCalendar
from domain.phases import Phase
from domain.wire import names
from domain.wire.application import ApplicationState, AskOfApplication, RunApplication
from domain.wire.asked import Asked
from domain.wire.cycle import CycleMoved
from storage.database import Database
from storage.tables.applications import Application as Row
from storage.tables.applications import ApplicationVersion
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.records import JournalLine, Request
from storage.templates import calendar_document
from tests.builders import a_cycle, a_person, an_application
from workflows.application import ApplicationWorkflow


def from_now(day: timedelta = timedelta(days=1)) -> CycleCalendar:
    """A calendar that opened this instant: 120 days to apply, then the usual phases."""
    now = datetime.now(UTC)
    return CycleCalendar(
        opens_at=now - timedelta(minutes=1),
        closes_at=now + 120 * day,
        screening_until=now + 136 * day,
        evaluation_from=now + 180 * day,
        evaluation_until=now + 205 * day,
        deliberation_until=now + 220 * day,
        publishes_at=now + 260 * day,
        ends_at=now + 300 * day,
    )


SAMPLE = "sample-small"
DAY = timedelta(days=1)
SENT = {
    "siret": "12345678200010",
    "contact_email": "direction@exemple.fr",
    "title": "Un tuteur pour chacun",
    "public_summary": "Chaque personne accueillie a un tuteur de l’atelier.",
    "story": "Nous avons formé douze tuteurs en deux ans.",
    "people_welcomed": "12",
    "accepts_rules": "yes",
}


@dataclass
class Application:
    """An application whose workflow runs, and the people who act on it."""

    world: WorkflowEnvironment
    database: Database
    handle: WorkflowHandle[ApplicationWorkflow, ApplicationState]
    id: str
    cycle: str
    person: UUID
    calendar: CycleCalendar
    began: datetime

    async def waits(self, period: timedelta) -> None:
        """Let that much virtual time pass, with all that it brings."""
        await self.world.fast_forward(self.handle, period)

    async def ends(self) -> ApplicationState:
        """Let time pass until nothing is left to wait for."""
        await self.world.fast_forward(self.handle)
        return await self.handle.result()

    @property
    def subject(self) -> str:
        return f"application:{self.id}"

    def instant(self, after: timedelta) -> datetime:
        return self.began + after

    def until_closing(self) -> timedelta:
        return self.calendar.closes_at - self.began

    def calendar_closing(self, after: timedelta) -> CycleCalendar:
        moved = after - self.until_closing()
        self.calendar = replace(
            self.calendar,
            closes_at=self.calendar.closes_at + moved,
            screening_until=self.calendar.screening_until + moved,
            evaluation_from=self.calendar.evaluation_from + moved,
        )
        return self.calendar

    async def puts_in_force(self, calendar: CycleCalendar) -> None:
        async with self.database.transaction() as session:
            cycle = await session.get_one(Cycle, UUID(self.cycle))
            cycle.calendar = calendar_document(calendar)

    async def writes(self, act: Act, *, after: timedelta, reason: str = "") -> Asked:
        return await written(
            self.database,
            kind=act,
            subject=self.subject,
            by=self.person,
            arrived_at=self.instant(after),
            payload={"reason": reason} if reason else {},
        )

    async def sends(self, act: Act, asked: Asked) -> ApplicationState:
        return await self.handle.execute_update(
            ApplicationWorkflow.act,
            AskOfApplication(act, asked.request, asked.arrived_at),
            id=asked.request,
        )

    async def asks(self, act: Act, *, after: timedelta, reason: str = "") -> ApplicationState:
        return await self.sends(act, await self.writes(act, after=after, reason=reason))

    async def cycle_moves_to(self, phase: Phase) -> None:
        await self.handle.signal("cycle_moved", CycleMoved(phase, self.calendar))

    async def status_in_the_database(self) -> str:
        async with self.database.transaction() as session:
            return (await session.get_one(Row, UUID(self.id))).status

    async def versions(self) -> list[int]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(col(ApplicationVersion.version))
                .where(col(ApplicationVersion.application_id) == UUID(self.id))
                .order_by(col(ApplicationVersion.version))
            )
            return list(rows.scalars())

    async def reminded_before_closing(self) -> list[timedelta]:
        """How long before the closing in force each reminder was sent, by the engine's clock."""
        sent = [
            event.event_time.ToDatetime(UTC)
            async for event in self.handle.fetch_history_events()
            if event.activity_task_scheduled_event_attributes.activity_type.name == "remind_draft"
        ]
        return [timedelta(days=round((self.calendar.closes_at - at) / DAY)) for at in sent]

    @staticmethod
    def sentence_of(refused: WorkflowUpdateFailedError) -> str:
        cause = refused.cause
        assert isinstance(cause, ApplicationError)
        return cause.message


async def an_application_under_way(world: WorkflowEnvironment, database: Database) -> Application:
    """A complete draft of the small template, whose workflow has just started."""
    calendar = from_now()
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, calendar=calendar)
        person = await a_person(session, "direction@exemple.fr")
        row = await an_application(
            session, cycle, category="EQUIPE", siret=SENT["siret"], answers=dict(SENT), by=person.id
        )
        row.created_at = calendar.opens_at
    with world.with_time_skipping_disabled():
        handle = await world.client.start_workflow(
            ApplicationWorkflow.run,
            RunApplication(str(row.id), str(cycle.id), calendar),
            id=names.application_id(str(row.id)),
            task_queue=names.CYCLES,
        )
    began = datetime.now(UTC)
    return Application(
        world, database, handle, str(row.id), str(cycle.id), person.id, calendar, began
    )


async def written(
    database: Database,
    *,
    kind: str,
    subject: str,
    by: UUID,
    arrived_at: datetime,
    payload: dict[str, object] | None = None,
) -> Asked:
    """A request as the pages write it, arrived at an instant of our choice."""
    request = Request(
        id=uuid4(),
        kind=kind,
        subject=subject,
        by_person=by,
        payload=payload or {},
        arrived_at=arrived_at,
    )
    async with database.transaction() as session:
        session.add(request)
    return Asked(str(request.id), arrived_at)


async def letters(database: Database) -> list[str]:
    """The kinds of the letters that left, in the order of their planning."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(col(Letter.kind), col(Letter.state)).order_by(
                col(Letter.planned_at), col(Letter.key)
            )
        )
        return [row.kind if row.state == "sent" else f"{row.kind} ({row.state})" for row in rows]


async def journal(database: Database, subject: str) -> list[tuple[str, str, str]]:
    """The lines of a subject: act, state before, state after."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(col(JournalLine.act), col(JournalLine.before), col(JournalLine.after))
            .where(col(JournalLine.subject) == subject)
            .order_by(col(JournalLine.id))
        )
        return [(row.act, row.before, row.after) for row in rows]
