"""The partner of an application over weeks of virtual time: one reminder, an end, a new date."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import col, select
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.testing import WorkflowEnvironment

from domain.applications import Act
from domain.calendar import CycleCalendar
from domain.partners import PartnerAct, PartnerStatus, print_of
from domain.phases import Phase
from domain.wire import names
from domain.wire.application import ApplicationState, AskOfApplication, RunApplication
from domain.wire.cycle import CycleMoved
from domain.wire.partner import AskOfPartner, PartnerState
from storage.database import Database
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.templates import calendar_document, calendar_in
from tests.api.pages.company_world import OWNER, a_call, fresh
from tests.api.pages.partner_world import (
    CAP,
    PARTNER,
    PARTNERSHIP,
    SIGNED,
    a_partnership,
    the_partner,
)
from tests.builders import a_person
from workflows.application import ApplicationWorkflow

DAY = timedelta(days=1)
INVITE: dict[str, object] = {
    "siret": CAP,
    "kind": "EI",
    "name": "Yann Le Goff",
    "email": PARTNER,
    "shares": [],
    "registry": {"found": True, "verified": True, "active": True, "siae_types": ["EI"]},
}


@dataclass
class Partnership:
    """An application whose workflow runs, and the two who act on it."""

    world: WorkflowEnvironment
    database: Database
    handle: WorkflowHandle[ApplicationWorkflow, ApplicationState]
    row: Application
    calendar: CycleCalendar

    async def asks(
        self, act: PartnerAct, by: str, payload: dict[str, object] | None = None
    ) -> PartnerState:
        async with self.database.transaction() as session:
            asked = await write_request(
                session,
                request_id=uuid4(),
                kind=act,
                subject=f"application:{self.row.id}",
                by_person=(await a_person(session, by)).id,
                payload=payload,
            )
        with self.world.with_time_skipping_disabled():
            return await self.handle.execute_update(
                ApplicationWorkflow.ask_partner,
                AskOfPartner(act, asked.request, asked.arrived_at),
                id=asked.request,
            )

    async def is_sent(self) -> None:
        async with self.database.transaction() as session:
            asked = await write_request(
                session,
                request_id=uuid4(),
                kind=Act.SUBMIT,
                subject=f"application:{self.row.id}",
                by_person=(await a_person(session, OWNER)).id,
            )
        with self.world.with_time_skipping_disabled():
            await self.handle.execute_update(
                ApplicationWorkflow.act,
                AskOfApplication(Act.SUBMIT, asked.request, asked.arrived_at),
                id=asked.request,
            )

    async def answers(self) -> None:
        async with self.database.transaction() as session:
            partner = await the_partner(self.database, self.row)
            session.add(partner)
            partner.answers = dict(SIGNED)

    async def waits(self, period: timedelta) -> None:
        await self.world.fast_forward(self.handle, period)

    async def closing_moves(self, by: timedelta) -> None:
        self.calendar = replace(self.calendar, closes_at=self.calendar.closes_at + by)
        async with self.database.transaction() as session:
            cycle = await session.get_one(Cycle, self.row.cycle_id)
            cycle.calendar = calendar_document(self.calendar)
        with self.world.with_time_skipping_disabled():
            await self.handle.signal("cycle_moved", CycleMoved(Phase.OPEN, self.calendar))

    async def letters(self) -> list[str]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(col(Letter.kind))
                .where(col(Letter.kind).startswith("partner_"), col(Letter.state) == "sent")
                .order_by(col(Letter.planned_at))
            )
            return list(rows.scalars())

    async def tended_at(self) -> list[int]:
        """How many days after the start each look at the partner was, by the engine's clock."""
        began = datetime.now(UTC)
        found = [
            event.event_time.ToDatetime(UTC)
            async for event in self.handle.fetch_history_events()
            if event.activity_task_scheduled_event_attributes.activity_type.name == "tend_partner"
        ]
        return [round((at - began) / DAY) for at in found]


@pytest.fixture
async def given(at_work: WorkflowEnvironment, database: Database) -> Partnership:
    """A draft whose call closes in ten days."""
    row = await a_partnership(database, cycle=await a_call(database, left=10 * DAY))
    async with database.transaction() as session:
        calendar = calendar_in(await session.get_one(Cycle, row.cycle_id))
    with at_work.with_time_skipping_disabled():
        handle = await at_work.client.start_workflow(
            ApplicationWorkflow.run,
            RunApplication(str(row.id), str(row.cycle_id), calendar),
            id=names.application_id(str(row.id)),
            task_queue=names.CYCLES,
        )
    return Partnership(at_work, database, handle, row, calendar)


async def test_a_silent_partner_is_reminded_once_then_the_rule_fails_at_the_closing(
    given: Partnership, database: Database
) -> None:
    await given.asks(PartnerAct.INVITE, OWNER, INVITE)
    await given.is_sent()

    await given.waits(12 * DAY)

    verdicts = (await fresh(database, given.row)).verdicts or []
    assert await given.letters() == ["partner_invited", "partner_reminder"]
    assert await given.tended_at() == [7, 10]
    assert [each["outcome"] for each in verdicts if each["rule"] == "R10"] == ["fail"]


async def test_a_partner_who_countersigned_is_left_alone(
    given: Partnership, database: Database
) -> None:
    await given.asks(PartnerAct.INVITE, OWNER, INVITE)
    await given.is_sent()
    await given.answers()

    state = await given.asks(PartnerAct.COUNTERSIGN, PARTNER, {"seen": print_of(PARTNERSHIP)})
    await given.waits(12 * DAY)

    assert state == PartnerState(PartnerStatus.COUNTERSIGNED, 2, None)
    assert await given.letters() == ["partner_invited", "partner_countersigned"]
    assert await given.tended_at() == []
    assert (await fresh(database, given.row)).admissible is True


async def test_the_reminder_follows_a_closing_that_moves(given: Partnership) -> None:
    await given.asks(PartnerAct.INVITE, OWNER, INVITE)
    await given.is_sent()
    await given.closing_moves(-5 * DAY)

    await given.waits(12 * DAY)

    assert await given.letters() == ["partner_invited", "partner_reminder"]
    assert await given.tended_at() == [0, 3, 5]


async def test_a_draft_is_still_reminded_and_lapses_beside_its_partner(
    given: Partnership, database: Database
) -> None:
    await given.asks(PartnerAct.INVITE, OWNER, INVITE)

    await given.waits(12 * DAY)
    ended = await given.handle.result()

    assert ended.status == "lapsed"
    assert await given.letters() == ["partner_invited", "partner_reminder"]
    assert (await fresh(database, given.row)).status == "lapsed"


async def test_an_invitation_that_was_withdrawn_reminds_nobody(given: Partnership) -> None:
    await given.asks(PartnerAct.INVITE, OWNER, INVITE)

    await given.asks(PartnerAct.WITHDRAW, OWNER)
    await given.waits(12 * DAY)

    assert await given.letters() == ["partner_invited", "partner_released"]


async def test_a_decided_application_takes_no_countersignature(given: Partnership) -> None:
    await given.asks(PartnerAct.INVITE, OWNER, INVITE)
    await given.answers()
    async with given.database.transaction() as session:
        (await session.get_one(Application, given.row.id)).status = "admitted"

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await given.asks(PartnerAct.COUNTERSIGN, PARTNER, {"seen": print_of(PARTNERSHIP)})

    assert "n'attend plus rien de son partenaire" in str(refused.value.cause)
