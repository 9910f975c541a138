"""The worker of the benchmark: the real workflows and activities, but the letters stay planned."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from activities.adherences import Adherences
from activities.registry import registry_at
from activities.telling import Telling
from domain.wire import names
from domain.wire.letters import Posted, SendLettersAbout
from storage.database import Database
from workflows.adherence import AdherenceWorkflow
from workflows.purge import PurgeWorkflow
from workflows.sandbox import sandboxed


@activity.defn(name="send_letters_about")
async def leave_planned(_: SendLettersAbout) -> Posted:
    """The ledger keeps every letter; what a post costs is measured elsewhere."""
    return Posted(0)


@asynccontextmanager
async def at_work(client: Client, database: Database, register: str) -> AsyncGenerator[None]:
    """Both queues, as the service has them."""
    adherences = Adherences(database, registry_at(register))
    telling = Telling(database, client)
    async with (
        Worker(
            client,
            task_queue=names.CYCLES,
            workflows=[AdherenceWorkflow, PurgeWorkflow],
            workflow_runner=sandboxed(),
            activities=[
                adherences.settle,
                adherences.fall_due,
                adherences.check_registry,
                telling.tell_applications_of_the_charter,
            ],
        ),
        Worker(client, task_queue=names.POST, activities=[leave_planned]),
    ):
        yield
