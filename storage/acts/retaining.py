"""What is kept too long: found by class, a page at a time, and what then becomes of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.retention import Kept
from storage.acts.retaining_charter import CHARTER
from storage.acts.retaining_files import FILES
from storage.acts.retaining_people import PEOPLE
from storage.tables.retention import RetentionRun

PAGE = 100

Due = Callable[[AsyncSession, datetime, int], Awaitable[Sequence[UUID]]]
Carry = Callable[[AsyncSession, Sequence[UUID], datetime], Awaitable[Sequence[UUID]]]


@dataclass(frozen=True, slots=True)
class Carried:
    """How many rows were carried out, and the ids of the bytes that nothing names any more."""

    rows: int
    bytes: Sequence[UUID]


CLASSES: Mapping[Kept, tuple[Due, Carry]] = {**PEOPLE, **FILES, **CHARTER}


async def carry_out(session: AsyncSession, kind: Kept, now: datetime) -> Carried:
    """Carry out the next page of a class; none left when it gives no row. Twice is harmless."""
    due, carry = CLASSES[kind]
    ids = await due(session, now, PAGE)
    return Carried(len(ids), await carry(session, ids, now) if ids else ())


async def due_counts(session: AsyncSession, at: datetime) -> dict[Kept, int]:
    """How many rows of each class would go at an instant: the dry run."""
    return {kind: len(await CLASSES[kind][0](session, at, 1_000_000)) for kind in Kept}


async def write_report(session: AsyncSession, workflow_run: str, found: Mapping[str, int]) -> None:
    """Keep what a run did; the same run again is one report."""
    session.add(RetentionRun(workflow_run=workflow_run, found=dict(found)))
