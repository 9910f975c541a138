"""Adherences whose workflows run over years of virtual time, and the people who act on them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper

from domain.charter.situation import Situation
from domain.charter.states import Act
from domain.wire import names
from domain.wire.adherence import AdherenceState, AskOfAdherence, RunAdherence
from storage.acts.charter.situations import last_report, situation_of
from storage.database import Database
from storage.tables.charter import Report
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from tests.charters import Adherent, a_draft, a_report, an_entry
from tests.domain.charters import PERIODS
from tests.workflows.builders import written
from workflows.adherence import AdherenceWorkflow

PARIS = ZoneInfo("Europe/Paris")
A_SIRET_OF_THE_REGISTER = "00010007300014"
DAY = timedelta(days=1)


@dataclass
class Life:
    """An adherence whose workflow runs, and the head who acts on it."""

    world: TimeSkipper
    database: Database
    handle: WorkflowHandle[AdherenceWorkflow, AdherenceState]
    id: UUID
    head: UUID
    now: datetime
    zone: ZoneInfo = PARIS

    @property
    def subject(self) -> str:
        return names.adherence_subject(str(self.id))

    async def waits_until(self, day: date, hour: time = time(12)) -> None:
        """Let time pass to that hour of that day, there, with all that it brings."""
        await self.waits_to(datetime.combine(day, hour, self.zone).astimezone(UTC))

    async def waits_to(self, instant: datetime) -> None:
        """Let time pass to an instant."""
        await self.world.fast_forward(self.handle, instant - self.now)
        self.now = instant

    async def asks(self, act: Act, **payload: str) -> AdherenceState:
        asked = await written(
            self.database,
            kind=act,
            subject=self.subject,
            by=self.head,
            arrived_at=self.now,
            payload=payload,
        )
        return await self.handle.execute_update(
            AdherenceWorkflow.act,
            AskOfAdherence(act, asked.request, asked.arrived_at),
            id=asked.request,
        )

    async def reports(self, year: int, **values: str) -> AdherenceState:
        async with self.database.transaction() as session:
            report = (
                await session.execute(
                    select(Report).where(
                        col(Report.adherence_id) == self.id, col(Report.year) == year
                    )
                )
            ).scalar_one()
            report.answers = a_report(**values)
        return await self.asks(Act.FILE_REPORT)

    async def letters(self) -> list[str]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(col(Letter.kind))
                .where(col(Letter.subject) == self.subject, col(Letter.state) == "sent")
                .order_by(col(Letter.planned_at), col(Letter.id))
            )
            return [str(kind).removeprefix("charter_") for kind in rows.scalars()]

    async def journal(self) -> list[tuple[str, str, datetime]]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(JournalLine)
                .where(col(JournalLine.subject) == self.subject)
                .order_by(col(JournalLine.id))
            )
            return [(line.act, line.after, line.at) for line in rows.scalars()]

    async def dates_of(self, act: str) -> list[str]:
        """When the journal says that it happened, by the clock of the place."""
        return [
            f"{at.astimezone(self.zone):%d/%m/%Y %H:%M}"
            for each, _, at in await self.journal()
            if each == act
        ]

    async def told_on(self, kind: str) -> list[str]:
        """The days for which letters of a kind were planned, by the dates that their keys hold."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(col(Letter.key))
                .where(col(Letter.subject) == self.subject, col(Letter.kind) == f"charter_{kind}")
                .order_by(col(Letter.planned_at))
            )
            return [str(key).split(":", 2)[2].rsplit(":", 1)[0] for key in rows]


async def begun(
    world: TimeSkipper,
    database: Database,
    *,
    siret: str = A_SIRET_OF_THE_REGISTER,
    region: str = "53",
    department: str = "35",
) -> Life:
    """A draft that has just been started, at this instant."""
    today = datetime.now(UTC).date()
    async with database.transaction() as session:
        adherent = await a_draft(
            session,
            siret=siret,
            region=region,
            department=department,
            email=f"{siret}@exemple.fr",
            today=today,
            entry=an_entry(by=f"{today.year + 2}-12-31"),
        )
        adherence = adherent.adherence
        situation = situation_of(adherence, await last_report(session, adherence))
    return await running(world, database, adherent, situation)


async def running(
    world: TimeSkipper, database: Database, adherent: Adherent, situation: Situation
) -> Life:
    """An adherence whose workflow has just been started in that situation."""
    adherence = adherent.adherence
    handle = await world.client.start_workflow(
        AdherenceWorkflow.run,
        RunAdherence(str(adherence.id), PERIODS, situation),
        id=adherence.workflow,
        task_queue=names.CYCLES,
    )
    # The handle follows the adherence from one year to the next.
    following = world.client.get_workflow_handle_for(AdherenceWorkflow.run, handle.id)
    return Life(
        world,
        database,
        following,
        adherence.id,
        adherent.head.id,
        situation.since,
        ZoneInfo(adherence.zone),
    )


async def accepted_on(world: TimeSkipper, database: Database, day: date, **place: str) -> Life:
    """A signatory, accepted at noon of a day to come: the organiser took its time."""
    life = await begun(world, database, **place)
    await life.asks(Act.SIGN)
    await life.waits_until(day)
    await life.asks(Act.ACCEPT)
    return life


async def accepted(world: TimeSkipper, database: Database) -> Life:
    """A signatory, accepted the day after it signed."""
    life = await begun(world, database)
    await life.asks(Act.SIGN)
    life.now += timedelta(minutes=5)
    await life.asks(Act.ACCEPT)
    return life
