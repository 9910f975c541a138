"""Who sits in the session of a jury, and the votes that it counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import JurorStatus
from domain.session.voting import Here
from storage.reads.standing_aside import those_aside
from storage.tables.juries import Juror
from storage.tables.people import Person
from storage.tables.sessions import Ballot, Presence


@dataclass(frozen=True, slots=True)
class Member:
    """A juror in service, present or not."""

    juror_id: UUID
    name: str
    organisation: str
    is_chair: bool
    is_present: bool


async def members_of(session: AsyncSession, cycle_id: UUID) -> tuple[Member, ...]:
    """The jurors in service, the chair first, then in the order in which they accepted."""
    rows = await session.execute(
        select(Juror, col(Person.name), col(Person.email), col(Presence.is_present))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .outerjoin(Presence, col(Presence.juror_id) == col(Juror.id))
        .where(col(Juror.cycle_id) == cycle_id, col(Juror.status) == JurorStatus.ACCEPTED)
        .order_by(
            col(Juror.is_chair).desc(), col(Juror.answered_at), col(Person.name), col(Juror.id)
        )
    )
    return tuple(
        Member(juror.id, name or email, juror.organisation, juror.is_chair, bool(is_present))
        for juror, name, email, is_present in rows
    )


async def noted_present(session: AsyncSession, cycle_id: UUID) -> tuple[UUID, ...]:
    """Who the session noted as present."""
    return tuple(m.juror_id for m in await members_of(session, cycle_id) if m.is_present)


async def sitting_for(session: AsyncSession, cycle_id: UUID, file: UUID) -> tuple[Here, ...]:
    """The jurors in service before one file: present or not, aside or not."""
    aside = await those_aside(session, cycle_id, [file])
    return tuple(here_before(each, file, aside) for each in await members_of(session, cycle_id))


async def votes_of(session: AsyncSession, cycle_id: UUID) -> Sequence[Ballot]:
    """The votes that were counted, in their order."""
    rows = await session.execute(
        select(Ballot)
        .where(col(Ballot.cycle_id) == cycle_id, col(Ballot.closed_at).is_not(None))
        .order_by(col(Ballot.number))
    )
    return rows.scalars().all()


async def is_voting(session: AsyncSession, cycle_id: UUID) -> bool:
    """Whether a vote is open."""
    found = await session.execute(
        select(col(Ballot.id)).where(
            col(Ballot.cycle_id) == cycle_id, col(Ballot.closed_at).is_(None)
        )
    )
    return found.first() is not None


def adopted_in(votes: Sequence[Ballot], category: str) -> frozenset[str]:
    """The files of a category that the last vote on them made laureates."""
    last = {str(each.application_id): each for each in votes if each.category == category}
    return frozenset(file for file, each in last.items() if each.is_adopted)


def here_before(member: Member, file: UUID | None, aside: Mapping[UUID, frozenset[UUID]]) -> Here:
    """That juror before one file, or before none."""
    out = aside.get(file, frozenset()) if file else frozenset[UUID]()
    return Here(str(member.juror_id), member.is_chair, member.is_present, member.juror_id in out)
