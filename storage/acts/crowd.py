"""Who is concerned by what happens to a whole cycle."""

from uuid import UUID

from sqlalchemy import or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import ENDED
from domain.jurors import JurorStatus
from storage.tables.applications import Application, Member
from storage.tables.juries import Juror
from storage.tables.people import Organiser


async def everyone_in(session: AsyncSession, cycle_id: UUID) -> list[UUID]:
    """The people of its living applications and of its jury, each once."""
    companies = (
        select(Member.person_id)
        .join(Application, Application.id == Member.application_id)
        .where(Application.cycle_id == cycle_id, Application.status.not_in(ENDED))
    )
    jurors = select(Juror.person_id).where(
        Juror.cycle_id == cycle_id,
        Juror.status.in_([JurorStatus.INVITED, JurorStatus.ACCEPTED]),
    )
    return list((await session.execute(union(companies, jurors))).scalars())


async def organisers_of(session: AsyncSession, cycle_id: UUID) -> list[UUID]:
    """Those who organise this cycle; those of every cycle when it has none of its own."""
    rows = (
        await session.execute(
            select(Organiser.person_id, Organiser.cycle_id).where(
                or_(Organiser.cycle_id == cycle_id, Organiser.cycle_id.is_(None))
            )
        )
    ).all()
    own = [row.person_id for row in rows if row.cycle_id is not None]
    return own or [row.person_id for row in rows]
