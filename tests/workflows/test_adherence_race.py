"""A report that arrives in the second of the removal: its arrival decides, whoever is quicker."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from domain.charter.dates import months_after
from domain.charter.states import Act, State
from domain.charter.timetable import Timer, dues
from domain.wire.adherence import AskOfAdherence
from storage.acts.charter.situations import situation_of, write_back
from storage.database import Database
from storage.tables.charter import Adherence, Report
from tests.charters import a_report, a_signatory, an_open_report
from tests.domain.charters import PERIODS
from tests.workflows.builders import written
from tests.workflows.lives import Life, running
from workflows.adherence import AdherenceWorkflow

SIRETS = (
    "00010007300014",
    "00010014900012",
    "00010021400014",
    "00010028900016",
    "00010035400018",
    "00010042000017",
    "00010049500019",
)


@pytest.mark.parametrize(
    ("lead", "state"),
    [
        (timedelta(milliseconds=-1), State.UNREPORTED),
        (timedelta(), State.UNREPORTED),
        (timedelta(milliseconds=1), State.REMOVED),
    ],
    ids=["just before", "at the instant", "just after"],
)
async def test_twenty_one_races_are_decided_by_the_arrival(
    charter_at_work: TimeSkipper, database: Database, lead: timedelta, state: State
) -> None:
    lives = [await _about_to_be_removed(charter_at_work, database, siret) for siret in SIRETS]

    states = await asyncio.gather(*(_raced(life, removal, lead) for life, removal in lives))

    assert states == [state] * len(SIRETS)


async def _about_to_be_removed(
    world: TimeSkipper, database: Database, siret: str
) -> tuple[Life, datetime]:
    """A company whose missing report leads to its removal in some weeks, and the instant of that."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        adherent = await a_signatory(
            session, accepted=now - timedelta(days=500), siret=siret, email=f"{siret}@exemple.fr"
        )
        adherence = adherent.adherence
        report = await an_open_report(session, adherent, now.year, now - timedelta(days=120))
        missed = replace(
            situation_of(adherence, report),
            state=State.UNREPORTED,
            since=now,
            missed_on=months_after(now.date(), -2),
        )
        write_back(adherence, report, missed, now.date())
        report.answers = a_report()
    removal = next(due.at for due in dues(missed, PERIODS) if due.what is Timer.REMOVE)
    return await running(world, database, adherent, missed), removal


async def _raced(life: Life, removal: datetime, lead: timedelta) -> State:
    """The report is carried while the timer fires; the state that is left."""
    await life.waits_to(removal - timedelta(minutes=1))
    asked = await written(
        life.database,
        kind=Act.FILE_REPORT,
        subject=life.subject,
        by=life.head,
        arrived_at=removal + lead,
    )

    async def carried() -> None:
        try:
            await life.handle.execute_update(
                AdherenceWorkflow.act,
                AskOfAdherence(Act.FILE_REPORT, asked.request, asked.arrived_at),
                id=asked.request,
            )
        except WorkflowUpdateFailedError:
            return

    await asyncio.gather(carried(), life.waits_to(removal + timedelta(seconds=5)))
    async with life.database.transaction() as session:
        row = await session.get_one(Adherence, life.id)
        report = await session.scalar(select(Report).where(col(Report.adherence_id) == life.id))
    assert report is not None
    assert (report.step == "depose") is (row.state == State.UNREPORTED)
    return State(row.state)
