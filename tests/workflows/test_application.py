"""The life of an application over a year of virtual time, on the real server."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowExecutionStatus, WorkflowUpdateFailedError
from temporalio.testing import WorkflowEnvironment

from domain.applications import Act, Status
from domain.phases import Phase
from domain.regrouping import RegroupKind
from domain.wire import names
from domain.wire.application import ApplicationState
from domain.wire.cycle import CycleMoved
from storage.database import Database
from storage.tables.applications import Application as Row
from storage.tables.cycles import Cycle, Edition, Regrouping
from tests.builders import a_cycle
from tests.workflows.builders import Application, an_application_under_way, journal, letters

DAY = timedelta(days=1)


async def test_a_forgotten_draft_is_reminded_four_times_then_lapses_after_closing(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)

    ended = await given.ends()

    assert ended == ApplicationState(Status.LAPSED)
    assert await letters(database) == ["draft_reminder"] * 4 + ["draft_lapsed"]
    assert await journal(database, given.subject) == [("lapse", "draft", "lapsed")]
    assert await given.reminded_before_closing() == [30 * DAY, 10 * DAY, 3 * DAY, 1 * DAY]


async def test_reminders_stop_once_the_application_is_sent(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.waits(100 * DAY)

    state = await given.asks(Act.SUBMIT, after=100 * DAY)
    await given.cycle_moves_to(Phase.PUBLISHED)
    ended = await given.ends()

    assert state == ApplicationState(Status.SUBMITTED, version=1)
    assert ended == ApplicationState(Status.SUBMITTED, version=1)
    assert await letters(database) == ["draft_reminder", "receipt"]


async def test_a_submission_sent_again_keeps_the_earlier_version(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)

    first = await given.asks(Act.SUBMIT, after=DAY)
    second = await given.asks(Act.SUBMIT, after=2 * DAY)

    assert (first.version, second.version) == (1, 2)
    assert await given.versions() == [1, 2]


async def test_the_same_request_twice_is_one_submission(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    request = await given.writes(Act.SUBMIT, after=DAY)

    answers = [await given.sends(Act.SUBMIT, request) for _ in range(2)]

    assert answers == [ApplicationState(Status.SUBMITTED, version=1)] * 2
    assert await given.versions() == [1]


@pytest.mark.parametrize(
    ("late_by", "taken"),
    [
        pytest.param(timedelta(seconds=-1), True, id="one second before"),
        pytest.param(timedelta(0), True, id="at the very instant"),
        pytest.param(timedelta(seconds=1), True, id="within the published tolerance"),
        pytest.param(timedelta(minutes=15), True, id="at the end of the tolerance"),
        pytest.param(timedelta(minutes=15, seconds=1), False, id="after the tolerance"),
    ],
)
async def test_the_arrival_decides_not_the_instant_of_the_work(
    at_work: WorkflowEnvironment, database: Database, late_by: timedelta, *, taken: bool
) -> None:
    given = await an_application_under_way(at_work, database)
    request = await given.writes(Act.SUBMIT, after=given.until_closing() + late_by)

    ended = await given.ends() if not taken else await given.sends(Act.SUBMIT, request)

    assert ended.status is (Status.SUBMITTED if taken else Status.LAPSED)


async def test_a_request_that_arrived_in_time_is_settled_even_if_nobody_carried_it(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.writes(Act.SUBMIT, after=given.until_closing() - timedelta(seconds=1))

    await given.waits(given.until_closing() + DAY)

    assert await given.status_in_the_database() == Status.SUBMITTED


async def test_a_refusal_carries_its_sentence_back(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.asks(Act.WITHDRAW, after=DAY)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await given.asks(Act.SUBMIT, after=2 * DAY)

    assert given.sentence_of(refused.value) == (
        "Cette candidature ne peut plus être envoyée : elle n’est plus un brouillon."
    )


async def test_complements_are_asked_once_completed_and_then_decided(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.asks(Act.SUBMIT, after=DAY)

    asked = await given.asks(Act.ASK_COMPLEMENTS, after=2 * DAY, reason="Il manque le relevé.")
    completed = await given.asks(Act.COMPLETE, after=10 * DAY)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await given.asks(Act.ASK_COMPLEMENTS, after=11 * DAY, reason="Encore.")
    admitted = await given.asks(Act.ADMIT, after=12 * DAY)

    assert asked.status is Status.COMPLEMENTS
    assert asked.complements_until == given.instant(2 * DAY) + 14 * DAY
    assert (completed.status, completed.version) == (Status.SUBMITTED, 2)
    assert admitted.status is Status.ADMITTED
    assert given.sentence_of(refused.value) == (
        "Un complément a déjà été demandé une fois pour cette candidature."
    )


async def test_a_complement_that_arrives_too_late_is_refused(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.asks(Act.SUBMIT, after=DAY)
    await given.asks(Act.ASK_COMPLEMENTS, after=2 * DAY, reason="Il manque le relevé.")

    with pytest.raises(WorkflowUpdateFailedError):
        await given.asks(Act.COMPLETE, after=17 * DAY)

    assert await given.status_in_the_database() == Status.COMPLEMENTS


async def test_a_date_that_moves_takes_its_reminders_with_it(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.waits(50 * DAY)
    later = given.calendar_closing(given.until_closing() + 60 * DAY)
    await given.puts_in_force(later)

    await given.handle.signal("cycle_moved", CycleMoved(Phase.OPEN, later))
    await given.ends()

    assert await given.reminded_before_closing() == [30 * DAY, 10 * DAY, 3 * DAY, 1 * DAY]


async def test_the_cancellation_of_the_cycle_ends_the_wait(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)

    await given.cycle_moves_to(Phase.CANCELLED)
    ended = await given.ends()

    assert ended == ApplicationState(Status.DRAFT)


async def test_what_travels_says_nothing_of_the_company(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given: Application = await an_application_under_way(at_work, database)
    await given.asks(Act.SUBMIT, after=DAY)
    await given.asks(Act.REFUSE, after=2 * DAY, reason="Association non employeuse")
    await given.ends()

    history = (await given.handle.fetch_history()).to_json()

    for secret in ("Menuiserie des Alpes", "Association non employeuse", "exemple.fr"):
        assert secret not in history


async def test_a_file_admitted_late_follows_its_category_to_the_jury_that_judges_it(
    at_work: WorkflowEnvironment, database: Database
) -> None:
    given = await an_application_under_way(at_work, database)
    await given.asks(Act.SUBMIT, after=DAY)
    neighbour = await _the_category_goes_to_a_neighbour(given)

    await given.asks(Act.ADMIT, after=2 * DAY)
    await given.waits(DAY)

    async with database.transaction() as session:
        copy = (await session.scalars(select(Row).where(col(Row.cycle_id) == neighbour))).one()
    described = await at_work.client.get_workflow_handle(
        names.application_id(str(copy.id))
    ).describe()
    assert (str(copy.origin_id), copy.entry, copy.status) == (given.id, "regrouped", "admitted")
    assert described.status is WorkflowExecutionStatus.RUNNING


async def _the_category_goes_to_a_neighbour(given: Application) -> UUID:
    """Both territories evaluate; gives the cycle of the neighbour."""
    async with given.database.transaction() as session:
        cycle = await session.get_one(Cycle, UUID(given.cycle))
        edition = await session.get_one(Edition, cycle.edition_id)
        cycle.phase = Phase.EVALUATION
        neighbour = await a_cycle(
            session,
            edition=edition,
            territory="REG-93",
            phase=Phase.EVALUATION,
            calendar=given.calendar,
        )
        session.add(
            Regrouping(
                cycle_id=cycle.id,
                category="EQUIPE",
                kind=RegroupKind.NEIGHBOUR,
                into_cycle_id=neighbour.id,
                request_id=uuid4(),
            )
        )
        return neighbour.id
