"""A worker is killed while it sends a mailing: nothing is lost, and nothing doubled that should not be."""

import asyncio
import sys
from collections import Counter

import pytest
from sqlalchemy import select, text
from sqlmodel import col
from temporalio.testing import ActivityEnvironment

from activities.letters import post as post_module
from activities.letters.mailer import Mailer
from activities.letters.post import Post
from activities.letters.rendering import Writer
from activities.letters.samples import SAMPLES
from domain.wire.letters import SendMailing
from settings import Settings
from storage.database import Database
from storage.ledger import Intent, LetterState, plan
from storage.tables.letters import Letter
from storage.tables.people import Person
from tests.activities.post_office import PostOffice, opened

LETTERS = 200
WORKER = """
import asyncio, sys
from temporalio.testing import ActivityEnvironment
from activities.letters.mailer import Mailer
from activities.letters.post import Post
from activities.letters.rendering import Writer
from domain.wire.letters import SendMailing
from settings import Settings
from storage.database import Database

async def main() -> None:
    configured = Settings(database_url=sys.argv[1], smtp_port=int(sys.argv[2]))
    post = Post(Database(configured.database_url), Mailer(configured), Writer(configured))
    await ActivityEnvironment().run(post.send_mailing, SendMailing("m"))

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("kind", "is_doubled"), [("result_other", False), ("jury_cards_to_score", True)]
)
async def test_killed_in_the_middle(
    configured: Settings, database: Database, kind: str, *, is_doubled: bool
) -> None:
    async with opened(PostOffice()) as office:
        await _plan(database, kind)
        await _kill_a_worker_in_the_middle(configured, office)
        in_flight = (await _states(database))[LetterState.SENDING]

        await _let_leases_end(database)
        addressed = configured.model_copy(update={"smtp_port": office.port})
        mailer = Mailer(addressed)
        post = Post(database, mailer, Writer(addressed))
        await ActivityEnvironment().run(post.send_mailing, SendMailing("m"))
        await mailer.close()

    states, copies = await _states(database), Counter(office.ids)
    doubled = len([each for each, count in copies.items() if count > 1])
    uncertain = 0 if is_doubled else in_flight
    assert 0 < in_flight <= post_module.LANES
    assert states == +Counter(
        {LetterState.SENT: LETTERS - uncertain, LetterState.UNCERTAIN: uncertain}
    )
    assert len(copies) >= LETTERS - uncertain
    assert doubled <= (in_flight if is_doubled else 0)


async def _plan(database: Database, kind: str) -> None:
    async with database.transaction() as session:
        readers = [Person(email=f"{number}@boreale.example") for number in range(LETTERS)]
        session.add_all(readers)
        await session.flush()
        await plan(
            session,
            [
                Intent(f"m:{i}", kind, f"juror:{i}", reader.id, SAMPLES[kind][0], mailing="m")
                for i, reader in enumerate(readers)
            ],
        )


async def _kill_a_worker_in_the_middle(configured: Settings, office: PostOffice) -> None:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, configured.database_url, str(office.port),
        stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await office.has_received(60)
    # Letters are taken, and their answers held back: the worker dies with some of them in its hands.
    office.silent = True
    await office.has_received(60 + post_module.LANES)
    worker.kill()
    await worker.wait()
    office.silent = False


async def _states(database: Database) -> Counter[str]:
    async with database.transaction() as session:
        return Counter((await session.scalars(select(col(Letter.state)))).all())


async def _let_leases_end(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "update letter set claimed_at = claimed_at - interval '1 hour' where state = 'sending'"
            )
        )
