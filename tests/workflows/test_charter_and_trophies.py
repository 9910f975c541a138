"""The trophies meet the charter: a file deposited in time waits, and hears of its decision."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from temporalio.testing import TimeSkipper

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.charter.states import Act, State
from domain.eligibility import verdicts
from domain.phases import Phase
from domain.wire import names
from domain.wire.adherence import AskOfAdherence, RunAdherence
from domain.wire.application import RunApplication
from storage.acts.case import opened
from storage.acts.charter.situations import situation_of
from storage.acts.eligibility_facts import facts_about
from storage.acts.submission import written as verdict_written
from storage.charters import charter_by_id
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.charter import Adherence
from storage.templates import calendar_in, template_of
from tests.builders import a_cycle, an_application
from tests.charters import A_SIRET, a_draft, an_entry
from tests.workflows.builders import from_now, letters, written

RULE = "R05"


@dataclass
class Meeting:
    """A company that applies to a cycle which asks for the charter, and whose file is under review."""

    world: TimeSkipper
    database: Database
    application: UUID
    adherence: Adherence
    head: UUID

    async def verdict(self) -> str:
        async with self.database.transaction() as session:
            row = await session.get_one(Application, self.application)
        return next(each["outcome"] for each in row.verdicts or [] if each["rule"] == RULE)

    async def looks_at_the_rules(self, at: datetime) -> None:
        async with self.database.transaction() as session:
            case = await opened(session, str(self.application), None, at)
            found = verdicts(
                await template_of(session, case.cycle), await facts_about(session, case)
            )
            case.application.verdicts = [verdict_written(each) for each in found]

    async def charter(self, act: Act, *, at: datetime, **payload: str) -> None:
        asked = await written(
            self.database,
            kind=act,
            subject=names.adherence_subject(str(self.adherence.id)),
            by=self.head,
            arrived_at=at,
            payload=dict(payload),
        )
        handle = self.world.client.get_workflow_handle(self.adherence.workflow)
        await handle.execute_update(
            "act", AskOfAdherence(act, asked.request, asked.arrived_at), id=asked.request
        )

    async def everything_is_told(self) -> None:
        """Let both workflows do what they have to do at this instant."""
        for workflow in (self.adherence.workflow, names.application_id(str(self.application))):
            handle = self.world.client.get_workflow_handle(workflow)
            await self.world.fast_forward(handle, timedelta(seconds=5))


async def met(
    world: TimeSkipper, database: Database, calendar: CycleCalendar | None = None
) -> Meeting:
    today = datetime.now(UTC).date()
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.OPEN, calendar=calendar or from_now())
        cycle.charter_required = True
        adherent = await a_draft(session, today=today, entry=an_entry(f"{today.year + 2}-12-31"))
        row = await an_application(
            session, cycle, status=Status.SUBMITTED, siret=A_SIRET, by=adherent.head.id
        )
        adherence = adherent.adherence
        periods = (await charter_by_id(session, adherence.charter_id)).periods
        situation = situation_of(adherence, None)
    await world.client.start_workflow(
        "AdherenceWorkflow",
        RunAdherence(str(adherence.id), periods, situation),
        id=adherence.workflow,
        task_queue=names.CYCLES,
    )
    await world.client.start_workflow(
        "ApplicationWorkflow",
        RunApplication(str(row.id), str(cycle.id), calendar_in(cycle), Status.SUBMITTED),
        id=names.application_id(str(row.id)),
        task_queue=names.CYCLES,
    )
    return Meeting(world, database, row.id, adherence, adherent.head.id)


async def test_an_application_hears_that_the_charter_accepted_its_company(
    at_work: TimeSkipper, database: Database
) -> None:
    meeting = await met(at_work, database)
    now = datetime.now(UTC)
    await meeting.looks_at_the_rules(now)
    before = await meeting.verdict()
    await meeting.charter(Act.SIGN, at=now)
    await meeting.everything_is_told()
    waiting = await meeting.verdict()

    await meeting.charter(Act.ACCEPT, at=now + timedelta(minutes=1))
    await meeting.everything_is_told()

    assert (before, waiting, await meeting.verdict()) == ("fail", "to_check", "pass")
    assert "application_charter_decided" in await letters(database)


async def test_an_application_hears_that_the_charter_refused_its_company(
    at_work: TimeSkipper, database: Database
) -> None:
    meeting = await met(at_work, database)
    now = datetime.now(UTC)
    await meeting.charter(Act.SIGN, at=now)
    await meeting.looks_at_the_rules(now)

    await meeting.charter(Act.REFUSE, at=now + timedelta(minutes=1), reason="Aucune cible.")
    await meeting.everything_is_told()

    assert await meeting.verdict() == "fail"


async def test_a_decision_after_the_closing_counts_for_a_file_deposited_before_it(
    at_work: TimeSkipper, database: Database
) -> None:
    meeting = await met(at_work, database)
    now = datetime.now(UTC)
    await meeting.charter(Act.SIGN, at=now)
    await meeting.looks_at_the_rules(now)
    late = now + timedelta(days=130)

    await meeting.charter(Act.ACCEPT, at=late)
    await meeting.looks_at_the_rules(late)

    assert await meeting.verdict() == "pass"


async def test_a_company_that_signs_after_the_closing_is_too_late(
    at_work: TimeSkipper, database: Database
) -> None:
    closes_in_forty_days = from_now(timedelta(hours=8))  # a draft of the charter lives for sixty
    meeting = await met(at_work, database, closes_in_forty_days)
    late = datetime.now(UTC) + timedelta(days=45)

    await meeting.charter(Act.SIGN, at=late)
    await meeting.charter(Act.ACCEPT, at=late + timedelta(days=1))
    await meeting.looks_at_the_rules(late + timedelta(days=2))

    assert (await meeting.verdict(), meeting.adherence.state) == ("fail", State.DRAFT)
