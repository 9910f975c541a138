"""A worker killed while cycles change phase, each another one, and editions too: another finishes them once."""

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from temporalio.client import Client

from domain.applications import Status
from domain.calendar import CycleCalendar, compressed
from domain.editions import EditionAct, EditionPhase
from domain.phases import ORDER, Phase
from domain.wire import names
from domain.wire.cycle import EndPhase, RunCycle
from domain.wire.edition import AskOfEdition, RunEdition
from settings import Settings
from storage.acts.edition_opening import prepare_edition
from storage.database import Database
from storage.edition_plans import LedEdition, keep, led, wire_plan
from storage.editions import MAIN, shipped_template
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Juror
from storage.tables.results import Decision, Palmares
from storage.territories import regions
from tests.builders import a_cycle, a_juror, a_person, an_application, an_edition
from tests.workflows.builders import SAMPLE, journal, written
from tests.workflows.postbox import Postbox
from tests.workflows.story import UNHURRIED
from tests.workflows.test_killed_worker import (
    a_worker,
    eventually,
    leases_run_out,
    letters_that_did_not_arrive_once,
    no_letter_waits,
)
from workflows.cycle import CycleWorkflow
from workflows.edition import EditionWorkflow

CHANGES = tuple(pairwise(ORDER))
PLACES = 2


@dataclass
class Scene:
    """One cycle at the door of each phase, and two editions: to confirm, and to begin its final."""

    client: Client
    database: Database
    person: UUID
    calendar: CycleCalendar
    cycles: list[Cycle]
    editions: list[Edition]


async def test_a_worker_killed_at_every_change_of_phase_loses_nothing_and_repeats_nothing(
    temporal_client: Client, database: Database, configured: Settings, postbox: Postbox
) -> None:
    scene = await a_scene(temporal_client, database)
    async with a_worker(configured, postbox) as killed:
        await asyncio.gather(
            *(
                brought_to(scene, cycle, at)
                for cycle, (at, _) in zip(scene.cycles, CHANGES, strict=True)
            )
        )
        await asked(scene, scene.editions[1], EditionAct.CONFIRM)
        async with database.transaction() as session:
            await session.execute(text("lock table edition, cycle in access exclusive mode"))
            asking = asyncio.gather(
                *(
                    passed(scene, cycle, at)
                    for cycle, (at, _) in zip(scene.cycles, CHANGES, strict=True)
                ),
                asked(scene, scene.editions[0], EditionAct.CONFIRM),
                asked(scene, scene.editions[1], EditionAct.BEGIN_FINAL),
            )
            await eventually(lambda: many_wait_at_the_lock(database))
            killed.send_signal(signal.SIGKILL)
            await killed.wait()
    await leases_run_out(database)

    async with a_worker(configured, postbox):
        await asking
        await eventually(lambda: everybody_has_passed(scene))
        await eventually(lambda: no_letter_waits(database))

    assert await letters_that_did_not_arrive_once(database, postbox) == []
    for cycle, (at, _) in zip(scene.cycles, CHANGES, strict=True):
        until = ORDER[: ORDER.index(at) + 2]
        lines = [
            (before, after)
            for act, before, after in await journal(database, f"cycle:{cycle.id}")
            if act in {"enter_phase", "sign_minutes", "publish"}
        ]
        assert lines == list(pairwise(until))
    entered = [
        [
            after
            for act, _, after in await journal(database, f"edition:{each.id}")
            if act == "enter_edition_phase"
        ]
        for each in scene.editions
    ]
    assert entered == [[EditionPhase.TERRITORIAL], [EditionPhase.TERRITORIAL, EditionPhase.FINAL]]
    async with database.transaction() as session:
        pages = await session.scalars(select(col(Palmares.cycle_id)))
        confirmed = await session.scalars(
            select(col(Cycle.id)).where(col(Cycle.edition_id) == scene.editions[0].id)
        )
        assert sorted(pages) == sorted(each.id for each in scene.cycles[5:])
        assert len(confirmed.all()) == 1 + PLACES


async def a_scene(client: Client, database: Database) -> Scene:
    """The rows, and the workflows that nobody works on yet."""
    calendar = compressed(datetime.now(UTC) + timedelta(hours=1), UNHURRIED)
    shipped = shipped_template(MAIN)
    assert shipped is not None
    async with database.transaction() as session:
        edition = await an_edition(session, template=SAMPLE)
        person = await a_person(session, "zoe@exemple.fr")
        cycles = [
            await a_cycle(
                session,
                edition=edition,
                territory=place.code,
                phase=Phase.PREPARED,
                calendar=calendar,
            )
            for place, _ in zip(regions(), CHANGES, strict=False)
        ]
        for cycle in cycles:
            owner = await a_person(session)
            await an_application(
                session, cycle, category="EQUIPE", status=Status.ADMITTED, by=owner.id
            )
            for place in range(3):
                await a_juror(session, cycle, is_chair=place == 0)
        editions = [
            await prepare_edition(session, shipped.document, 2041 + each) for each in range(2)
        ]
        for row in editions:
            plan = led(row)
            keep(row, LedEdition(plan.territories[:PLACES], plan.frame, 1, plan.cutoff_at))
        await session.flush()
        plans = [await wire_plan(session, each) for each in editions]
    for cycle in cycles:
        await client.start_workflow(
            CycleWorkflow.run,
            RunCycle(str(cycle.id), calendar),
            id=names.cycle_id(cycle.code),
            task_queue=names.CYCLES,
        )
    for row, waits_with in zip(editions, plans, strict=True):
        await client.start_workflow(
            EditionWorkflow.run,
            RunEdition(str(row.id), waits_with),
            id=names.edition_id(row.code),
            task_queue=names.CYCLES,
        )
    return Scene(client, database, person.id, calendar, cycles, editions)


async def brought_to(scene: Scene, cycle: Cycle, phase: Phase) -> None:
    """The cycle goes from phase to phase until that one."""
    for each in ORDER[: ORDER.index(phase)]:
        await passed(scene, cycle, each)


async def passed(scene: Scene, cycle: Cycle, phase: Phase) -> None:
    """An organiser ends a phase, or the chair signs."""
    handle = scene.client.get_workflow_handle_for(CycleWorkflow.run, names.cycle_id(cycle.code))
    if phase is Phase.DELIBERATION:
        await signed(scene, cycle)
        return
    request = await written(
        scene.database,
        kind="end_phase",
        subject=f"cycle:{cycle.id}",
        by=scene.person,
        arrived_at=datetime.now(UTC),
        payload={"reason": "Essai", "phase": phase},
    )
    await handle.execute_update(
        CycleWorkflow.end_phase,
        EndPhase(request.request, request.arrived_at, phase),
        id=request.request,
    )


async def signed(scene: Scene, cycle: Cycle) -> None:
    """The jury awards nothing, and its chair signs."""
    handle = scene.client.get_workflow_handle_for(CycleWorkflow.run, names.cycle_id(cycle.code))
    async with scene.database.transaction() as session:
        session.add(
            Decision(cycle_id=cycle.id, category="EQUIPE", awards=False, reason="Rien ne convainc.")
        )
        jury = list(
            await session.scalars(
                select(Juror)
                .where(col(Juror.cycle_id) == cycle.id)
                .order_by(col(Juror.is_chair).desc())
            )
        )
    request = await written(
        scene.database,
        kind="sign_minutes",
        subject=f"cycle:{cycle.id}",
        by=jury[0].person_id,
        arrived_at=datetime.now(UTC),
        payload={"summary": "Débat bref.", "present": [str(each.id) for each in jury]},
    )
    await handle.execute_update(CycleWorkflow.sign_minutes, request, id=request.request)


async def asked(scene: Scene, edition: Edition, act: EditionAct) -> None:
    """The national organiser confirms an edition as it was planned, or begins its final."""
    request = await written(
        scene.database,
        kind=act,
        subject=f"edition:{edition.id}",
        by=scene.person,
        arrived_at=datetime.now(UTC),
        payload={"seen": led(edition).seen, "reason": "Essai"},
    )
    handle = scene.client.get_workflow_handle_for(
        EditionWorkflow.run, names.edition_id(edition.code)
    )
    await handle.execute_update(
        EditionWorkflow.act,
        AskOfEdition(act, request.request, request.arrived_at),
        id=request.request,
    )


async def many_wait_at_the_lock(database: Database) -> bool:
    """Whether the changes of phase are in their transactions."""
    async with database.transaction() as session:
        waiting = text(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event_type = 'Lock'"
        )
        return (await session.scalar(waiting) or 0) >= len(CHANGES)


async def everybody_has_passed(scene: Scene) -> bool:
    """Whether each cycle is in the phase that follows the one at whose door it stood."""
    async with scene.database.transaction() as session:
        rows = await session.execute(select(col(Cycle.id), col(Cycle.phase)))
        now = {cycle: phase for cycle, phase in rows}  # noqa: C416  (rows are not pairs)
    return [now[each.id] for each in scene.cycles] == [after for _, after in CHANGES]
