"""Applications of one company in one category: those that look alike, and those closed for another."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.duplicates import ALIVE
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application, Attachment, Duplicate

MOST = 50


@dataclass(frozen=True, slots=True)
class Twin:
    """An application, as one tells it from another of the same company."""

    id: UUID
    siret: str
    company: str
    title: str
    category: str
    number: str | None
    status: Status
    created_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClosedFor:
    """The application that lives on in the place of another, and why."""

    kept: Twin
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that was joined to a duplicate, which the people of the kept one may open."""

    application_id: UUID
    id: UUID
    name: str
    size: int


async def twins_of(session: AsyncSession, file: Application) -> tuple[Twin, ...]:
    """The other living applications of the same company in the same category of the cycle."""
    rows = await session.scalars(
        select(Application)
        .options(*WITHOUT_DOCUMENTS)
        .where(
            col(Application.cycle_id) == file.cycle_id,
            col(Application.siren) == file.siren,
            col(Application.category) == file.category,
            col(Application.id) != file.id,
            col(Application.status).in_(ALIVE),
        )
        .order_by(col(Application.created_at), col(Application.id))
        .limit(MOST)
    )
    return tuple(map(_twin, rows))


async def alike_in(session: AsyncSession, cycle_id: UUID) -> tuple[tuple[Twin, ...], ...]:
    """The living applications of a cycle that share their company and category, group by group."""
    mine = col(Application.cycle_id) == cycle_id, col(Application.status).in_(ALIVE)
    groups = (
        select(col(Application.siren), col(Application.category))
        .where(*mine)
        .group_by(col(Application.siren), col(Application.category))
        .having(func.count() > 1)
        .order_by(col(Application.siren), col(Application.category))
        .limit(MOST)
        .subquery()
    )
    rows = await session.scalars(
        select(Application)
        .options(*WITHOUT_DOCUMENTS)
        .join(
            groups,
            (groups.c.siren == col(Application.siren))
            & (groups.c.category == col(Application.category)),
        )
        .where(*mine)
        .order_by(col(Application.siren), col(Application.category), col(Application.created_at))
    )
    found: dict[tuple[str, str], tuple[Twin, ...]] = {}
    for row in rows:
        key = row.siren, row.category
        found[key] = (*found.get(key, ()), _twin(row))
    return tuple(found.values())


async def closed_for(session: AsyncSession, application_id: UUID) -> ClosedFor | None:
    """For which application this one was closed, unless it is not a duplicate."""
    found = await session.execute(
        select(Duplicate, Application)
        .options(*WITHOUT_DOCUMENTS)
        .join(Application, col(Application.id) == col(Duplicate.kept_id))
        .where(col(Duplicate.application_id) == application_id, col(Duplicate.undone_at).is_(None))
    )
    row = found.one_or_none()
    if row is None:
        return None
    duplicate, kept = row
    return ClosedFor(_twin(kept), duplicate.reason, duplicate.at)


async def closed_into(session: AsyncSession, kept_id: UUID) -> tuple[Twin, ...]:
    """The applications that were closed as duplicates of this one."""
    rows = await session.scalars(
        select(Application)
        .options(*WITHOUT_DOCUMENTS)
        .join(Duplicate, col(Duplicate.application_id) == col(Application.id))
        .where(col(Duplicate.kept_id) == kept_id, col(Duplicate.undone_at).is_(None))
        .order_by(col(Duplicate.at))
        .limit(MOST)
    )
    return tuple(map(_twin, rows))


async def pieces_into(session: AsyncSession, kept_id: UUID) -> tuple[Piece, ...]:
    """The files joined to the duplicates of this one."""
    rows = await session.execute(
        select(
            col(Attachment.application_id),
            col(Attachment.id),
            col(Attachment.name),
            col(Attachment.size),
        )
        .join(Duplicate, col(Duplicate.application_id) == col(Attachment.application_id))
        .where(
            col(Duplicate.kept_id) == kept_id,
            col(Duplicate.undone_at).is_(None),
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.added_at), col(Attachment.id))
        .limit(MOST)
    )
    return tuple(Piece(*row) for row in rows)


def _twin(file: Application) -> Twin:
    return Twin(
        id=file.id,
        siret=file.siret,
        company=file.company,
        title=file.title,
        category=file.category,
        number=file.number,
        status=Status(file.status),
        created_at=file.created_at,
        submitted_at=file.submitted_at,
    )
