"""An adherence over years of virtual time, on the real server."""

from datetime import date, timedelta

from temporalio.testing import TimeSkipper

from domain.charter.dates import first_term, first_window, removal_day, window_closes
from domain.charter.states import Act, State
from domain.civil import next_working_day
from domain.wire import names
from domain.wire.adherence import AskOfAdherence
from storage.acts.charter.situations import last_report
from storage.database import Database
from storage.tables.charter import Adherence
from tests.charters import an_entry
from tests.domain.charters import PERIODS
from tests.workflows.builders import written
from tests.workflows.lives import DAY, PARIS, Life, accepted, begun
from workflows.adherence import AdherenceWorkflow


async def test_silence_after_signature_is_told_then_published_then_ends(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted(charter_at_work, database)
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
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted(charter_at_work, database)
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
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted(charter_at_work, database)
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
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await begun(charter_at_work, database)
    await life.asks(Act.SIGN)

    await life.waits_until(life.now.astimezone(PARIS).date() + 120 * DAY)

    state = await life.handle.query(AdherenceWorkflow.state)
    assert (state.situation.state, state.next_due) == (State.FILED, None)


async def test_a_draft_that_is_given_up_is_reminded_twice_closed_and_erased_six_months_later(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await begun(charter_at_work, database)

    await life.waits_until(life.now.astimezone(PARIS).date() + 65 * DAY)
    ended = await life.handle.result()
    purge = charter_at_work.client.get_workflow_handle(names.purge_id(str(life.id)))
    await charter_at_work.fast_forward(purge)

    assert ended.situation.state is State.ABANDONED
    assert await life.letters() == ["draft_reminder", "draft_reminder", "draft_expired"]
    async with database.transaction() as session:
        assert (await session.get_one(Adherence, life.id)).entry == {}


async def test_the_same_request_twice_is_one_act(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await begun(charter_at_work, database)
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
