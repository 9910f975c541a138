"""A frozen ranking without a file that went out: computed again, with what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from storage.acts.case import Case
from storage.acts.ranking import rows_of_category
from storage.journal import write_line
from storage.tables.cycles import Cycle
from storage.tables.records import Request
from storage.tables.results import Standing


@dataclass(frozen=True, slots=True)
class RankChange:
    """A file whose place in its category changed; no rank is none any more, or none before."""

    application: str
    before: int | None
    after: int | None

    def document(self) -> dict[str, object]:
        """The change as its column keeps it."""
        return {"application": self.application, "before": self.before, "after": self.after}


async def rank_without(session: AsyncSession, case: Case) -> tuple[RankChange, ...]:
    """Take a file out of its frozen category and rank the others again; nothing when none is frozen.

    Its scores stay where they were, at the end and without a rank, so that they can be read.
    """
    gone = case.application
    before = await ranks_in(session, case.cycle.id, gone.category)
    if gone.id not in before:
        return ()
    gone.status = Status.REFUSED  # before the others are read
    await session.flush()
    rows = await rows_of_category(session, case.cycle, gone.category)
    others = [row for row in rows if row["application_id"] != gone.id]
    in_category = (col(Standing.cycle_id) == case.cycle.id) & (
        col(Standing.category) == gone.category
    )
    await session.execute(
        delete(Standing).where(in_category, col(Standing.application_id) != gone.id)
    )
    await session.execute(
        update(Standing)
        .where(in_category)
        .values(rank=None, place=len(others) + 1, flags=[], tied_with=[], adjusted={})
    )
    if others:
        await session.execute(insert(Standing).values(others))
    changes = changed_between(before, await ranks_in(session, case.cycle.id, gone.category))
    write_line(
        session,
        subject=f"cycle:{case.cycle.id}",
        act="rank_again",
        at=case.at,
        before=f"{gone.category} files={len(before)}",
        after=f"{gone.category} files={len(others)} moved={len(changes)}",
        request=case.request,
        cycle_id=case.cycle.id,
        calendar_version=case.cycle.calendar_version,
    )
    return changes


async def rank_again(
    session: AsyncSession, cycle: Cycle, category: str, request: Request
) -> tuple[RankChange, ...]:
    """Rank a frozen category again by the cards that count now, with what changed; nothing unless frozen."""
    before = await ranks_in(session, cycle.id, category)
    if not before:
        return ()
    await session.flush()
    rows = await rows_of_category(session, cycle, category)
    await session.execute(
        delete(Standing).where(
            col(Standing.cycle_id) == cycle.id,
            col(Standing.category) == category,
            col(Standing.application_id).in_([row["application_id"] for row in rows]),
        )
    )
    await session.execute(insert(Standing).values(rows))
    changes = changed_between(before, await ranks_in(session, cycle.id, category))
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="rank_again",
        at=request.arrived_at,
        before=f"{category} files={len(before)}",
        after=f"{category} files={len(rows)} moved={len(changes)}",
        request=request,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )
    return changes


def changed_between(
    before: Mapping[UUID, int | None], after: Mapping[UUID, int | None]
) -> tuple[RankChange, ...]:
    """The files whose rank is another one, in the order of their former ranks."""
    return tuple(
        RankChange(str(each), rank, after.get(each))
        for each, rank in sorted(before.items(), key=lambda ranked: (ranked[1] or 0, ranked[0]))
        if rank != after.get(each)
    )


async def ranks_in(
    session: AsyncSession, cycle_id: UUID, category: str
) -> Mapping[UUID, int | None]:
    """The frozen ranks of a category."""
    rows = await session.execute(
        select(col(Standing.application_id), col(Standing.rank)).where(
            col(Standing.cycle_id) == cycle_id, col(Standing.category) == category
        )
    )
    return {row.application_id: row.rank for row in rows}
