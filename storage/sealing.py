"""Sealing what was written in the journal, one line after the other, by one writer at a time."""

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.sealing import ORIGIN, Line, link
from storage.tables.records import JournalLine, SealedLine

# Lines are numbered before they are committed: one this far behind the last may still arrive.
LATE = 10_000
AT_ONCE = 1_000
_KEY = 0x5EA1


async def seal(session: AsyncSession, most: int = AT_ONCE) -> int:
    """Seal the lines that are not sealed yet, the oldest first; gives how many were."""
    await session.execute(select(func.pg_advisory_xact_lock(_KEY)))
    last = (
        await session.scalars(select(SealedLine).order_by(col(SealedLine.position).desc()).limit(1))
    ).one_or_none()
    position, previous = (last.position, last.hash) if last else (0, ORIGIN)
    rows: list[dict[str, object]] = []
    for line in await _unsealed(session, most):
        position += 1
        made = link(previous, position, line_of(line))
        previous = made.hash
        rows.append(
            {"position": position, "line_id": made.line, "words": made.words, "hash": made.hash}
        )
    if rows:
        await session.execute(insert(SealedLine), rows)
    return len(rows)


async def _unsealed(session: AsyncSession, most: int) -> list[JournalLine]:
    highest = select(func.coalesce(func.max(col(SealedLine.line_id)), 0)).scalar_subquery()
    rows = await session.scalars(
        select(JournalLine)
        .outerjoin(SealedLine, col(SealedLine.line_id) == col(JournalLine.id))
        .where(col(JournalLine.id) > highest - LATE, col(SealedLine.position).is_(None))
        .order_by(col(JournalLine.id))
        .limit(most)
    )
    return list(rows)


def line_of(row: JournalLine) -> Line:
    """The line as the chain reads it."""
    return Line(
        id=row.id or 0,
        at=row.at,
        actor=row.actor,
        subject=row.subject,
        cycle=str(row.cycle_id or ""),
        act=row.act,
        before=row.before,
        after=row.after,
        reason=row.reason,
        request=str(row.request_id or ""),
        calendar_version=row.calendar_version,
    )
