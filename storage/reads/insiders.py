"""Who may know of internal trophies, and what they may know of."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.insiders import InsiderKind
from domain.levels import Level
from storage.tables.cycles import Cycle, Insider

SHOWN = 500


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody who is signed in; ``organises`` is None for who organises everything."""

    email: str
    organises: Collection[UUID] | None = ()


@dataclass(frozen=True, slots=True)
class Insiders:
    """Those who were let in, the first of them when they are many, and how many there are."""

    first: tuple[Insider, ...]
    count: int


def may_be_known_by(knower: Knower | None) -> ColumnElement[bool]:
    """The cycles that somebody may know of: all but internal ones, and those where they are let in."""
    is_public = col(Cycle.level) != Level.INTERNAL
    if knower is None:
        return is_public
    organised = true() if knower.organises is None else col(Cycle.id).in_(knower.organises)
    let_in = (
        select(col(Insider.id))
        .where(col(Insider.cycle_id) == col(Cycle.id), _is(knower.email))
        .exists()
    )
    return or_(is_public, organised, let_in)


async def is_insider(session: AsyncSession, cycle_id: UUID, email: str) -> bool:
    """Whether internal trophies were opened to this address, or to its mail domain."""
    found = await session.execute(
        select(col(Insider.id)).where(col(Insider.cycle_id) == cycle_id, _is(email)).limit(1)
    )
    return found.first() is not None


async def insiders_of(session: AsyncSession, cycle_id: UUID) -> Insiders:
    """Those who were let in, domains first."""
    here = col(Insider.cycle_id) == cycle_id
    count = await session.scalar(select(func.count()).select_from(Insider).where(here))
    rows = await session.scalars(
        select(Insider)
        .where(here)
        .order_by(col(Insider.kind).desc(), col(Insider.value))
        .limit(SHOWN)
    )
    return Insiders(tuple(rows), count or 0)


def _is(email: str) -> ColumnElement[bool]:
    address = email.lower()
    return or_(
        and_(col(Insider.kind) == InsiderKind.ADDRESS, col(Insider.value) == address),
        and_(
            col(Insider.kind) == InsiderKind.DOMAIN,
            col(Insider.value) == address.rpartition("@")[2],
        ),
    )
