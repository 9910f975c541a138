"""What was asked of the charter while the engine was away is carried once it is back."""

from datetime import UTC, datetime

import pytest
from temporalio.client import Client

from activities.engine import Engine
from activities.sweeping import Sweeping
from domain.charter.states import Act, State
from domain.refusals import Unanswered
from domain.wire import names
from domain.wire.adherence import AskOfAdherence
from settings import Settings
from storage.database import Database
from storage.drafts.alerts import file_alert
from storage.tables.charter import Adherence, Alert
from tests.activities.sweep_world import LONG_AGO, asks, is_running, nowhere, outcome, swept
from tests.builders import a_person
from tests.charters import Adherent, a_draft, a_signatory, an_entry
from worker import workers

FACTS = "Le badge est imprimé sur les emballages vendus en magasin."


@pytest.fixture
def sweeping(database: Database, temporal_client: Client) -> Sweeping:
    return Sweeping(database, Engine(temporal_client, database))


async def _a_draft(database: Database) -> Adherent:
    today = datetime.now(UTC).date()
    async with database.transaction() as session:
        adherent = await a_draft(session, today=today, entry=an_entry(f"{today.year + 2}-12-31"))
        adherent.adherence.created_at = datetime.now(UTC) - LONG_AGO
    return adherent


async def test_a_file_signed_while_the_engine_was_away_is_filed_once(
    database: Database, sweeping: Sweeping, configured: Settings, temporal_client: Client
) -> None:
    adherent = await _a_draft(database)
    subject = names.adherence_subject(str(adherent.adherence.id))
    asked = await asks(database, Act.SIGN, subject, adherent.head.id)
    with pytest.raises(Unanswered):
        await (await nowhere(configured)).ask_adherence(
            adherent.adherence.workflow, AskOfAdherence(Act.SIGN, asked.request, asked.arrived_at)
        )

    async with workers(temporal_client, database, configured):
        await swept(sweeping)
        await swept(sweeping)

    async with database.transaction() as session:
        row = await session.get_one(Adherence, adherent.adherence.id)
    assert (row.state, await outcome(database, asked)) == (State.FILED, (True, ""))


async def test_an_adherence_and_a_complaint_that_nobody_started_are_started(
    database: Database, sweeping: Sweeping, temporal_client: Client
) -> None:
    adherent = await _a_draft(database)
    async with database.transaction() as session:
        other = await a_signatory(
            session,
            accepted=datetime.now(UTC) - LONG_AGO,
            siret="00010007300014",
            email="nadia@boreale.example",
        )
        author = await a_person(session, "temoin@exemple.fr")
        alert = await file_alert(session, other.adherence.id, author.id, "Badge", FACTS)
        (await session.get_one(Alert, alert.id)).received_at = datetime.now(UTC) - LONG_AGO

    await swept(sweeping)

    assert await is_running(temporal_client, adherent.adherence.workflow)
    assert await is_running(temporal_client, names.alert_id(str(alert.id)))
