"""An adherence over years of virtual time, on the real server."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper

from domain.charter.dates import first_term, first_window, removal_day, window_closes
from domain.charter.states import Act, State
from domain.civil import next_working_day
from domain.wire import names
from domain.wire.adherence import AdherenceState, AskOfAdherence, RunAdherence
from embedded.registry.application import create_registry
from settings import Settings
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.database import Database
from storage.tables.charter import Adherence, Report
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from tests.activities.serving import served
from tests.charters import Adherent, a_draft, a_report, an_entry
from tests.domain.charters import PERIODS
from tests.workflows.builders import written
from tests.workflows.postbox import Postbox
from worker import workers
from workflows.adherence import AdherenceWorkflow

PARIS = ZoneInfo("Europe/Paris")
A_SIRET_OF_THE_REGISTER = "00010007300014"
DAY = timedelta(days=1)


@pytest.fixture
async def at_work(
    skipping: TimeSkipper, database: Database, configured: Settings, postbox: Postbox
) -> AsyncGenerator[TimeSkipper]:
    """The real workers, with a register that answers: an activity that waits would stop the time."""
    async with AsyncExitStack() as running:
        register = await running.enter_async_context(served(create_registry()))
        posted = configured.model_copy(
            update={
                "smtp_host": postbox.host,
                "smtp_port": postbox.port,
                "registry_url": register,
            }
        )
        await running.enter_async_context(workers(skipping.client, database, posted))
        yield skipping


@dataclass
class Life:
    """An adherence whose workflow runs, and the head who acts on it."""

    world: TimeSkipper
    database: Database
    handle: WorkflowHandle[AdherenceWorkflow, AdherenceState]
    id: UUID
    head: UUID
    now: datetime

    @property
    def subject(self) -> str:
        return names.adherence_subject(str(self.id))

    async def waits_until(self, day: date) -> None:
        """Let time pass to noon of that day, with all that it brings."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=PARIS).astimezone(UTC)
        await self.world.fast_forward(self.handle, noon - self.now)
        self.now = noon

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


async def begun(world: TimeSkipper, database: Database) -> Life:
    """A draft that has just been started, at this instant."""
    today = datetime.now(UTC).date()
    async with database.transaction() as session:
        adherent: Adherent = await a_draft(
            session,
            siret=A_SIRET_OF_THE_REGISTER,
            today=today,
            entry=an_entry(by=f"{today.year + 2}-12-31"),
        )
        adherence = adherent.adherence
        situation = situation_of(adherence, await last_report(session, adherence))
        charter = await charter_by_id(session, adherence.charter_id)
    handle = await world.client.start_workflow(
        AdherenceWorkflow.run,
        RunAdherence(str(adherence.id), charter.periods, situation),
        id=adherence.workflow,
        task_queue=names.CYCLES,
    )
    # The handle follows the adherence from one year to the next.
    following = world.client.get_workflow_handle_for(AdherenceWorkflow.run, handle.id)
    return Life(world, database, following, adherence.id, adherent.head.id, adherence.since)


async def accepted(world: TimeSkipper, database: Database) -> Life:
    """A signatory, accepted the day after it signed."""
    life = await begun(world, database)
    await life.asks(Act.SIGN)
    life.now += timedelta(minutes=5)
    await life.asks(Act.ACCEPT)
    return life


async def test_silence_after_signature_is_told_then_published_then_ends(
    at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted(at_work, database)
    day = life.now.astimezone(PARIS).date()
    year = first_window(day, PERIODS)

    await life.waits_until(date(year, 12, 31))
    ended = await life.handle.result()

    assert ended.situation.state is State.REMOVED
    told = [kind for kind in await life.letters() if kind != "receipt"]
    assert told == [
        "accepted",
        "window_open",
        "report_reminder",
        "report_reminder",
        "report_reminder",
        "report_reminder",
        "report_missed",
        "missed_notice",
        "missed_notice",
        "formal_notice",
        "removed",
    ]
    closing = window_closes(year, ended.situation, PERIODS).astimezone(PARIS).date()
    removal = next_working_day(removal_day(closing + DAY, PERIODS))
    at = {act: f"{when.astimezone(PARIS):%d/%m/%Y %H:%M}" for act, _, when in await life.journal()}
    assert at["ouvrir_fenetre"] == f"01/02/{year} 09:00"
    assert at["constater_absence"] == f"{next_working_day(closing + DAY):%d/%m/%Y} 09:00"
    assert at["radier_sans_bilan"] == f"{removal:%d/%m/%Y} 18:00"


async def test_three_years_of_reports_then_a_renewal(
    at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted(at_work, database)
    day = life.now.astimezone(PARIS).date()
    first, term = first_window(day, PERIODS), first_term(day, PERIODS)

    steps = []
    for year in range(first, term.year + 1):
        await life.waits_until(date(year, 3, 10))
        await life.reports(year)
        life.now += timedelta(minutes=1)
        state = await life.asks(Act.VALIDATE_REPORT, level="justifie")
        steps.append(
            (state.situation.state, state.situation.report and state.situation.report.step)
        )
    await life.waits_until(term - 30 * DAY)
    async with database.transaction() as session:
        row = await session.get_one(Adherence, life.id)
        row.entry = an_entry(by=f"{term.year + 2}-12-31")
    renewed = await life.asks(Act.RENEW)

    assert set(steps) == {(State.ACTIVE, "accepte")}
    assert renewed.situation.term_on == first_term(term, PERIODS)
    assert [kind for kind in await life.letters() if "remin" in kind or "miss" in kind] == [
        *["report_reminder"] * (term.year - first + 1),
        *["renewal_reminder"] * 3,
    ]
    # One run of the workflow for the entry, then one for each year.
    assert await _runs(life) == term.year - first + 2


async def test_a_report_that_nobody_reviews_counts_as_declared_after_forty_five_days(
    at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted(at_work, database)
    year = first_window(life.now.astimezone(PARIS).date(), PERIODS)
    await life.waits_until(date(year, 2, 10))
    await life.reports(year)

    await life.waits_until(date(year, 5, 31))

    async with database.transaction() as session:
        row = await session.get_one(Adherence, life.id)
        report = await last_report(session, row)
        assert report is not None
        assert (row.state, report.step, report.level) == (State.ACTIVE, "accepte", "declaratif")


async def test_a_file_without_answer_from_the_organiser_is_never_accepted_by_itself(
    at_work: TimeSkipper, database: Database
) -> None:
    life = await begun(at_work, database)
    await life.asks(Act.SIGN)

    await life.waits_until(life.now.astimezone(PARIS).date() + 120 * DAY)

    state = await life.handle.query(AdherenceWorkflow.state)
    assert (state.situation.state, state.next_due) == (State.FILED, None)


async def test_a_draft_that_is_given_up_is_reminded_twice_closed_and_erased_six_months_later(
    at_work: TimeSkipper, database: Database
) -> None:
    life = await begun(at_work, database)

    await life.waits_until(life.now.astimezone(PARIS).date() + 65 * DAY)
    ended = await life.handle.result()
    purge = at_work.client.get_workflow_handle(names.purge_id(str(life.id)))
    await at_work.fast_forward(purge)

    assert ended.situation.state is State.ABANDONED
    assert await life.letters() == ["draft_reminder", "draft_reminder", "draft_expired"]
    async with database.transaction() as session:
        assert (await session.get_one(Adherence, life.id)).entry == {}


async def test_the_same_request_twice_is_one_act(at_work: TimeSkipper, database: Database) -> None:
    life = await begun(at_work, database)
    asked = await written(
        database, kind=Act.SIGN, subject=life.subject, by=life.head, arrived_at=life.now, payload={}
    )
    given = AskOfAdherence(Act.SIGN, asked.request, asked.arrived_at)

    first = await life.handle.execute_update(AdherenceWorkflow.act, given, id="once")
    again = await life.handle.execute_update(AdherenceWorkflow.act, given, id=asked.request)

    assert first.situation.state is State.FILED
    assert again == first
    assert [act for act, _, _ in await life.journal()] == ["signer"]


async def _runs(life: Life) -> int:
    return len(
        [
            each
            async for each in life.world.client.list_workflows(f'WorkflowId = "{life.handle.id}"')
        ]
    )
