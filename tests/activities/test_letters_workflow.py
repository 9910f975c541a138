"""The post behind a real Temporal: it insists by itself until the server is back."""

import asyncio

from temporalio.client import Client
from temporalio.worker import Worker

from activities.letters.mailer import Mailer
from activities.letters.post import Post
from activities.letters.rendering import Writer
from activities.letters.samples import SAMPLES
from domain.wire import names
from domain.wire.letters import Posted, SendLetter
from settings import Settings
from storage.database import Database
from storage.ledger import Intent, plan
from storage.tables.people import Person
from tests.activities.post_office import PostOffice, opened
from workflows.letter import LetterWorkflow
from workflows.sandbox import sandboxed


async def test_a_letter_waits_for_the_server_and_leaves_once(
    configured: Settings, database: Database, temporal_client: Client
) -> None:
    office = PostOffice()
    async with opened(office):
        pass
    addressed = configured.model_copy(update={"smtp_port": office.port})
    mailer = Mailer(addressed)
    post = Post(database, mailer, Writer(addressed))
    async with database.transaction() as session:
        reader = Person(email="camille@boreale.example", name="Camille Robin")
        session.add(reader)
        await session.flush()
        await plan(session, [Intent("k", "receipt", "s", reader.id, SAMPLES["receipt"][0])])

    async with (
        Worker(
            temporal_client,
            task_queue=names.CYCLES,
            workflows=[LetterWorkflow],
            workflow_runner=sandboxed(),
        ),
        Worker(temporal_client, task_queue=names.POST, activities=[post.send_letter]),
    ):
        letter = await temporal_client.start_workflow(
            LetterWorkflow.run, SendLetter("k"), id="letter:k", task_queue=names.CYCLES
        )
        await asyncio.sleep(1)
        async with opened(office):
            posted = await letter.result()
            await mailer.close()

    assert posted == Posted(1)
    assert office.recipients == ["camille@boreale.example"]
