"""Which files a juror stands aside from: declared, found, or of their own employer."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import Standing
from domain.jurors import JurorStatus
from storage.tables.applications import Application
from storage.tables.juries import Conflict, Juror


def stands_aside(juror: Juror) -> ColumnElement[bool]:
    """Whether that juror stands aside from the application of the row."""
    known = (
        select(col(Conflict.id))
        .where(
            col(Conflict.juror_id) == juror.id,
            col(Conflict.application_id) == col(Application.id),
            col(Conflict.standing) != Standing.DISMISSED,
        )
        .exists()
    )
    return known | works_there(juror) if juror.siren else known


def works_there(juror: Juror) -> ColumnElement[bool]:
    """Whether the application of the row is that of the juror's own company."""
    return col(Application.siren) == juror.siren


async def files_aside(session: AsyncSession, juror: Juror) -> frozenset[UUID]:
    """The files of the cycle from which that juror stands aside."""
    found = await session.execute(
        select(col(Application.id)).where(
            col(Application.cycle_id) == juror.cycle_id, stands_aside(juror)
        )
    )
    return frozenset(found.scalars())


async def those_aside(
    session: AsyncSession, cycle_id: UUID, files: Collection[UUID]
) -> Mapping[UUID, frozenset[UUID]]:
    """By file, the jurors in service who stand aside from it; a file that nobody leaves is not named."""
    known = and_(
        col(Conflict.juror_id) == col(Juror.id),
        col(Conflict.application_id) == col(Application.id),
    )
    own = and_(col(Juror.siren) != "", col(Juror.siren) == col(Application.siren))
    rows = await session.execute(
        select(col(Application.id), col(Juror.id))
        .join(Juror, col(Juror.cycle_id) == cycle_id)
        .where(
            col(Application.id).in_(files),
            col(Juror.status) == JurorStatus.ACCEPTED,
            or_(select(col(Conflict.id)).where(known).exists(), own),
        )
    )
    aside: dict[UUID, set[UUID]] = {}
    for file, juror in rows:
        aside.setdefault(file, set()).add(juror)
    return {file: frozenset(jurors) for file, jurors in aside.items()}
