"""Dates that move under a cycle: before and after they have passed, by force, twice, in a race."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from domain.applications import Status
from domain.calendar_moves import CUT_OFF, OUT_OF_DATE
from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.wire.asked import Asked
from domain.wire.cycle import CycleState
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.calendars import CalendarVersion
from tests.workflows.builders import journal, letters
from tests.workflows.cycles import Cycle, a_cycle_under_way
from tests.workflows.jurors import a_jury
from tests.workflows.reading import DAY, began, sentence_of
from workflows.cycle import CycleWorkflow


async def asks_to_move(
    cycle: Cycle,
    dates: dict[str, datetime],
    *,
    at: datetime | None = None,
    version: int = 1,
    force: bool = False,
) -> Asked:
    """The request, written down as the page does; nobody has carried it yet."""
    payload: dict[str, object] = {
        "dates": {name: instant.isoformat() for name, instant in dates.items()},
        "version": version,
        "force": force,
        "reason": "Une grève des trains.",
    }
    return await cycle.writes("move_dates", at=at, payload=payload)


async def carries(cycle: Cycle, asked: Asked, *, under: str = "") -> CycleState:
    """The same, asked of the workflow."""
    return await cycle.handle.execute_update(
        CycleWorkflow.move_dates, asked, id=under or asked.request
    )


async def moves(cycle: Cycle, dates: dict[str, datetime], *, force: bool = False) -> CycleState:
    return await carries(cycle, await asks_to_move(cycle, dates, force=force))


async def open_with_a_draft(world: TimeSkipper, database: Database) -> tuple[Cycle, Application]:
    cycle = await a_cycle_under_way(world, database)
    await cycle.waits_until(cycle.calendar.opens_at)
    return cycle, await cycle.has_a_file(Status.DRAFT)


async def status_of(database: Database, file: Application) -> str:
    async with database.transaction() as session:
        return (await session.get_one(Application, file.id)).status


async def until_it_is(database: Database, file: Application, status: Status) -> None:
    async with asyncio.timeout(20):
        while await status_of(database, file) != status:  # noqa: ASYNC110  (a database rings no bell)
            await asyncio.sleep(0.05)


async def until_told(database: Database) -> None:
    """Wait until the letters that say the new dates have left."""
    async with asyncio.timeout(20):
        while "dates_moved" not in await letters(database):  # noqa: ASYNC110  (a database rings no bell)
            await asyncio.sleep(0.05)


async def versions(database: Database, cycle: Cycle) -> list[tuple[int, str, str]]:
    async with database.transaction() as session:
        rows = await session.scalars(
            select(CalendarVersion)
            .where(col(CalendarVersion.cycle_id) == cycle.row.id)
            .order_by(col(CalendarVersion.version))
        )
        return [(each.version, each.act, each.reason) for each in rows]


async def test_a_closing_that_moves_later_is_waited_for_and_told_once(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle, draft = await open_with_a_draft(at_work, database)
    handle = await cycle.accompanies(draft)
    later = cycle.calendar.closes_at + 10 * DAY

    state = await moves(cycle, {"closes_at": later})
    await until_told(database)
    await cycle.waits_until(cycle.calendar.closes_at)
    between = (await cycle.reads()).phase
    await cycle.waits_until(later)

    assert state == CycleState(Phase.OPEN, until=later)
    assert between == Phase.OPEN
    assert (await cycle.reads()).phase == Phase.SCREENING
    assert await cycle.signals_to(handle) == 2
    assert (await letters(database)).count("dates_moved") == 1
    assert await versions(database, cycle) == [
        (1, "open_cycle", ""),
        (2, "move_dates", "Une grève des trains."),
    ]


async def test_a_closing_moved_after_it_passed_opens_the_call_and_its_drafts_again(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle, draft = await open_with_a_draft(at_work, database)
    handle = await cycle.accompanies(draft)
    await at_work.fast_forward(handle)
    await cycle.waits_until(cycle.calendar.closes_at)
    lapsed = (await status_of(database, draft), (await cycle.reads()).phase)
    later = cycle.calendar.closes_at + 10 * DAY

    state = await moves(cycle, {"closes_at": later})
    await until_it_is(database, draft, Status.DRAFT)
    await cycle.waits_until(later)

    assert lapsed == (Status.LAPSED, Phase.SCREENING)
    assert state == CycleState(Phase.OPEN, until=later)
    assert (await cycle.reads()).phase == Phase.SCREENING
    assert await journal(database, f"application:{draft.id}") == [
        ("lapse", "draft", "lapsed"),
        ("reopen", "lapsed", "draft"),
    ]
    assert [line for line, _ in await cycle.lines()] == ["open", "screening", "open", "screening"]
    assert [each for each in await letters(database) if each != "draft_reminder"] == [
        "draft_lapsed",
        "draft_reopened",
    ]


async def test_a_draft_that_lapses_again_is_told_again(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle, draft = await open_with_a_draft(at_work, database)
    handle = await cycle.accompanies(draft)
    await at_work.fast_forward(handle)
    await cycle.waits_until(cycle.calendar.closes_at)
    await moves(cycle, {"closes_at": cycle.calendar.closes_at + 10 * DAY})
    await until_it_is(database, draft, Status.DRAFT)

    again = at_work.client.get_workflow_handle(handle.id)
    await at_work.fast_forward(again)
    await again.result()

    assert await status_of(database, draft) == Status.LAPSED
    assert (await letters(database)).count("draft_lapsed") == 2


async def test_shortening_that_cuts_a_draft_off_is_refused_unless_it_is_forced(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle, draft = await open_with_a_draft(at_work, database)
    await cycle.accompanies(draft)
    now = await at_work.get_current_time(cycle.handle)
    sooner = {"closes_at": now + 5 * DAY}

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await moves(cycle, sooner)
    untouched = await cycle.calendar_in_force()
    state = await moves(cycle, sooner, force=True)

    assert sentence_of(refused.value) == CUT_OFF
    assert untouched == (1, cycle.calendar)
    assert state == CycleState(Phase.OPEN, until=sooner["closes_at"])
    await until_told(database)
    assert (await letters(database)).count("dates_moved") == 1


async def test_the_same_request_twice_moves_once(at_work: TimeSkipper, database: Database) -> None:
    cycle, _ = await open_with_a_draft(at_work, database)
    asked = await asks_to_move(cycle, {"closes_at": cycle.calendar.closes_at + 10 * DAY})

    first = await carries(cycle, asked)
    second = await carries(cycle, asked, under=f"{asked.request}:again")

    assert first == second
    assert [version for version, _, _ in await versions(database, cycle)] == [1, 2]
    assert await cycle.lines("move_dates") == [("open", 10.0)]


async def test_a_move_prepared_on_an_older_calendar_is_refused(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle, _ = await open_with_a_draft(at_work, database)
    await moves(cycle, {"ends_at": cycle.calendar.ends_at + DAY})

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await moves(cycle, {"closes_at": cycle.calendar.closes_at + DAY})

    assert sentence_of(refused.value) == OUT_OF_DATE


async def test_a_move_that_arrived_before_the_closing_holds_it_even_if_nobody_carried_it(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle, _ = await open_with_a_draft(at_work, database)
    closing = cycle.calendar.closes_at
    later = closing + 10 * DAY
    await asks_to_move(cycle, {"closes_at": later}, at=closing - timedelta(seconds=1))

    await cycle.waits_until(closing)
    state = await cycle.handle.query(CycleWorkflow.state)
    await until_told(database)

    assert state == CycleState(Phase.OPEN, until=later)
    assert await cycle.lines("enter_phase") == [("open", 10.0)]
    assert (await letters(database)).count("dates_moved") == 1


@pytest.mark.parametrize("seconds", [-1, 0, 1], ids=["just before", "at the instant", "just after"])
async def test_a_move_sent_while_the_call_closes_leaves_it_open(
    at_work: TimeSkipper, database: Database, seconds: int
) -> None:
    cycle, _ = await open_with_a_draft(at_work, database)
    closing = cycle.calendar.closes_at
    later = closing + 10 * DAY
    asked = await asks_to_move(cycle, {"closes_at": later}, at=closing + timedelta(seconds=seconds))

    _, state = await asyncio.gather(cycle.waits_until(closing), carries(cycle, asked))
    await cycle.waits(timedelta(minutes=5))

    assert await cycle.handle.query(CycleWorkflow.state) == CycleState(Phase.OPEN, until=later)
    assert (await cycle.reads()).phase == Phase.OPEN
    assert state.until == later


async def test_a_late_jury_is_reminded_at_the_date_to_which_its_deliberation_moved(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await cycle.has_a_jury()
    await cycle.waits_until(cycle.calendar.evaluation_until)
    later = cycle.calendar.deliberation_until + 5 * DAY

    await moves(cycle, {"deliberation_until": later})
    await cycle.waits_until(cycle.calendar.deliberation_until)
    before = await began(cycle.handle, "remind_the_chair")
    await cycle.waits_until(later)

    assert before == []
    [reminded] = await began(cycle.handle, "remind_the_chair")
    assert timedelta() <= reminded - later < timedelta(minutes=1)


async def test_a_juror_serves_on_when_the_evaluation_waits_again(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await jury.invites()
    await juror.answers(accepts=True)
    await jury.moves_to(Phase.EVALUATION, juror)
    await juror.waits(DAY)

    await jury.moves_to(Phase.OPEN, juror)
    await juror.waits(DAY)
    await jury.moves_to(Phase.EVALUATION, juror)
    await juror.waits(DAY)

    assert (await juror.state()).status is JurorStatus.ACCEPTED
    description = await juror.handle.describe()
    assert description.status is not None
    assert description.status.name == "RUNNING"
