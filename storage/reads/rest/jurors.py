"""Jurors as programs read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus, JurorStatus
from storage.reads.rest.pages import PAGE, Slice, instant_of, key_in, sliced, uuid_of
from storage.tables.juries import Card, Juror
from storage.tables.people import Person


@dataclass(frozen=True, slots=True)
class JurorShown:
    """Somebody of a jury: who, where they stand, and how far they are."""

    id: UUID
    name: str
    email: str
    organisation: str
    siren: str
    is_chair: bool
    status: JurorStatus
    reserve_place: int | None
    assigned: int
    scored: int
    created_at: datetime
    answered_at: datetime | None


async def jurors(session: AsyncSession, cycle_id: UUID, after: str | None) -> Slice[JurorShown]:
    """The jury of a cycle, in the order of writing."""
    written, row = col(Juror.created_at), col(Juror.id)
    query = _query().where(col(Juror.cycle_id) == cycle_id).order_by(written, row).limit(PAGE + 1)
    if after:
        at, last = key_in(after, 2)
        query = query.where(tuple_(written, row) > tuple_(instant_of(at), uuid_of(last)))
    found = [_shown(*found) for found in await session.execute(query)]
    return sliced(found, lambda juror: (juror.created_at.isoformat(), str(juror.id)))


async def juror_shown(session: AsyncSession, juror_id: UUID) -> JurorShown:
    """One juror."""
    return _shown(*(await session.execute(_query().where(col(Juror.id) == juror_id))).one())


def _query() -> Select[Juror, Person, int, int]:
    return select(Juror, Person, _cards(), _cards(CardStatus.SEALED)).join(
        Person, col(Person.id) == col(Juror.person_id)
    )


def _cards(*statuses: CardStatus) -> ScalarSelect[int]:
    """How many cards a juror has, or has in these states."""
    theirs = select(func.count(col(Card.id))).where(col(Card.juror_id) == col(Juror.id))
    return (theirs.where(col(Card.status).in_(statuses)) if statuses else theirs).scalar_subquery()


def _shown(juror: Juror, person: Person, assigned: int, scored: int) -> JurorShown:
    return JurorShown(
        id=juror.id,
        name=person.name,
        email=person.email,
        organisation=juror.organisation,
        siren=juror.siren,
        is_chair=juror.is_chair,
        status=JurorStatus(juror.status),
        reserve_place=juror.reserve_place,
        assigned=assigned,
        scored=scored,
        created_at=juror.created_at,
        answered_at=juror.answered_at,
    )
