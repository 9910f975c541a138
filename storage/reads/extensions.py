"""Who has more time than the others: until when, why, and who gave it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.reads.standing_aside import stands_aside
from storage.tables.applications import Application, Extension
from storage.tables.juries import Juror
from storage.tables.people import Person

MOST = 200


@dataclass(frozen=True, slots=True)
class MoreTime:
    """An extension in force, or that was used: its end and its reason, no more."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Extended:
    """One company of a cycle that has, or had, more time than the others."""

    application_id: UUID
    company: str
    category: str
    status: Status
    until: datetime
    reason: str
    at: datetime
    who: str
    ended_at: datetime | None = None
    ended_reason: str = ""


async def extension_of(session: AsyncSession, application_id: UUID) -> MoreTime | None:
    """The extension of one application, unless it was taken back."""
    found = await session.execute(
        select(col(Extension.until), col(Extension.reason)).where(
            col(Extension.application_id) == application_id, col(Extension.ended_at).is_(None)
        )
    )
    row = found.one_or_none()
    return None if row is None else MoreTime(*row)


async def extensions_among(
    session: AsyncSession, applications: Collection[UUID]
) -> Mapping[UUID, MoreTime]:
    """The extensions of some applications, those that have one."""
    rows = await session.execute(
        select(col(Extension.application_id), col(Extension.until), col(Extension.reason)).where(
            col(Extension.application_id).in_(applications), col(Extension.ended_at).is_(None)
        )
    )
    return {application: MoreTime(until, reason) for application, until, reason in rows}


async def extensions_of(session: AsyncSession, application_id: UUID) -> tuple[Extended, ...]:
    """Every extension that an application was given, the latest first."""
    rows = _rows().where(col(Extension.application_id) == application_id)
    return await _read(session, rows)


async def extensions_in(session: AsyncSession, cycle_id: UUID) -> tuple[Extended, ...]:
    """The extensions of a cycle that were not taken back, the last to end first."""
    rows = _rows().where(col(Extension.cycle_id) == cycle_id, col(Extension.ended_at).is_(None))
    return await _read(session, rows)


async def extensions_for(session: AsyncSession, juror: Juror) -> tuple[Extended, ...]:
    """Those that a juror is told of: of the files from which they do not stand aside."""
    rows = _rows().where(
        col(Extension.cycle_id) == juror.cycle_id,
        col(Extension.ended_at).is_(None),
        ~stands_aside(juror),
    )
    return await _read(session, rows)


def _rows() -> Select[Extension, Application, Person]:
    return (
        select(Extension, Application, Person)
        .options(*WITHOUT_DOCUMENTS)
        .join(Application, col(Application.id) == col(Extension.application_id))
        .join(Person, col(Person.id) == col(Extension.by_person))
        .order_by(col(Extension.until).desc(), col(Extension.at).desc(), col(Extension.id))
        .limit(MOST)
    )


async def _read(
    session: AsyncSession, rows: Select[Extension, Application, Person]
) -> tuple[Extended, ...]:
    return tuple(_extended(*row) for row in (await session.execute(rows)).all())


def _extended(row: Extension, file: Application, who: Person) -> Extended:
    return Extended(
        application_id=file.id,
        company=file.company,
        category=file.category,
        status=Status(file.status),
        until=row.until,
        reason=row.reason,
        at=row.at,
        who=who.name or who.email,
        ended_at=row.ended_at,
        ended_reason=row.ended_reason,
    )
