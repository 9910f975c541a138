"""The frozen ranking of a category, fifty places at a time, and what the jury decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.ranking import Flag
from storage.tables.applications import Application
from storage.tables.results import Decision, Standing

PAGE = 50


@dataclass(frozen=True, slots=True)
class Ranked:
    """One file in the ranking of its category."""

    id: UUID
    place: int
    rank: int | None
    company: str
    title: str
    number: str | None
    mean: Decimal | None
    spread: Decimal | None
    valid_cards: int
    criteria: Mapping[str, str]
    flags: tuple[Flag, ...]
    is_tied: bool


@dataclass(frozen=True, slots=True)
class RankingPage:
    """Fifty places, and the last of them when there are more."""

    lines: tuple[Ranked, ...]
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """An application named by a decision."""

    id: UUID
    company: str
    title: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What the jury decided in a category."""

    category: str
    laureate: Chosen | None
    nominees: tuple[Chosen, ...]
    reason: str


async def ranking_page(
    session: AsyncSession, cycle_id: UUID, category: str, after: int = 0
) -> RankingPage:
    """The places that follow that one."""
    rows = (
        await session.execute(
            select(
                Standing, col(Application.company), col(Application.title), col(Application.number)
            )
            .join(Application, col(Application.id) == col(Standing.application_id))
            .where(
                col(Standing.cycle_id) == cycle_id,
                col(Standing.category) == category,
                col(Standing.place) > after,
            )
            .order_by(col(Standing.place))
            .limit(PAGE + 1)
        )
    ).all()
    lines = tuple(_ranked(*row) for row in rows[:PAGE])
    return RankingPage(lines, lines[-1].place if len(rows) > PAGE else None)


async def decisions_of(session: AsyncSession, cycle_id: UUID) -> tuple[Decided, ...]:
    """The decision of every category that has one."""
    rows = (
        (
            await session.execute(
                select(Decision)
                .where(col(Decision.cycle_id) == cycle_id)
                .order_by(col(Decision.category))
            )
        )
        .scalars()
        .all()
    )
    files = await _chosen(session, {each for row in rows for each in _named(row)})
    return tuple(
        Decided(
            category=row.category,
            laureate=files.get(row.laureate_id) if row.laureate_id and row.awards else None,
            nominees=tuple(files[UUID(each)] for each in row.nominees if UUID(each) in files),
            reason=row.reason,
        )
        for row in rows
    )


def _named(decision: Decision) -> list[UUID]:
    laureate = [decision.laureate_id] if decision.laureate_id else []
    return laureate + [UUID(each) for each in decision.nominees]


async def _chosen(session: AsyncSession, ids: set[UUID]) -> dict[UUID, Chosen]:
    rows = await session.execute(
        select(col(Application.id), col(Application.company), col(Application.title)).where(
            col(Application.id).in_(ids)
        )
    )
    return {row[0]: Chosen(*row) for row in rows}


def _ranked(standing: Standing, company: str, title: str, number: str | None) -> Ranked:
    criteria: Mapping[str, Any] = standing.criteria
    return Ranked(
        id=standing.application_id,
        place=standing.place,
        rank=standing.rank,
        company=company,
        title=title,
        number=number,
        mean=standing.mean,
        spread=standing.spread,
        valid_cards=standing.valid_cards,
        criteria={code: str(average) for code, average in criteria.items()},
        flags=tuple(Flag(flag) for flag in standing.flags),
        is_tied=bool(standing.tied_with),
    )
