"""Next year's edition is prepared by itself, each first of December."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from temporalio.client import Client, ScheduleOverlapPolicy, ScheduleRange

from activities.edition_schedule import keep_the_preparation
from domain.editions import EditionPhase
from domain.wire import names
from storage.acts.edition_opening import prepare_edition
from storage.database import Database
from storage.edition_plans import led
from storage.editions import MAIN, shipped_template
from storage.tables.cycles import Edition
from tests.builders import an_edition
from workflows.edition import EditionWorkflow
from workflows.preparing import PrepareEditionWorkflow

NEXT = datetime.now(UTC).year + 1


async def test_kept_twice_it_is_one_schedule_of_a_morning_in_december(
    temporal_client: Client,
) -> None:
    await keep_the_preparation(temporal_client)
    await temporal_client.get_schedule_handle(names.PREPARE_EDITION).pause()

    await keep_the_preparation(temporal_client)

    schedule = (
        await temporal_client.get_schedule_handle(names.PREPARE_EDITION).describe()
    ).schedule
    [spec] = schedule.spec.calendars
    assert (spec.month, spec.day_of_month, spec.hour) == (
        (ScheduleRange(12),),
        (ScheduleRange(1),),
        (ScheduleRange(9),),
    )
    assert schedule.spec.time_zone_name == "Europe/Paris"
    assert schedule.policy.overlap is ScheduleOverlapPolicy.SKIP
    assert schedule.state.paused


@pytest.mark.usefixtures("at_work")
async def test_preparing_twice_prepares_one_edition_that_waits(
    temporal_client: Client, database: Database
) -> None:
    for _ in range(2):
        await temporal_client.execute_workflow(
            PrepareEditionWorkflow.run, id=names.PREPARE_EDITION, task_queue=names.CYCLES
        )

    async with database.transaction() as session:
        [edition] = (await session.scalars(select(Edition))).all()
    assert (edition.code, edition.phase) == (str(NEXT), EditionPhase.PREPARED)
    assert len(led(edition).territories) == 18
    leading = temporal_client.get_workflow_handle_for(
        EditionWorkflow.run, names.edition_id(edition.code)
    )
    assert (await leading.query(EditionWorkflow.state)).phase is EditionPhase.PREPARED


@pytest.mark.usefixtures("at_work")
async def test_a_year_that_somebody_opened_by_hand_is_left_alone(
    temporal_client: Client, database: Database
) -> None:
    async with database.transaction() as session:
        await an_edition(session, year=NEXT)

    await temporal_client.execute_workflow(
        PrepareEditionWorkflow.run, id=names.PREPARE_EDITION, task_queue=names.CYCLES
    )

    async with database.transaction() as session:
        [edition] = (await session.scalars(select(Edition))).all()
    assert edition.phase == EditionPhase.BY_HAND


async def test_the_plan_of_a_prepared_edition_reads_as_it_was_written(database: Database) -> None:
    shipped = shipped_template(MAIN)
    assert shipped is not None
    async with database.transaction() as session:
        before = led(await prepare_edition(session, shipped.document, 2028))

    async with database.transaction() as session:
        [edition] = (await session.scalars(select(Edition))).all()
    assert led(edition) == before
    assert led(edition).seen == before.seen
    assert (before.quorum, before.cutoff_at) == (11, before.frame.national.opens_at)
