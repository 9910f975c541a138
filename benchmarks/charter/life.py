"""One adherence over five yearly windows: what its company and the organiser ask, and when."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from activities.engine import Engine
from benchmarks.charter.crowd import a_complete_file, a_report, an_entry
from benchmarks.charter.fates import FILED_ON, Fate, fate_of
from benchmarks.stage import Stage
from domain.charter.dates import end_of_month, first_term, first_window, months_after
from domain.charter.states import Act
from domain.refusals import Unanswered
from domain.wire import names
from domain.wire.adherence import AskOfAdherence, RunAdherence
from storage.acts.charter.situations import situation_of
from storage.charters import charter_by_id
from storage.tables.charter import Adherence, Report
from storage.tables.records import Request

YEARS = 5
PARIS = ZoneInfo("Europe/Paris")
NOON = time(12)
MIDDLE = 6  # reports are sent in the first half of the year
# More than an adherence could ever need: beyond it the server stops skipping without a word.
SKIPS = 100_000
# On a machine that others use, a question may be slower than a page would wait.
PATIENCE = 5


class Life:
    """An adherence whose workflow is moved forward, alone, from one date to the next."""

    def __init__(self, stage: Stage, engine: Engine, skipper: TimeSkipper, organiser: UUID) -> None:
        self._database = stage.database
        self._engine = engine
        self._skipper = skipper
        self._organiser = organiser
        self._now = datetime.now(UTC)
        self.rank = 0
        self.first = 0

    async def live(self, rank: int) -> None:
        """Sign, be accepted, account for five years, renew at each term; ends as the sixth begins."""
        self.rank = rank
        await self._begin(rank)
        await self._asks(Act.SIGN, self._head)
        await self._asks(Act.ACCEPT, self._organiser)
        for year in range(self.first, self.first + YEARS):
            await self._account(year, fate_of(rank, year))
            if renewal_day(self._term).year == year:
                await self._renew()
        await self._waits_until(date(self.first + YEARS, 2, 2))

    @property
    def handle(self) -> WorkflowHandle[object, object]:
        """The workflow, whatever the year that it has reached."""
        return self._skipper.client.get_workflow_handle(self.workflow)

    async def _begin(self, rank: int) -> None:
        async with self._database.transaction() as session:
            adherence, self._head = await a_complete_file(session, rank, self._now.date())
            periods = (await charter_by_id(session, adherence.charter_id)).periods
        self.id, self.workflow = adherence.id, adherence.workflow
        today = self._now.astimezone(PARIS).date()
        self.first = first_window(today, periods)
        self._months = periods.term_months
        self._term = first_term(today, periods)
        run = RunAdherence(str(self.id), periods, situation_of(adherence, None))
        await self._engine.run_adherence(self.workflow, run)

    async def _account(self, year: int, fate: Fate) -> None:
        """Let the window open, send the report on the day of this fate, have it validated or not."""
        await self._waits_until(FILED_ON[fate].of(year))
        async with self._database.transaction() as session:
            row = select(Report).where(
                col(Report.adherence_id) == self.id, col(Report.year) == year
            )
            (await session.execute(row)).scalar_one().answers = a_report()
        await self._asks(Act.FILE_REPORT, self._head)
        if fate is not Fate.TACIT:
            await self._asks(Act.VALIDATE_REPORT, self._organiser, level="justifie")

    async def _renew(self) -> None:
        """Sign again in the last weeks of the term, with targets for the next one."""
        await self._waits_until(renewal_day(self._term))
        async with self._database.transaction() as session:
            row = await session.get_one(Adherence, self.id)
            row.entry = an_entry(date(self._term.year + 2, 12, 31))
        await self._asks(Act.RENEW, self._head)
        self._term = end_of_month(months_after(self._term, self._months))

    async def _waits_until(self, day: date) -> None:
        noon = datetime.combine(day, NOON, PARIS).astimezone(UTC)
        await self._skipper.fast_forward(self.handle, noon - self._now)
        self._now = noon

    async def _asks(self, act: Act, by: UUID, **payload: str) -> None:
        """Ask as a page does; the request bears the instant of this life, not that of the machine."""
        request = Request(
            id=uuid4(),
            kind=act,
            subject=names.adherence_subject(str(self.id)),
            by_person=by,
            payload=dict(payload),
            arrived_at=self._now,
        )
        async with self._database.transaction() as session:
            session.add(request)
        await self._answered(AskOfAdherence(act, str(request.id), self._now))
        self._now += timedelta(minutes=1)

    async def _answered(self, asked: AskOfAdherence) -> None:
        """Ask again while the engine is slow, as the sweep does: the same request is done once."""
        for _ in range(PATIENCE):
            with suppress(Unanswered):
                await self._engine.ask_adherence(self.workflow, asked)
                return
        await self._engine.ask_adherence(self.workflow, asked)


def renewal_day(term: date) -> date:
    """A day on which the renewal is open and the report of the year was sent: never before June is over."""
    is_late = term.month > MIDDLE
    return term.replace(day=1) if is_late else date(term.year - 1, 12, 31)


def skipper_of(client: Client) -> TimeSkipper:
    """What moves one workflow at a time; nothing moves until it is told how far."""
    return TimeSkipper(client, config=TimeSkippingConfig(max_session_skip_count=SKIPS))
