"""What was asked while the engine was away is carried once it is back, and once only."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from temporalio.client import Client

from activities.engine import Engine
from activities.sweeping import Sweeping
from domain.applications import Act, Status
from domain.jurors import CardAct, CardStatus, JurorStatus
from domain.phases import Phase
from domain.refusals import Refusal, Unanswered
from domain.wire.application import AskOfApplication
from domain.wire.cycle import RunCycle
from domain.wire.juror import RunJuror
from settings import Settings
from storage.database import Database
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from tests.activities.sweep_world import (
    LONG_AGO,
    a_draft,
    asks,
    events,
    is_running,
    letters,
    nowhere,
    outcome,
    swept,
    until_it_is,
)
from tests.builders import a_card, a_cycle, a_juror, a_person, an_application, an_organiser
from tests.workflows.builders import SAMPLE, from_now, journal
from worker import workers

ARRIVED_NOWHERE = "Le service met plus de temps que prévu"


@pytest.fixture
def engine(temporal_client: Client, database: Database) -> Engine:
    return Engine(temporal_client, database)


@pytest.fixture
def sweeping(database: Database, engine: Engine) -> Sweeping:
    return Sweeping(database, engine)


async def test_what_was_sent_while_the_engine_was_away_arrives_once(
    database: Database, sweeping: Sweeping, configured: Settings, temporal_client: Client
) -> None:
    row, person = await a_draft(database)
    asked = await asks(database, Act.SUBMIT, f"application:{row.id}", person.id)
    question = AskOfApplication(Act.SUBMIT, asked.request, asked.arrived_at)
    with pytest.raises(Unanswered, match=ARRIVED_NOWHERE):
        await (await nowhere(configured)).ask_application(str(row.id), question)

    async with workers(temporal_client, database, configured):
        await swept(sweeping)
        await swept(sweeping)

    assert await outcome(database, asked) == (True, "")
    assert await journal(database, f"application:{row.id}") == [("submit", "draft", "submitted")]


@pytest.mark.usefixtures("at_work")
async def test_a_return_that_waited_runs_the_withdrawn_application_again(
    database: Database, sweeping: Sweeping, temporal_client: Client
) -> None:
    row, person = await a_draft(database)
    async with database.transaction() as session:
        (await session.get_one(Application, row.id)).status = Status.WITHDRAWN
    asked = await asks(database, Act.COME_BACK, f"application:{row.id}", person.id)

    await swept(sweeping)

    assert await outcome(database, asked) == (True, "")
    assert await journal(database, f"application:{row.id}") == [("come_back", "withdrawn", "draft")]
    assert await is_running(temporal_client, f"application:{row.id}")


@pytest.mark.usefixtures("at_work")
async def test_a_request_that_just_arrived_is_left_to_its_page(
    database: Database, sweeping: Sweeping
) -> None:
    row, person = await a_draft(database)
    async with database.transaction() as session:
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind=Act.SUBMIT,
            subject=f"application:{row.id}",
            by_person=person.id,
        )

    await swept(sweeping)

    assert await outcome(database, asked) == (False, "")


@pytest.mark.usefixtures("at_work")
async def test_a_request_that_comes_too_late_for_its_workflow_is_refused_with_the_known_sentence(
    database: Database, sweeping: Sweeping
) -> None:
    row, person = await a_draft(database)
    async with database.transaction() as session:
        (await session.merge(row)).status = Status.WITHDRAWN
    asked = await asks(database, Act.SUBMIT, f"application:{row.id}", person.id)

    await swept(sweeping)

    assert await outcome(database, asked) == (
        True,
        "Ce dossier est clos : il n’accepte plus de demande.",
    )
    assert await letters(database) == {f"request_refused:{asked.request}": "planned"}


@pytest.mark.usefixtures("at_work")
async def test_what_the_workflow_refuses_is_never_done_later(
    database: Database, sweeping: Sweeping, engine: Engine
) -> None:
    row, person = await a_draft(database)
    await swept(sweeping)
    admitted = await asks(database, Act.ADMIT, f"application:{row.id}", person.id)
    with pytest.raises(Refusal) as refused:
        await engine.ask_application(
            str(row.id), AskOfApplication(Act.ADMIT, admitted.request, admitted.arrived_at)
        )
    sent = await asks(database, Act.SUBMIT, f"application:{row.id}", person.id)

    await swept(sweeping)

    assert await outcome(database, admitted) == (True, refused.value.sentence)
    assert await outcome(database, sent) == (True, "")
    assert await journal(database, f"application:{row.id}") == [("submit", "draft", "submitted")]


@pytest.mark.usefixtures("at_work")
async def test_a_refused_request_that_comes_again_is_refused_in_the_same_words(
    database: Database, sweeping: Sweeping
) -> None:
    row, person = await a_draft(database)
    asked = await asks(database, Act.ADMIT, f"application:{row.id}", person.id)
    await swept(sweeping)

    with pytest.raises(Refusal) as refused:
        async with database.transaction() as session:
            await write_request(
                session,
                request_id=UUID(asked.request),
                kind=Act.ADMIT,
                subject=f"application:{row.id}",
                by_person=person.id,
            )

    assert await outcome(database, asked) == (True, refused.value.sentence)


@pytest.mark.usefixtures("at_work")
async def test_a_cycle_kept_while_the_engine_was_away_starts(
    database: Database, sweeping: Sweeping, temporal_client: Client
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=Phase.PREPARED, calendar=from_now())
        cycle.created_at = datetime.now(UTC) - LONG_AGO

    last = await swept(sweeping)
    again = await swept(sweeping, last)

    assert await is_running(temporal_client, f"cycle:{cycle.code}")
    assert last.until is not None
    assert again.until is not None
    assert again.until > last.until


@pytest.mark.usefixtures("at_work")
async def test_the_end_of_a_phase_and_a_cancellation_reach_their_cycle(
    database: Database, sweeping: Sweeping, engine: Engine
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=Phase.PREPARED, calendar=from_now())
        organiser = await an_organiser(session, cycle)
    await engine.run_cycle(cycle.code, RunCycle(str(cycle.id), from_now()))
    await until_it_is(database, cycle.id, Phase.OPEN)
    subject, reason = f"cycle:{cycle.id}", {"reason": "Essai"}
    ended = await asks(database, "end_phase", subject, organiser.id, reason | {"phase": Phase.OPEN})
    await swept(sweeping)
    cancelled = await asks(database, "cancel", subject, organiser.id, reason)
    late = await asks(database, "end_phase", subject, organiser.id, reason | {"phase": Phase.OPEN})

    await swept(sweeping)

    assert [await outcome(database, each) for each in (ended, cancelled)] == [(True, "")] * 2
    assert (await outcome(database, late))[0]
    async with database.transaction() as session:
        assert (await session.get_one(Cycle, cycle.id)).phase == Phase.CANCELLED


@pytest.mark.usefixtures("at_work")
async def test_a_juror_called_while_the_engine_was_away_is_invited_and_answers(
    database: Database, sweeping: Sweeping
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, calendar=from_now())
        juror = await a_juror(session, cycle, status=JurorStatus.INVITED)
        juror.created_at = datetime.now(UTC) - LONG_AGO
    asked = await asks(database, "answer", f"juror:{juror.id}", juror.person_id, {"accepts": True})

    await swept(sweeping)

    assert await outcome(database, asked) == (True, "")
    async with database.transaction() as session:
        assert (await session.get_one(Juror, juror.id)).status == JurorStatus.ACCEPTED


@pytest.mark.usefixtures("at_work")
async def test_a_card_abstained_from_and_conflicts_declared_reach_their_juror(
    database: Database, sweeping: Sweeping, engine: Engine
) -> None:
    calendar = from_now()
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=Phase.EVALUATION, calendar=calendar)
        juror = await a_juror(session, cycle, status=JurorStatus.INVITED)
        file = await an_application(session, cycle, category="EQUIPE", status=Status.ADMITTED)
        card = await a_card(session, juror, file)
    service = RunJuror(str(juror.id), str(cycle.id), calendar, Phase.EVALUATION)
    await engine.run_juror(service)
    answered = await asks(
        database, "answer", f"juror:{juror.id}", juror.person_id, {"accepts": True}
    )
    await swept(sweeping)
    declared = await asks(database, "declare_conflicts", f"juror:{juror.id}", juror.person_id)
    closed = await asks(
        database, CardAct.ABSTAIN, f"card:{card.id}", juror.person_id, {"reason": "Hors sujet"}
    )

    await swept(sweeping)

    outcomes = [await outcome(database, each) for each in (answered, declared, closed)]
    assert outcomes == [(True, "")] * 3
    async with database.transaction() as session:
        assert (await session.get_one(Card, card.id)).status == CardStatus.ABSTAINED


@pytest.mark.usefixtures("at_work")
async def test_a_sweep_of_nothing_adds_nothing_to_a_history(
    database: Database, sweeping: Sweeping, temporal_client: Client
) -> None:
    row, person = await a_draft(database)
    await asks(database, Act.SUBMIT, f"application:{row.id}", person.id)
    last = await swept(sweeping)
    before = await events(temporal_client, f"application:{row.id}")

    await swept(sweeping, last)
    await swept(sweeping)

    assert await events(temporal_client, f"application:{row.id}") == before


@pytest.mark.usefixtures("at_work")
async def test_a_request_about_nothing_keeps_no_other_from_its_workflow(
    database: Database, sweeping: Sweeping
) -> None:
    row, person = await a_draft(database)
    lost = await asks(database, Act.SUBMIT, f"card:{uuid4()}", person.id)
    asked = await asks(database, Act.SUBMIT, f"application:{row.id}", person.id)

    await swept(sweeping)

    assert await outcome(database, lost) == (False, "")
    assert await outcome(database, asked) == (True, "")


async def test_while_the_engine_is_away_a_sweep_changes_nothing_and_the_next_looks_again(
    database: Database, configured: Settings, sweeping: Sweeping, temporal_client: Client
) -> None:
    row, person = await a_draft(database)
    asked = await asks(database, Act.SUBMIT, f"application:{row.id}", person.id)

    away = await swept(Sweeping(database, await nowhere(configured)))
    async with workers(temporal_client, database, configured):
        back = await swept(sweeping, away)

    assert (away.left, back.left) == ((f"application:{row.id}",), ())
    assert await outcome(database, asked) == (True, "")


async def test_what_waits_is_found_without_reading_the_requests_that_are_settled(
    database: Database,
) -> None:
    async with database.transaction() as session:
        person = await a_person(session)
        await session.execute(
            text(
                "insert into request (id, kind, subject, by_person, payload, settled)"
                " select gen_random_uuid(), 'submit', 'application:x', :person, '{}', true"
                " from generate_series(1, 20000)"
            ),
            {"person": person.id},
        )
    async with database.transaction() as session:
        await session.execute(text("analyze request"))
        plan = await session.scalars(
            text(
                "explain select id from request where settled is false"
                " and arrived_at < clock_timestamp() order by arrived_at, id limit 100"
            )
        )

        assert any("ix_request_waiting" in line for line in plan)
