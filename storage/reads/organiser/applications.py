"""The list of applications, fifty at a time; what the company typed is never read here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.verdicts import Outcome
from storage.reads.organiser.sought import PAGE, Sought, chosen
from storage.tables.applications import Application


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application in the list; ``failed`` and ``to_check`` are codes of rules."""

    id: UUID
    number: str | None
    company: str
    siret: str
    category: str
    title: str
    status: Status
    admissible: bool | None
    submitted_at: datetime | None
    complements_until: datetime | None
    failed: tuple[str, ...]
    to_check: tuple[str, ...]

    @property
    def is_green(self) -> bool:
        """Whether it waits for a decision and no blocking rule stands in the way."""
        return self.status is Status.SUBMITTED and self.admissible is True


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """Fifty applications, and the last of them when there are more after it."""

    lines: tuple[ApplicationLine, ...]
    last: UUID | None = None


async def application_page(
    session: AsyncSession, cycle_id: UUID, sought: Sought, after: UUID | None = None
) -> ApplicationPage:
    """The applications that come after that one, or the first ones."""
    page = await chosen(session, cycle_id, sought, after)
    if page is None:
        return ApplicationPage(())
    rows = (
        await session.execute(
            select(*_COLUMNS)
            .join(page, page.c.id == col(Application.id))
            .order_by(page.c.rank, page.c.company, page.c.id)
        )
    ).all()
    lines = tuple(_line(tuple(row)) for row in rows[:PAGE])
    return ApplicationPage(lines, lines[-1].id if len(rows) > PAGE else None)


async def green_among(
    session: AsyncSession, cycle_id: UUID, ids: Collection[UUID]
) -> dict[UUID, str]:
    """Those of the cycle that wait and pass every rule, with their company."""
    rows = await session.execute(
        select(col(Application.id), col(Application.company)).where(
            col(Application.cycle_id) == cycle_id,
            col(Application.id).in_(ids),
            col(Application.status) == Status.SUBMITTED,
            col(Application.admissible).is_(True),
        )
    )
    return {identity: company for identity, company in rows}  # noqa: C416  (rows are not pairs)


def _rules(outcome: Outcome) -> ColumnElement[list[str]]:
    """The codes of the rules with that outcome, taken from the verdicts by the database."""
    path = literal(f'$[*] ? (@.outcome == "{outcome}").rule').cast(JSONPATH)
    verdicts = col(Application.verdicts)
    return func.coalesce(func.jsonb_path_query_array(verdicts, path), func.jsonb_build_array())


_COLUMNS = (
    col(Application.id),
    col(Application.number),
    col(Application.company),
    col(Application.siret),
    col(Application.category),
    col(Application.title),
    col(Application.status),
    col(Application.admissible),
    col(Application.submitted_at),
    col(Application.complements_until),
    _rules(Outcome.FAIL),
    _rules(Outcome.TO_CHECK),
)


def _line(row: tuple[Any, ...]) -> ApplicationLine:
    number, company, siret, category, title, status, admissible, *dates, failed, to_check = row[1:]
    return ApplicationLine(
        id=row[0],
        number=number,
        company=company,
        siret=siret,
        category=category,
        title=title,
        status=Status(status),
        admissible=admissible,
        submitted_at=dates[0],
        complements_until=dates[1],
        failed=tuple(failed),
        to_check=tuple(to_check),
    )
