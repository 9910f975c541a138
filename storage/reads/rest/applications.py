"""Applications as programs read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.reads.rest.pages import PAGE, Key, Slice, key_in, sliced, uuid_of
from storage.tables.applications import Application


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application in a list."""

    id: UUID
    number: str | None
    status: Status
    category: str
    siret: str
    company: str
    title: str
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApplicationShown:
    """One application, with what it answers and how the rules judge it."""

    id: UUID
    cycle_id: UUID
    number: str | None
    status: Status
    category: str
    siret: str
    company: str
    title: str
    version: int
    created_at: datetime
    submitted_at: datetime | None
    complements_until: datetime | None
    extended_until: datetime | None
    is_admissible: bool | None
    verdicts: Sequence[Mapping[str, Any]] | None
    answers: Mapping[str, Any]


async def applications(
    session: AsyncSession, cycle_id: UUID, status: Status | None, after: str | None
) -> Slice[ApplicationLine]:
    """The applications of a cycle, in the order of its board: by status, number and id."""
    query = (
        select(Application)
        .options(*WITHOUT_DOCUMENTS)
        .where(col(Application.cycle_id) == cycle_id)
        .order_by(col(Application.status), col(Application.number), col(Application.id))
        .limit(PAGE + 1)
    )
    if status:
        query = query.where(col(Application.status) == status)
    if after:
        query = query.where(_comes_after(key_in(after, 3)))
    found = [_line(application) for (application,) in await session.execute(query)]
    return sliced(found, lambda line: (line.status.value, line.number, str(line.id)))


def application_shown(application: Application) -> ApplicationShown:
    """One application, whole."""
    return ApplicationShown(
        id=application.id,
        cycle_id=application.cycle_id,
        number=application.number,
        status=Status(application.status),
        category=application.category,
        siret=application.siret,
        company=application.company,
        title=application.title,
        version=application.version,
        created_at=application.created_at,
        submitted_at=application.submitted_at,
        complements_until=application.complements_until,
        extended_until=application.extended_until,
        is_admissible=application.admissible,
        verdicts=application.verdicts,
        answers=application.answers,
    )


def _comes_after(key: Key) -> ColumnElement[bool]:
    """Whether a row follows the key; drafts have no number, and come last in their status."""
    status, number, row = key
    same_status = col(Application.status) == status
    follows = and_(col(Application.number).is_(None), _id_after(row))
    if number is not None:
        follows = or_(
            col(Application.number) > number,
            and_(col(Application.number) == number, _id_after(row)),
            col(Application.number).is_(None),
        )
    # The first part alone lets the index skip what was read already.
    return and_(
        col(Application.status) >= status,
        or_(col(Application.status) > status, and_(same_status, follows)),
    )


def _id_after(row: str | None) -> ColumnElement[bool]:
    return col(Application.id) > uuid_of(row)


def _line(application: Application) -> ApplicationLine:
    return ApplicationLine(
        id=application.id,
        number=application.number,
        status=Status(application.status),
        category=application.category,
        siret=application.siret,
        company=application.company,
        title=application.title,
        submitted_at=application.submitted_at,
    )
