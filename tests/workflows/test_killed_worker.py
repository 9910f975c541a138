"""A worker killed in the middle of its work: another finishes, nothing is lost or done twice."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlmodel import col
from temporalio.client import Client

from domain.applications import Act, Status
from domain.calendar import CycleCalendar, compressed
from domain.phases import Phase
from domain.wire import names
from domain.wire.application import AskOfApplication, RunApplication
from domain.wire.cycle import EndPhase, RunCycle
from domain.wire.letters import SendMailing
from settings import Settings
from storage.database import Database
from storage.ledger import Intent, plan
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, DealRecord
from storage.tables.letters import Letter
from tests.builders import a_cycle, a_juror, a_person, an_application, an_edition
from tests.workflows.builders import SAMPLE, SENT, journal, written
from tests.workflows.postbox import Postbox
from tests.workflows.resting import is_at_work
from tests.workflows.story import UNHURRIED
from workflows.application import ApplicationWorkflow
from workflows.cycle import CycleWorkflow
from workflows.mailing import MailingWorkflow

ROOT = Path(__file__).resolve().parents[2]
LETTERS, DRAFTS, FILES = 80, 20, 4


@dataclass
class Scene:
    """Two cycles, a draft about to be sent among others, and a mailing."""

    client: Client
    database: Database
    calendar: CycleCalendar
    person: UUID
    closing: Cycle
    dealt: Cycle
    drafts: list[UUID]


async def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(
    temporal_client: Client, database: Database, configured: Settings, postbox: Postbox
) -> None:
    postbox.pause = 0.05
    scene = await a_scene(temporal_client, database)
    async with a_worker(configured, postbox) as killed:
        await under_way(scene)
        # A submission, the telling of drafts and the deal all wait here, half done.
        async with database.transaction() as session:
            await session.execute(text("lock table application in access exclusive mode"))
            asking = asyncio.create_task(everything_is_asked(scene))
            await eventually(lambda: three_wait_at_the_lock(database))
            await eventually(lambda: some_letters_have_left(postbox))
            killed.send_signal(signal.SIGKILL)
            await killed.wait()
    await leases_run_out(database)

    async with a_worker(configured, postbox):
        await asking
        await eventually(lambda: everybody_knows(scene))
        await eventually(lambda: no_letter_waits(database))

    sent = scene.drafts[0]
    assert await letters_that_did_not_arrive_once(database, postbox) == []
    assert await journal(database, f"application:{sent}") == [("submit", "draft", "submitted")]
    assert await statuses(scene) == {"submitted": 1, "lapsed": DRAFTS - 1}
    assert await journal(database, f"cycle:{scene.closing.id}") == [
        ("enter_phase", "prepared", "open"),
        ("enter_phase", "open", "screening"),
    ]
    seed, deal = scene.dealt.id.int % 2**31, await the_deal_of(database, scene.dealt.id)
    assert await journal(database, f"cycle:{scene.dealt.id}") == [
        ("enter_phase", "prepared", "open"),
        ("enter_phase", "open", "screening"),
        ("enter_phase", "screening", "evaluation"),
        ("deal", "", f"cards={2 * FILES} short=0 seed={seed} {deal.fingerprint[:16]}"),
    ]
    assert await cards(scene) == 2 * FILES


@asynccontextmanager
async def a_worker(configured: Settings, postbox: Postbox) -> AsyncGenerator[Process]:
    """The worker as it is deployed: a process of its own."""
    environment = os.environ | {
        "TROPHEES_DATABASE_URL": configured.database_url,
        "TROPHEES_TEMPORAL_ADDRESS": configured.temporal_address,
        "TROPHEES_TEMPORAL_NAMESPACE": configured.temporal_namespace,
        "TROPHEES_SMTP_HOST": postbox.host,
        "TROPHEES_SMTP_PORT": str(postbox.port),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "worker"),
        cwd=ROOT,
        env=environment,
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def a_scene(client: Client, database: Database) -> Scene:
    """The rows, and the workflows that nobody works on yet."""
    calendar = compressed(datetime.now(UTC) - timedelta(seconds=5), UNHURRIED)
    async with database.transaction() as session:
        edition = await an_edition(session, template=SAMPLE)
        person = await a_person(session, "zoe@exemple.fr")
        closing, dealt = [
            await a_cycle(
                session, edition=edition, territory=where, phase=Phase.PREPARED, calendar=calendar
            )
            for where in ("REG-84", "REG-53")
        ]
        drafts = [
            await an_application(
                session, closing, category="EQUIPE", by=person.id, answers=dict(SENT)
            )
            for _ in range(DRAFTS)
        ]
        for _ in range(FILES):
            await an_application(session, dealt, category="EQUIPE", status=Status.ADMITTED)
        for _ in range(3):
            await a_juror(session, dealt)
        facts = {"cycle_name": "Bretagne", "zone": "Europe/Paris", "link": "/", "reason": "Essai"}
        readers = [await a_person(session) for _ in range(LETTERS)]
        await plan(
            session,
            [
                Intent(f"test:{each.id}", "cycle_cancelled", "test", each.id, facts, mailing="test")
                for each in readers
            ],
        )
    ids = [draft.id for draft in drafts]
    scene = Scene(client, database, calendar, person.id, closing, dealt, ids)
    for cycle in (closing, dealt):
        await client.start_workflow(
            CycleWorkflow.run,
            RunCycle(str(cycle.id), calendar),
            id=names.cycle_id(cycle.code),
            task_queue=names.CYCLES,
        )
    for draft in ids:
        await client.start_workflow(
            ApplicationWorkflow.run,
            RunApplication(str(draft), str(closing.id), calendar),
            id=names.application_id(str(draft)),
            task_queue=names.CYCLES,
        )
    return scene


async def under_way(scene: Scene) -> None:
    """Both cycles open, and the second at the door of its evaluation."""

    async def are_open() -> bool:
        async with scene.database.transaction() as session:
            rows = await session.scalars(select(col(Cycle.phase)))
            if set(rows) != {"open"}:
                return False
        # Their tables say so a moment before their workflows know.
        cycles = [names.cycle_id(each.code) for each in (scene.closing, scene.dealt)]
        handles = [scene.client.get_workflow_handle(each) for each in cycles]
        return not any([await is_at_work(each) for each in handles])

    await eventually(are_open)
    await ended(scene, scene.dealt, Phase.OPEN)


async def everything_is_asked(scene: Scene) -> None:
    """A mailing, a submission, the end of a call, and the end of a screening."""
    mailing = await scene.client.start_workflow(
        MailingWorkflow.run, SendMailing("test"), id="mailing:test", task_queue=names.CYCLES
    )
    draft = str(scene.drafts[0])
    asked = await written(
        scene.database,
        kind=Act.SUBMIT,
        subject=f"application:{draft}",
        by=scene.person,
        arrived_at=datetime.now(UTC),
    )
    handle = scene.client.get_workflow_handle_for(
        ApplicationWorkflow.run, names.application_id(draft)
    )
    await asyncio.gather(
        mailing.result(),
        handle.execute_update(
            ApplicationWorkflow.act,
            AskOfApplication(Act.SUBMIT, asked.request, asked.arrived_at),
            id=asked.request,
        ),
        ended(scene, scene.closing, Phase.OPEN),
        ended(scene, scene.dealt, Phase.SCREENING),
    )


async def ended(scene: Scene, cycle: Cycle, phase: Phase) -> None:
    """An organiser ends a phase."""
    asked = await written(
        scene.database,
        kind="end_phase",
        subject=f"cycle:{cycle.id}",
        by=scene.person,
        arrived_at=datetime.now(UTC),
        payload={"reason": "Essai"},
    )
    handle = scene.client.get_workflow_handle_for(CycleWorkflow.run, names.cycle_id(cycle.code))
    await handle.execute_update(
        CycleWorkflow.end_phase,
        EndPhase(asked.request, asked.arrived_at, phase),
        id=asked.request,
    )


async def eventually(happened: Callable[[], Awaitable[bool]]) -> None:
    """Wait for it, a minute at most."""
    async with asyncio.timeout(60):
        while not await happened():  # noqa: ASYNC110  (databases and post offices ring no bell)
            await asyncio.sleep(0.1)


async def three_wait_at_the_lock(database: Database) -> bool:
    """Whether submission, telling and deal are all in their transaction."""
    async with database.transaction() as session:
        waiting = text(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event_type = 'Lock'"
        )
        return (await session.scalar(waiting) or 0) >= 3


async def some_letters_have_left(postbox: Postbox) -> bool:
    """Whether the mailing is in its middle."""
    return len(postbox.letters) > LETTERS // 8


async def leases_run_out(database: Database) -> None:
    """A minute passes for the letters that the dead worker held."""
    async with database.transaction() as session:
        await session.execute(
            update(Letter)
            .where(col(Letter.state) == "sending")
            .values(claimed_at=col(Letter.claimed_at) - timedelta(minutes=5))
        )


async def statuses(scene: Scene) -> dict[str, int]:
    """How the drafts of the closing cycle ended."""
    async with scene.database.transaction() as session:
        rows = await session.scalars(
            select(col(Application.status)).where(col(Application.cycle_id) == scene.closing.id)
        )
        return dict(Counter(rows))


async def everybody_knows(scene: Scene) -> bool:
    """Whether every draft was told of the end of the call, and every card is dealt."""
    told = "draft" not in await statuses(scene)
    return told and await cards(scene) > 0


async def cards(scene: Scene) -> int:
    """How many cards there are."""
    async with scene.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(Card)) or 0


async def no_letter_waits(database: Database) -> bool:
    """Whether what was planned has left, or is given to a person to decide; readers' apart."""
    async with database.transaction() as session:
        waiting = await session.scalar(
            select(func.count()).where(col(Letter.state).in_(["planned", "sending"]))
        )
        return not waiting


async def letters_that_did_not_arrive_once(database: Database, postbox: Postbox) -> list[str]:
    """Those sent twice, and those that the ledger believes sent and that never came."""
    arrived = Counter(f"{letter['Message-ID']}" for letter in postbox.letters)
    twice = [each for each, count in arrived.items() if count > 1]
    async with database.transaction() as session:
        states = Counter(await session.scalars(select(col(Letter.state))))
    surely, perhaps = states["sent"], states["uncertain"]
    lost = [] if surely <= sum(arrived.values()) <= surely + perhaps else [f"{states} {arrived}"]
    return twice + lost


async def the_deal_of(database: Database, cycle: UUID) -> DealRecord:
    """The one deal that was made of a cycle, as it was recorded."""
    async with database.transaction() as session:
        return (
            await session.scalars(select(DealRecord).where(col(DealRecord.cycle_id) == cycle))
        ).one()
