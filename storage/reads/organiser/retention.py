"""What the last nights of the retention did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.retention import Kept, report_of
from storage.tables.retention import RetentionRun

SHOWN = 14


@dataclass(frozen=True, slots=True)
class Run:
    """A night: when it ended, and how many rows of each class it carried out."""

    at: datetime
    found: Mapping[Kept, int]


async def last_runs(session: AsyncSession) -> tuple[Run, ...]:
    """The last fourteen nights, the newest first."""
    rows = await session.scalars(
        select(RetentionRun).order_by(col(RetentionRun.at).desc()).limit(SHOWN)
    )
    return tuple(Run(each.at, report_of(each.found)) for each in rows)
