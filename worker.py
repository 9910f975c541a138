"""The worker: runs the workflows of cycles and the activities that act on the world."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import structlog
import uvloop
from temporalio.client import Client
from temporalio.worker import Worker

from activities.adherences import Adherences
from activities.alerts import Alerts
from activities.applications import Applications
from activities.corrections import Corrections
from activities.cycles import Cycles
from activities.edition_schedule import keep_the_preparation
from activities.editions import Editions
from activities.engine import Engine
from activities.faults import Faults
from activities.juries import Juries
from activities.letters.mailer import Mailer
from activities.letters.post import Post
from activities.letters.rendering import Writer, check_letters
from activities.mailings import Mailings
from activities.payloads import converter_with
from activities.promotions import Promotions
from activities.publication import Publication
from activities.registry import registry_at
from activities.retaining import Retaining
from activities.retention_schedule import keep_the_retention
from activities.sweep_schedule import keep_the_sweep
from activities.sweeping import Sweeping
from activities.telling import Telling
from activities.votes import Votes
from domain.pace import Pace
from domain.wire import names
from logs import configure_engine_logs, configure_logs
from settings import Settings, settings
from storage.database import Database
from workflows.adherence import AdherenceWorkflow
from workflows.alert import AlertWorkflow
from workflows.application import ApplicationWorkflow
from workflows.correction import CorrectionWorkflow
from workflows.cycle import CycleWorkflow
from workflows.edition import EditionWorkflow
from workflows.juror import JurorWorkflow
from workflows.letter import LetterWorkflow
from workflows.mailing import MailingWorkflow
from workflows.preparing import PrepareEditionWorkflow
from workflows.promotion import PromotionWorkflow
from workflows.publication import PublicationWorkflow
from workflows.purge import PurgeWorkflow
from workflows.retaining import RetentionWorkflow
from workflows.sandbox import sandboxed
from workflows.sweeping import SweepWorkflow
from workflows.vote import VoteWorkflow

WORKFLOWS = [
    EditionWorkflow,
    PrepareEditionWorkflow,
    CycleWorkflow,
    ApplicationWorkflow,
    JurorWorkflow,
    PromotionWorkflow,
    PublicationWorkflow,
    CorrectionWorkflow,
    MailingWorkflow,
    LetterWorkflow,
    AdherenceWorkflow,
    PurgeWorkflow,
    AlertWorkflow,
    VoteWorkflow,
    SweepWorkflow,
    RetentionWorkflow,
]

# What is running when a deploy asks us to stop gets this long to end.
GRACE = timedelta(seconds=10)

# Letters of which somebody waits: as many as the mailer has connections.
LETTERS_AT_ONCE = 8
AFTER_EVERYBODY = 10
OUR_SESSION = Path("/proc/self/autogroup")
MAILINGS_AT_ONCE = 4

log = structlog.get_logger()


@asynccontextmanager
async def workers(client: Client, database: Database, configured: Settings) -> AsyncGenerator[None]:
    """Everything at work in one process."""
    async with (
        cycles_at_work(client, database, configured),
        post_at_work(client, database, configured),
    ):
        yield


@asynccontextmanager
async def post_at_work(
    client: Client, database: Database, configured: Settings
) -> AsyncGenerator[None]:
    """The post, and mailings, behind which no other letter waits."""
    mailer, mass_mailer, writer = Mailer(configured), Mailer(configured), Writer(configured)
    post = Post(database, mailer, writer)
    # Connections of their own: a link to sign in finds one free, however many letters leave.
    pace = Pace(configured.mailings_per_minute, configured.mailings_per_minute_to_domain)
    mailings = Post(database, mass_mailer, writer, pace)
    async with AsyncExitStack() as running:
        running.push_async_callback(mailer.close)
        running.push_async_callback(mass_mailer.close)
        await running.enter_async_context(
            Worker(
                client,
                task_queue=names.POST,
                # « send_mailing » for those that were asked for here before they had their own queue.
                activities=[post.send_letter, post.send_letters_about, post.send_mailing],
                max_concurrent_activities=LETTERS_AT_ONCE,
                graceful_shutdown_timeout=GRACE,
                interceptors=[Faults()],
            )
        )
        await running.enter_async_context(
            Worker(
                client,
                task_queue=names.MAILINGS,
                activities=[mailings.send_mailing],
                max_concurrent_activities=MAILINGS_AT_ONCE,
                graceful_shutdown_timeout=GRACE,
                interceptors=[Faults()],
            )
        )
        yield


@asynccontextmanager
async def cycles_at_work(
    client: Client, database: Database, configured: Settings
) -> AsyncGenerator[None]:
    """The workflows, and the activities that keep their records."""
    cycles, applications = Cycles(database), Applications(database)
    juries, telling = Juries(database, client), Telling(database, client)
    registry = registry_at(configured.registry_url)
    adherences = Adherences(database, registry)
    engine = Engine(client, database)
    alerts, corrections = Alerts(database, engine), Corrections(database)
    votes, mailings = Votes(database), Mailings(database)
    promotions = Promotions(database, engine, client)
    editions = Editions(database, engine)
    retaining = Retaining(database, configured.uploads)
    async with AsyncExitStack() as running:
        running.push_async_callback(registry.close)
        await running.enter_async_context(
            Worker(
                client,
                task_queue=names.CYCLES,
                workflows=WORKFLOWS,
                workflow_runner=sandboxed(),
                graceful_shutdown_timeout=GRACE,
                interceptors=[Faults()],
                activities=[
                    applications.settle,
                    applications.remind_draft,
                    applications.lapse_draft,
                    applications.reopen_draft,
                    applications.hear_of_the_charter,
                    applications.settle_partner,
                    applications.tend_partner,
                    editions.settle,
                    editions.enter,
                    editions.remind,
                    editions.start_territories,
                    editions.start_final,
                    editions.cancel_cycles,
                    editions.move_cycles,
                    editions.prepare,
                    editions.send_regrouped,
                    cycles.enter_phase,
                    cycles.move_dates,
                    cycles.deal,
                    cycles.repair_deal,
                    cycles.freeze_ranking,
                    cycles.remind_the_chair,
                    cycles.sign_minutes,
                    cycles.settle,
                    juries.settle_answer,
                    juries.settle_conflicts,
                    juries.settle_card,
                    juries.remind,
                    juries.invite,
                    juries.ask_for_conflicts,
                    juries.expire,
                    juries.call_the_reserve,
                    telling.tell_drafts,
                    telling.tell_applications,
                    telling.tell_jurors,
                    telling.tell_edition,
                    telling.reopen_drafts,
                    telling.tell_applications_of_the_charter,
                    adherences.settle,
                    adherences.fall_due,
                    adherences.check_registry,
                    adherences.purge,
                    promotions.begin,
                    promotions.offer_places,
                    promotions.settle,
                    promotions.fall_due,
                    promotions.start_final_files,
                    promotions.offer_again,
                    promotions.follow_the_final,
                    promotions.tell_edition,
                    alerts.settle,
                    alerts.fall_due,
                    alerts.carry_out,
                    retaining.retain,
                    retaining.report,
                    votes.settle,
                    votes.fall_due,
                    Publication(database).publish,
                    corrections.settle,
                    corrections.lapse,
                    mailings.settle,
                    mailings.conclude,
                    Sweeping(database, engine).sweep,
                ],
            )
        )
        yield


# What one process may be told to do; everything, unless told.
DUTIES = {"cycles": cycles_at_work, "post": post_at_work}


async def work(duties: Sequence[str] = ()) -> None:
    """Work until the process is told to stop."""
    if "cycles" not in (duties or DUTIES):
        # In the last hour of a call, who sends a file waits for its page; its letter may take seconds.
        give_way()
    configured = settings()
    configure_logs(configured)
    configure_engine_logs()
    check_letters()
    stopped = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    client = await Client.connect(
        configured.temporal_address,
        namespace=configured.temporal_namespace,
        data_converter=converter_with(configured.payload_keys),
    )
    database = Database(configured.database_url, connections=configured.database_connections)
    async with AsyncExitStack() as running:
        for duty in duties or DUTIES:
            await running.enter_async_context(DUTIES[duty](client, database, configured))
        await keep_the_sweep(client)
        await keep_the_preparation(client)
        await keep_the_retention(client)
        # What was imported stays for good: looking through it would stop a workflow in its step.
        gc.freeze()
        log.info("worker_ready")
        await stopped.wait()
    await database.close()


def give_way() -> None:
    """Let every other process of the service go first."""
    os.nice(AFTER_EVERYBODY)
    if os.getsid(0) != os.getpid():
        return  # a session shared with other programs of a terminal
    # Linux may share the processor between sessions first: niceness then counts inside one's own only.
    with suppress(OSError):
        OUR_SESSION.write_text(str(AFTER_EVERYBODY), encoding="ascii")


if __name__ == "__main__":
    uvloop.run(work(sys.argv[1:]))
