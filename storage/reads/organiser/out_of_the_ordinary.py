"""What is out of the ordinary among the files of a cycle: more time, twins, changes after a score."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from storage.reads.duplicates import alike_in
from storage.reads.organiser.changed import ChangedFile, changed_files
from storage.tables.applications import Application


@dataclass(frozen=True, slots=True)
class OutOfTheOrdinary:
    """Drafts that were given time, groups of files that look alike, files that changed after a score."""

    extended: int = 0
    alike: int = 0
    changed: tuple[ChangedFile, ...] = ()


async def find_out_of_the_ordinary(session: AsyncSession, cycle_id: UUID) -> OutOfTheOrdinary:
    """All three, for the board of a cycle."""
    drafts = select(func.count()).where(
        col(Application.cycle_id) == cycle_id,
        col(Application.status) == Status.DRAFT,
        col(Application.extended_until).is_not(None),
    )
    return OutOfTheOrdinary(
        extended=(await session.execute(drafts)).scalar_one(),
        alike=len(await alike_in(session, cycle_id)),
        changed=await changed_files(session, cycle_id),
    )
