"""What would start the workflows of the charter again, from the rows alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.alerts import OVER
from domain.charter.states import ENDED, State
from domain.wire import names
from domain.wire.adherence import RunAdherence
from domain.wire.alert import RunAlert
from storage.acts.charter.alerts import situation_of as complaint_of
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.tables.charter import Adherence, Alert


@dataclass(frozen=True, slots=True)
class AdherenceToRun:
    """The start of an adherence, with the name of its workflow."""

    workflow: str
    run: RunAdherence


async def run_of_adherence(session: AsyncSession, adherence_id: UUID) -> AdherenceToRun | None:
    """The start of an adherence, unless it has ended."""
    row = await session.get_one(Adherence, adherence_id)
    if State(row.state) in ENDED:
        return None
    periods = (await charter_by_id(session, row.charter_id)).periods
    situation = situation_of(row, await last_report(session, row))
    return AdherenceToRun(row.workflow, RunAdherence(str(row.id), periods, situation))


async def run_of_alert(session: AsyncSession, alert_id: UUID) -> RunAlert | None:
    """The start of a complaint, unless it is over."""
    row = await session.get_one(Alert, alert_id)
    adherence = await session.get_one(Adherence, row.adherence_id)
    situation = complaint_of(row, adherence)
    if situation.step in OVER:
        return None
    periods = (await charter_by_id(session, adherence.charter_id)).periods
    return RunAlert(str(row.id), periods, situation)


async def unstarted_of_the_charter(
    session: AsyncSession, since: datetime | None, until: datetime
) -> Sequence[str]:
    """The subjects of the adherences and complaints that were written in a window of time."""
    drafts = select(col(Adherence.id)).where(
        col(Adherence.state) == State.DRAFT, col(Adherence.created_at) <= until
    )
    complaints = select(col(Alert.id)).where(
        col(Alert.step).not_in(OVER), col(Alert.received_at) <= until
    )
    if since is not None:
        drafts = drafts.where(col(Adherence.created_at) > since)
        complaints = complaints.where(col(Alert.received_at) > since)
    return [
        *[names.adherence_subject(str(each)) for each in await session.scalars(drafts)],
        *[names.alert_id(str(each)) for each in await session.scalars(complaints)],
    ]
