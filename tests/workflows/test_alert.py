"""A complaint over months of virtual time: both sides are heard, and the adherence follows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from domain.charter.alerts import AlertAct, AlertStep, received
from domain.charter.states import Act, State
from domain.civil import Area
from domain.wire import names
from domain.wire.adherence import AskOfAdherence, RunAdherence
from domain.wire.alert import AlertState, AskOfAlert, RunAlert
from storage.acts.charter.situations import situation_of
from storage.charters import charter_by_id
from storage.database import Database
from storage.drafts.alerts import file_alert
from storage.tables.charter import Adherence
from storage.tables.letters import Letter
from tests.builders import a_person
from tests.charters import a_signatory
from tests.workflows.builders import written
from workflows.alert import AlertWorkflow

DAY = timedelta(days=1)
FACTS = "Le badge est imprimé sur les emballages vendus en magasin depuis le mois de mars."


@dataclass
class Complaint:
    """A complaint whose workflow runs, with the adherence that it is about."""

    world: TimeSkipper
    database: Database
    handle: WorkflowHandle[AlertWorkflow, AlertState]
    id: str
    adherence: UUID
    organiser: UUID
    head: UUID
    now: datetime

    async def waits(self, period: timedelta) -> None:
        await self.world.fast_forward(self.handle, period)
        self.now += period

    async def asks(self, act: AlertAct, **payload: str) -> AlertState:
        asked = await written(
            self.database,
            kind=act,
            subject=names.alert_id(self.id),
            by=self.head if act in {AlertAct.REPLY, AlertAct.APPEAL} else self.organiser,
            arrived_at=self.now,
            payload=dict(payload),
        )
        return await self.handle.execute_update(
            AlertWorkflow.act, AskOfAlert(act, asked.request, asked.arrived_at), id=asked.request
        )

    async def state_of_the_adherence(self) -> State:
        async with self.database.transaction() as session:
            return State((await session.get_one(Adherence, self.adherence)).state)

    async def letters(self) -> list[str]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(col(Letter.kind))
                .where(col(Letter.subject) == names.alert_id(self.id), col(Letter.state) == "sent")
                .order_by(col(Letter.planned_at), col(Letter.id))
            )
            return [str(kind).removeprefix("charter_") for kind in rows.scalars()]


async def filed(world: TimeSkipper, database: Database) -> Complaint:
    """A complaint about a signatory whose adherence runs, too."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        adherent = await a_signatory(session, accepted=now - 10 * DAY)
        author = await a_person(session, "temoin@exemple.fr")
        organiser = await a_person(session, "charte@exemple.fr")
        alert = await file_alert(session, adherent.adherence.id, author.id, "Badge", FACTS)
        periods = (await charter_by_id(session, adherent.adherence.charter_id)).periods
        situation = situation_of(adherent.adherence, None)
    await world.client.start_workflow(
        "AdherenceWorkflow",
        RunAdherence(str(adherent.adherence.id), periods, situation),
        id=adherent.adherence.workflow,
        task_queue=names.CYCLES,
    )
    handle = await world.client.start_workflow(
        AlertWorkflow.run,
        RunAlert(str(alert.id), periods, received(alert.since, "Europe/Paris", Area.COMMON)),
        id=names.alert_id(str(alert.id)),
        task_queue=names.CYCLES,
    )
    return Complaint(
        world,
        database,
        handle,
        str(alert.id),
        adherent.adherence.id,
        organiser.id,
        adherent.head.id,
        alert.since,
    )


async def test_nobody_is_removed_before_it_could_answer_nor_before_its_appeal_has_passed(
    at_work: TimeSkipper, database: Database
) -> None:
    complaint = await filed(at_work, database)
    await complaint.asks(AlertAct.ADMIT, alleged="Le badge serait imprimé sur des emballages.")

    with pytest.raises(WorkflowUpdateFailedError):
        await complaint.asks(AlertAct.DECIDE, outcome="radiation", reason="Emballages.")
    await complaint.waits(35 * DAY)
    decided = await complaint.asks(AlertAct.DECIDE, outcome="radiation", reason="Emballages.")
    during = await complaint.state_of_the_adherence()
    await complaint.waits(35 * DAY)
    ended = await complaint.handle.result()

    assert decided.situation.step is AlertStep.DECIDED
    assert during is State.ACTIVE
    assert ended.situation.step is AlertStep.CLOSED
    assert await complaint.state_of_the_adherence() is State.REMOVED
    assert await complaint.letters() == [
        "alert_received",
        "alert_admissible",
        "alert_to_answer",
        "alert_reply_reminder",
        "alert_decided",
        "alert_closed_for_author",
    ]


async def test_an_appeal_that_is_granted_leaves_the_adherence_as_it_was(
    at_work: TimeSkipper, database: Database
) -> None:
    complaint = await filed(at_work, database)
    await complaint.asks(AlertAct.ADMIT, alleged="Le badge serait imprimé sur des emballages.")
    await complaint.asks(AlertAct.REPLY, reply="Ce lot a été retiré le jour même.")
    await complaint.asks(AlertAct.DECIDE, outcome="radiation", reason="Emballages.")
    await complaint.waits(10 * DAY)

    await complaint.asks(AlertAct.APPEAL, appeal="La preuve du retrait est jointe.")
    await complaint.waits(40 * DAY)
    await complaint.asks(AlertAct.ANSWER_APPEAL, granted="yes", reason="Le retrait est prouvé.")
    ended = await complaint.handle.result()

    assert ended.situation.step is AlertStep.CLOSED
    assert await complaint.state_of_the_adherence() is State.ACTIVE


async def test_a_suspension_protects_at_once_and_a_granted_appeal_lifts_it(
    at_work: TimeSkipper, database: Database
) -> None:
    complaint = await filed(at_work, database)
    await complaint.asks(AlertAct.ADMIT, alleged="Le badge serait imprimé sur des emballages.")
    await complaint.asks(AlertAct.REPLY, reply="Nous retirons ce lot.")

    await complaint.asks(
        AlertAct.DECIDE, outcome="suspension", reason="Badge.", remedy="Retirer les lots."
    )
    await complaint.waits(DAY)
    suspended = await complaint.state_of_the_adherence()
    await complaint.asks(AlertAct.APPEAL, appeal="Tout est retiré.")
    await complaint.asks(AlertAct.ANSWER_APPEAL, granted="yes", reason="Vu.")
    await complaint.handle.result()

    assert suspended is State.SUSPENDED
    assert await complaint.state_of_the_adherence() is State.ACTIVE


async def test_a_complaint_that_is_not_admissible_is_told_to_its_author_alone(
    at_work: TimeSkipper, database: Database
) -> None:
    complaint = await filed(at_work, database)

    await complaint.asks(AlertAct.DISMISS, reason="Une autre entreprise.")
    ended = await complaint.handle.result()

    assert ended.situation.step is AlertStep.INADMISSIBLE
    assert await complaint.letters() == ["alert_received", "alert_dismissed"]
    assert await complaint.state_of_the_adherence() is State.ACTIVE


async def test_a_decision_that_an_appeal_annulled_serves_nobody_again(
    at_work: TimeSkipper, database: Database
) -> None:
    complaint = await filed(at_work, database)
    await complaint.asks(AlertAct.ADMIT, alleged="Le badge serait imprimé sur des emballages.")
    await complaint.asks(AlertAct.REPLY, reply="Ce lot a été retiré le jour même.")
    await complaint.asks(AlertAct.DECIDE, outcome="radiation", reason="Emballages.")
    await complaint.asks(AlertAct.APPEAL, appeal="La preuve du retrait est jointe.")
    await complaint.asks(AlertAct.ANSWER_APPEAL, granted="yes", reason="Le retrait est prouvé.")
    await complaint.handle.result()
    subject = names.adherence_subject(str(complaint.adherence))
    asked = await written(
        database,
        kind="radier",
        subject=subject,
        by=complaint.organiser,
        arrived_at=complaint.now,
        payload={"reason": "Encore."},
    )
    adherence = at_work.client.get_workflow_handle("adherence:charte-insertion:123456782")

    with pytest.raises(WorkflowUpdateFailedError):
        await adherence.execute_update(
            "act", AskOfAdherence(Act.REMOVE, asked.request, asked.arrived_at), id=asked.request
        )

    assert await complaint.state_of_the_adherence() is State.ACTIVE
