"""A short life with the charter, on a server whose time passes: what recordings and laws look at."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from temporalio.client import Client, WorkflowHandle

from domain.charter.alerts import AlertAct, received
from domain.charter.states import Act
from domain.civil import Area
from domain.wire import names
from domain.wire.adherence import AskOfAdherence, RunAdherence, RunPurge
from domain.wire.alert import AskOfAlert, RunAlert
from storage.acts.charter.situations import situation_of
from storage.database import Database
from storage.drafts.alerts import file_alert
from storage.tables.charter import Adherence
from tests.builders import a_person
from tests.charters import a_draft, an_entry
from tests.domain.charters import PERIODS
from tests.workflows.builders import written

FACTS = "Le badge est imprimé sur les emballages vendus en magasin depuis mars."
DISMISSAL = "Les faits visent une autre maison."
LEAVING = "Nous cessons notre activité de conseil."
# What people typed in this story: none of it may be in the engine.
TYPED = ("Ada Martin", "ada@exemple.fr", "Atelier des Lices", "Gérante", FACTS, DISMISSAL, LEAVING)


@dataclass(frozen=True, slots=True)
class CharterStory:
    """The workflows of the story, by their ids."""

    adherence: str
    alert: str
    purge: str


async def play_charter(client: Client, database: Database) -> CharterStory:
    """A company signs, is accepted, is complained about in vain, and leaves."""
    today = datetime.now(UTC).date()
    async with database.transaction() as session:
        adherent = await a_draft(session, today=today, entry=an_entry(f"{today.year + 2}-12-31"))
        author = await a_person(session, "temoin@exemple.fr")
    adherence = adherent.adherence
    handle = await client.start_workflow(
        "AdherenceWorkflow",
        RunAdherence(str(adherence.id), PERIODS, situation_of(adherence, None)),
        id=adherence.workflow,
        task_queue=names.CYCLES,
    )
    await _asks(database, handle, adherence, adherent.head.id, Act.SIGN)
    await _asks(database, handle, adherence, adherent.head.id, Act.ACCEPT)
    alert = await _complains(client, database, adherence, author.id)
    await _asks(database, handle, adherence, adherent.head.id, Act.WITHDRAW, reason=LEAVING)
    await handle.result()
    purge = names.purge_id(str(adherence.id))
    await client.execute_workflow(
        "PurgeWorkflow",
        RunPurge(str(adherence.id), datetime.now(UTC) + timedelta(seconds=1)),
        id=purge,
        task_queue=names.CYCLES,
    )
    return CharterStory(adherence.workflow, alert, purge)


async def _asks(
    database: Database,
    handle: WorkflowHandle[object, object],
    adherence: Adherence,
    by: UUID,
    act: Act,
    **payload: str,
) -> None:
    asked = await written(
        database,
        kind=act,
        subject=names.adherence_subject(str(adherence.id)),
        by=by,
        arrived_at=datetime.now(UTC),
        payload=dict(payload),
    )
    question = AskOfAdherence(act, asked.request, asked.arrived_at)
    await handle.execute_update("act", question, id=asked.request)


async def _complains(client: Client, database: Database, adherence: Adherence, author: UUID) -> str:
    async with database.transaction() as session:
        alert = await file_alert(session, adherence.id, author, "Badge", FACTS)
    workflow = names.alert_id(str(alert.id))
    handle = await client.start_workflow(
        "AlertWorkflow",
        RunAlert(str(alert.id), PERIODS, received(alert.since, "Europe/Paris", Area.COMMON)),
        id=workflow,
        task_queue=names.CYCLES,
    )
    asked = await written(
        database,
        kind=AlertAct.DISMISS,
        subject=workflow,
        by=author,
        arrived_at=datetime.now(UTC),
        payload={"reason": DISMISSAL},
    )
    question = AskOfAlert(AlertAct.DISMISS, asked.request, asked.arrived_at)
    await handle.execute_update("act", question, id=asked.request)
    await handle.result()
    return workflow
