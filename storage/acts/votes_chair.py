"""Who parts candidates who are equal in everything: the chair of the national jury."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import JurorStatus
from domain.levels import Level
from domain.refusals import N_, Refusal
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.people import Organiser
from storage.tables.records import Request


async def chair_of_the_final(session: AsyncSession, edition_id: UUID) -> Juror | None:
    """The chair of the national jury of an edition, if there is one."""
    found = await session.execute(
        select(Juror)
        .join(Cycle, col(Cycle.id) == col(Juror.cycle_id))
        .where(
            col(Cycle.edition_id) == edition_id,
            col(Cycle.level) == Level.NATIONAL,
            col(Juror.is_chair).is_(True),
            col(Juror.status) == JurorStatus.ACCEPTED,
        )
    )
    return found.scalars().first()


async def national_organisers(session: AsyncSession) -> list[UUID]:
    """Those who organise every cycle."""
    rows = await session.scalars(
        select(col(Organiser.person_id)).where(col(Organiser.cycle_id).is_(None))
    )
    return list(rows)


async def check_may_settle(
    session: AsyncSession, edition_id: UUID, request: Request | None
) -> None:
    """Refuse whoever is not the chair; without a national jury, the national organiser stands in."""
    chair = await chair_of_the_final(session, edition_id)
    allowed = [chair.person_id] if chair else await national_organisers(session)
    if request is None or request.by_person not in allowed:
        raise Refusal(N_("Le départage revient à la présidence du jury national."))
