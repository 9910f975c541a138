"""Who is concerned by what happens to a whole cycle."""

from uuid import UUID

from sqlalchemy import or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import ENDED
from domain.jurors import JurorStatus
from storage.tables.applications import Application, Member
from storage.tables.juries import Juror
from storage.tables.people import Organiser


async def everyone_in(session: AsyncSession, cycle_id: UUID) -> list[UUID]:
    """The people of its living applications and of its jury, each once."""
    companies = (
        select(col(Member.person_id))
        .join(Application, col(Application.id) == col(Member.application_id))
        .where(col(Application.cycle_id) == cycle_id, col(Application.status).not_in(ENDED))
    )
    jurors = select(col(Juror.person_id)).where(
        col(Juror.cycle_id) == cycle_id,
        col(Juror.status).in_([JurorStatus.INVITED, JurorStatus.ACCEPTED]),
    )
    return list((await session.execute(union(companies, jurors))).scalars())


async def organisers_of(session: AsyncSession, cycle_id: UUID) -> list[UUID]:
    """Those who organise this cycle; those of every cycle when it has none of its own."""
    rows = (
        await session.execute(
            select(col(Organiser.person_id), col(Organiser.cycle_id)).where(
                or_(col(Organiser.cycle_id) == cycle_id, col(Organiser.cycle_id).is_(None))
            )
        )
    ).all()
    own = [row.person_id for row in rows if row.cycle_id is not None]
    return own or [row.person_id for row in rows]
