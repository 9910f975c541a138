"""A whole year of a cycle on the engine's virtual clock, phase by phase."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from api.engine import Engine
from domain.applications import Status
from domain.deliberation import UNDECIDED
from domain.early_end import ended_early
from domain.phases import ORDER, Phase
from domain.refusals import Refusal
from domain.wire import names
from domain.wire.cycle import CycleState
from storage.database import Database
from tests.workflows.builders import letters
from tests.workflows.cycles import FAIR, GOOD, Cycle, a_cycle_under_way
from tests.workflows.reading import in_days, sentence_of

DATED = (Phase.PREPARED, Phase.OPEN, Phase.SCREENING, Phase.EVALUATION)


async def through(cycle: Cycle, phase: Phase) -> None:
    """Bring the cycle into that phase, at its dates."""
    calendar = cycle.calendar
    ends = {
        Phase.OPEN: calendar.opens_at,
        Phase.SCREENING: calendar.closes_at,
        Phase.EVALUATION: calendar.evaluation_from,
        Phase.DELIBERATION: calendar.evaluation_until,
        Phase.PUBLISHED: calendar.publishes_at,
    }
    for each in ORDER[1 : ORDER.index(phase) + 1]:
        if each is Phase.DECIDED:
            await cycle.signs()
        else:
            await cycle.waits_until(ends[each])


async def test_a_year_goes_from_phase_to_phase_at_its_dates(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await cycle.has_a_jury()

    await through(cycle, Phase.DELIBERATION)
    await cycle.signs(at=cycle.calendar.deliberation_until)
    ended = await cycle.ends()

    assert ended == CycleState(Phase.CLOSED)
    assert await cycle.lines("enter_phase", "sign_minutes", "publish") == [
        ("open", 10.0),
        ("screening", 120.0),
        ("evaluation", 180.0),
        ("deliberation", 205.0),
        ("decided", 220.0),
        ("published", 260.0),
        ("closed", 300.0),
    ]
    assert await in_days(cycle.handle, "enter_phase", cycle.began) == [
        10.0,
        120.0,
        180.0,
        205.0,
        300.0,
    ]
    assert await cycle.calendar_in_force() == (1, cycle.calendar)


@pytest.mark.parametrize("phase", DATED)
async def test_an_organiser_ends_a_phase_before_its_date(
    at_work: TimeSkipper, database: Database, phase: Phase
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await through(cycle, phase)
    asked = await cycle.writes("end_phase")

    state = await cycle.ends_phase(phase, asked)

    after = ORDER[ORDER.index(phase) + 1]
    assert state.phase is after
    assert await cycle.calendar_in_force() == (
        2,
        ended_early(cycle.calendar, phase, asked.arrived_at),
    )
    day = round((asked.arrived_at - cycle.began) / timedelta(days=1), 2)
    assert (await cycle.lines("enter_phase"))[-1] == (after, day)


async def test_the_request_that_ends_a_phase_serves_once(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    asked = await cycle.writes("end_phase")

    answers = [await cycle.ends_phase(Phase.PREPARED, asked) for _ in range(2)]

    assert answers == [CycleState(Phase.OPEN, until=cycle.calendar.closes_at)] * 2
    assert (await cycle.calendar_in_force())[0] == 2


@pytest.mark.parametrize(
    ("at", "asked", "sentence"),
    [
        pytest.param(Phase.OPEN, Phase.SCREENING, "Cette phase n’est pas en cours", id="to come"),
        pytest.param(Phase.OPEN, Phase.PREPARED, "Cette phase n’est pas en cours", id="over"),
        pytest.param(
            Phase.DELIBERATION,
            Phase.DELIBERATION,
            "Cette phase ne se clôt pas à la main",
            id="ended by a signature only",
        ),
    ],
)
async def test_a_phase_that_may_not_be_ended_is_not(
    at_work: TimeSkipper, database: Database, at: Phase, asked: Phase, sentence: str
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await through(cycle, at)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await cycle.ends_phase(asked)

    assert sentence_of(refused.value).startswith(sentence)
    assert await cycle.calendar_in_force() == (1, cycle.calendar)


@pytest.mark.parametrize("phase", ORDER[:-1])
async def test_a_cycle_is_cancelled_from_any_phase_and_everybody_is_told(
    at_work: TimeSkipper, database: Database, phase: Phase
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await cycle.has_a_file(Status.SUBMITTED)
    await cycle.has_a_jury()
    await through(cycle, phase)

    state = await cycle.is_cancelled()
    await cycle.handle.result()
    await cycle.waits_for_mailing("cancelled")

    assert state == CycleState(Phase.CANCELLED)
    assert (await cycle.lines("enter_phase"))[-1][0] == Phase.CANCELLED
    assert (await letters(database)).count("cycle_cancelled") == 4


async def test_what_is_over_is_not_cancelled(at_work: TimeSkipper, database: Database) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await cycle.has_a_jury()
    await through(cycle, Phase.DECIDED)
    await cycle.ends()
    asked = await cycle.writes("cancel")

    with pytest.raises(Refusal):
        await Engine(at_work.client).cancel_cycle(cycle.row.code, asked)

    assert (await cycle.reads()).phase == Phase.CLOSED


async def test_the_deal_is_even_and_avoids_conflicts_and_employers(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    own = await cycle.has_a_file(siren="123456782")
    files = [own, *[await cycle.has_a_file() for _ in range(5)]]
    await cycle.has_a_file(Status.REFUSED)
    jurors = [await cycle.has_a_juror(siren=f"20000000{place}") for place in range(3)]
    employed = await cycle.has_a_juror(siren="123456782")
    await cycle.stands_aside(jurors[0], files[1])

    await through(cycle, Phase.EVALUATION)

    pairs = await cycle.pairs()
    assert sorted(file for file, _ in pairs) == sorted(2 * [file.id for file in files])
    loads = [sum(juror.id == reader for _, reader in pairs) for juror in (*jurors, employed)]
    assert loads == [3, 3, 3, 3]
    assert not pairs & {(files[1].id, jurors[0].id), (own.id, employed.id)}


async def test_the_ranking_is_frozen_when_the_evaluation_ends(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    jurors = [await cycle.has_a_juror(is_chair=chair) for chair in (True, False)]
    second, first, unread = [await cycle.has_a_file() for _ in range(3)]
    await through(cycle, Phase.EVALUATION)
    for juror in jurors:
        await cycle.has_sealed(juror, first, GOOD)
        await cycle.has_sealed(juror, second, FAIR)

    await cycle.waits_until(cycle.calendar.evaluation_until)

    assert await cycle.standings() == [
        (first.id, 1, "100.00"),
        (second.id, 2, "75.00"),
        (unread.id, None, "None"),
    ]
    assert await cycle.lines("freeze_ranking") == [("files=3", 205.0)]
    assert "deliberation_opened" in await letters(database)


async def test_a_late_deliberation_is_told_to_chair_and_organisers_and_never_overruled(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await cycle.has_a_juror(is_chair=True)
    await through(cycle, Phase.DELIBERATION)

    await cycle.waits_until(cycle.calendar.publishes_at)
    await cycle.waits_for_mailing("deliberation")

    assert (await letters(database)).count("deliberation_late") == 2
    assert await in_days(cycle.handle, "remind_the_chair", cycle.began) == [220.0]
    assert (await cycle.reads()).phase == Phase.DELIBERATION
    assert await cycle.published() == []


async def test_minutes_are_not_signed_before_every_category_is_decided(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await cycle.has_a_file()
    await cycle.has_a_jury()
    await through(cycle, Phase.DELIBERATION)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await cycle.signs()

    assert sentence_of(refused.value) == UNDECIDED
    assert (await cycle.reads()).phase == Phase.DELIBERATION
    assert await cycle.minutes() is None


async def test_minutes_are_not_signed_outside_the_deliberation(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await through(cycle, Phase.EVALUATION)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await cycle.signs()

    assert sentence_of(refused.value) == (
        "Le procès-verbal ne se signe que pendant la délibération."
    )


async def decided(cycle: Cycle) -> None:
    """Bring the cycle to its embargo, with a laureate, a nominee, another file and three jurors."""
    jurors = await cycle.has_a_jury()
    files = [await cycle.has_a_file() for _ in range(3)]
    await through(cycle, Phase.EVALUATION)
    for juror in jurors:
        for file, marks in zip(files, (GOOD, FAIR, FAIR), strict=True):
            await cycle.has_sealed(juror, file, marks)
    await cycle.waits_until(cycle.calendar.evaluation_until)
    await cycle.decides(files[0], files[1])
    await cycle.signs()
    await cycle.agrees()


RESULTS = [*["jury_thanks"] * 3, "result_laureate", "result_nominee", "result_other"]


async def test_nothing_is_published_before_the_embargo_is_lifted_and_everything_then(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await decided(cycle)
    await cycle.waits_until(cycle.calendar.publishes_at - timedelta(minutes=5))
    before = (await cycle.published(), await letters(database))

    await cycle.waits(timedelta(minutes=10))
    await cycle.waits_for_mailing("results")

    assert before[0] == []
    assert not {*RESULTS} & {*before[1]}
    [page] = await cycle.published()
    assert timedelta() <= page.published_at - cycle.calendar.publishes_at < timedelta(minutes=1)
    assert sorted(kind for kind in await letters(database) if kind not in before[1]) == RESULTS
    assert await cycle.lines("publish") == [("published", 260.0)]


async def test_an_organiser_lifts_the_embargo_before_its_date_and_the_cycle_goes_on(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await decided(cycle)
    asked = await cycle.writes("end_phase")

    state = await cycle.ends_phase(Phase.DECIDED, asked)
    await cycle.waits_for_mailing("results")

    assert state == CycleState(Phase.PUBLISHED, until=cycle.calendar.ends_at)
    assert await cycle.calendar_in_force() == (
        2,
        ended_early(cycle.calendar, Phase.DECIDED, asked.arrived_at),
    )
    assert [page.published_at for page in await cycle.published()] == [asked.arrived_at]
    assert await cycle.actors("publish") == [f"person:{cycle.organiser.id}"]
    assert sorted(each for each in await letters(database) if each in RESULTS) == RESULTS


async def test_a_published_cycle_closes_early_when_asked(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await cycle.has_a_jury()
    await through(cycle, Phase.PUBLISHED)

    state = await cycle.ends_phase(Phase.PUBLISHED)

    assert state == CycleState(Phase.CLOSED)
    assert (await cycle.reads()).phase == Phase.CLOSED


async def test_drafts_are_told_when_the_call_closes_early(
    at_work: TimeSkipper, database: Database
) -> None:
    cycle = await a_cycle_under_way(at_work, database)
    await through(cycle, Phase.OPEN)
    draft, sent = await cycle.has_a_file(Status.DRAFT), await cycle.has_a_file(Status.SUBMITTED)
    handles = [await cycle.accompanies(file) for file in (draft, sent)]

    await cycle.ends_phase(Phase.OPEN)
    await cycle.waits(timedelta(minutes=1))

    told = [await cycle.signals_to(handle) for handle in handles]
    assert told == [1, 0]
    assert names.application_id(str(draft.id)) == handles[0].id
