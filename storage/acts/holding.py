"""What somebody must settle before they may be erased: others count on them."""

from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain import applications, phases
from domain.charter.states import LIVING
from domain.erasure import Hold
from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.charters import charter_by_id
from storage.tables.applications import Application, Member
from storage.tables.charter import Adherence, AdherenceMember
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.people import Organiser

OVER = {Phase.PUBLISHED, *phases.ENDED}
SITS = (JurorStatus.INVITED, JurorStatus.ACCEPTED)


async def holds_on(session: AsyncSession, person_id: UUID) -> tuple[Hold, ...]:
    """Everything that stands in the way, in the order of the enumeration; nothing when they may go."""
    found = {
        Hold.ORGANISES: await _any(
            session, select(col(Organiser.id)).where(col(Organiser.person_id) == person_id)
        ),
        Hold.JUDGES: await _any(session, _seats(person_id)),
        Hold.HEADS: await _heads(session, person_id),
        Hold.APPLIES: await _any(session, _files_of_theirs_alone(person_id)),
    }
    return tuple(hold for hold, is_so in found.items() if is_so)


async def _any(session: AsyncSession, query: Select[UUID]) -> bool:
    return (await session.execute(query.limit(1))).first() is not None


def _seats(person_id: UUID) -> Select[UUID]:
    return (
        select(col(Juror.id))
        .join(Cycle, col(Cycle.id) == col(Juror.cycle_id))
        .where(
            col(Juror.person_id) == person_id,
            col(Juror.status).in_(SITS),
            col(Cycle.phase).not_in(OVER),
        )
    )


def _files_of_theirs_alone(person_id: UUID) -> Select[UUID]:
    """Files that were sent and are not decided, of which nobody else is; a draft goes with its author."""
    other = aliased(Member)
    others = exists().where(
        col(other.application_id) == col(Application.id), col(other.person_id) != person_id
    )
    return (
        select(col(Application.id))
        .join(Member, col(Member.application_id) == col(Application.id))
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(
            col(Member.person_id) == person_id,
            col(Application.version) > 0,
            col(Application.status).not_in(applications.ENDED),
            col(Cycle.phase).not_in(OVER),
            ~others,
        )
    )


async def _heads(session: AsyncSession, person_id: UUID) -> bool:
    rows = await session.execute(
        select(col(AdherenceMember.role), col(Adherence.charter_id))
        .join(Adherence, col(Adherence.id) == col(AdherenceMember.adherence_id))
        .where(col(AdherenceMember.person_id) == person_id, col(Adherence.state).in_(LIVING))
    )
    return any(
        [
            role == (await charter_by_id(session, charter_id)).signatory.code
            for role, charter_id in rows.all()
        ]
    )
