"""Letters that somebody waits for leave once the engine is back; dead ones do not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from activities.engine import Engine
from activities.letters.samples import SAMPLES
from activities.sweeping import Sweeping
from domain.refusals import Unanswered
from settings import Settings
from storage.database import Database
from storage.ledger import Intent, plan
from storage.tables.letters import Letter
from tests.activities.sweep_world import LONG_AGO, letters, nowhere, swept
from tests.api.pages.company_engine import working
from tests.builders import a_person


async def a_letter(
    database: Database,
    kind: str,
    *,
    mailing: str | None = None,
    ends_in: timedelta = timedelta(minutes=10),
    was_tried: bool = False,
) -> str:
    """A letter planned two minutes ago, which nobody has taken since."""
    facts = SAMPLES[kind][0] | {"expires_at": (datetime.now(UTC) + ends_in).isoformat()}
    key = f"{kind}:{mailing}:{was_tried}"
    async with database.transaction() as session:
        person = await a_person(session)
        await plan(session, [Intent(key, kind, key, person.id, facts, mailing=mailing)])
        row = (await session.scalars(select(Letter).where(col(Letter.key) == key))).one()
        row.planned_at = datetime.now(UTC) - LONG_AGO
        row.claimed_at = row.planned_at if was_tried else None
    return key


async def left(database: Database, key: str) -> None:
    """Wait for a letter to leave."""
    async with asyncio.timeout(30):
        while (await letters(database))[key] != "sent":  # noqa: ASYNC110  (a database rings no bell)
            await asyncio.sleep(0.1)


async def test_a_link_to_sign_in_asked_while_the_engine_was_away_leaves_once(
    database: Database, configured: Settings, temporal_client: Client
) -> None:
    key = await a_letter(database, "login_link")
    with pytest.raises(Unanswered, match="partira dès que possible"):
        await (await nowhere(configured)).send_letter(key)

    async with working(temporal_client, database, configured) as postbox:
        await swept(Sweeping(database, Engine(temporal_client)))
        await left(database, key)
        await swept(Sweeping(database, Engine(temporal_client)))

    assert len(postbox.letters) == 1


async def test_a_letter_that_somebody_has_sent_again_leaves_although_its_mailing_is_over(
    database: Database, configured: Settings, temporal_client: Client
) -> None:
    key = await a_letter(database, "cycle_cancelled", mailing="m", was_tried=True)

    async with working(temporal_client, database, configured) as postbox:
        await swept(Sweeping(database, Engine(temporal_client)))
        await left(database, key)

    assert len(postbox.letters) == 1


async def test_letters_that_a_workflow_sends_are_left_to_it_and_dead_links_do_not_leave(
    database: Database, temporal_client: Client
) -> None:
    mailed = await a_letter(database, "cycle_cancelled", mailing="m")
    receipt = await a_letter(database, "receipt")
    dead = await a_letter(database, "login_link", ends_in=timedelta(seconds=-1))

    await swept(Sweeping(database, Engine(temporal_client)))

    assert await letters(database) == {mailed: "planned", receipt: "planned", dead: "cancelled"}
    assert [each.id async for each in temporal_client.list_workflows()] == []
