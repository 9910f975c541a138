"""Which files a juror stands aside from: declared, found, or of their own employer."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.applications import Application
from storage.tables.juries import Conflict, Juror


def stands_aside(juror: Juror) -> ColumnElement[bool]:
    """Whether that juror stands aside from the application of the row."""
    known = (
        select(col(Conflict.id))
        .where(
            col(Conflict.juror_id) == juror.id,
            col(Conflict.application_id) == col(Application.id),
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
