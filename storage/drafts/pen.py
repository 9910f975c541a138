"""The draft of an application in the hands of somebody who may write in it, now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.drafting import check_writable
from domain.extensions import phase_for
from domain.final_files import Entry
from domain.members import Role, check_may_write
from domain.phases import Phase
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.templates import calendar_in, calendar_of


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, in which application, and when."""

    application_id: UUID
    person_id: UUID
    now: datetime


async def opened(session: AsyncSession, pen: Pen) -> Application:
    """The row, locked so that two writers take turns; refuses a reader, and a draft that is closed."""
    found = await session.execute(
        select(Application, Cycle, Member)
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .join(Member, col(Member.application_id) == col(Application.id))
        .where(col(Application.id) == pen.application_id, col(Member.person_id) == pen.person_id)
        .with_for_update(of=Application)
    )
    application, cycle, member = found.one()
    check_may_write(Role(member.role))
    check_writable(
        Status(application.status),
        phase_for(Phase(cycle.phase), calendar_in(cycle), application.extended_until, pen.now),
        calendar_of(application, cycle),
        application.complements_until,
        pen.now,
        Entry(application.entry),
    )
    return application
