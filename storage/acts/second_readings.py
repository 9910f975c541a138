"""Second readings: proposed for the files that the marks leave undecided, and ordered with a repair."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calibration.results import Zone
from domain.jurors import CardStatus
from domain.refusals import N_, Refusal
from storage.acts.ranking import files_of
from storage.acts.ranking_rows import Ranking, ranking_of
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, SecondReading
from storage.tables.records import Request
from storage.templates import template_of

NOT_UNDECIDED = N_(
    "Une seconde lecture se demande pour les dossiers que les notes ne départagent pas, une fois "
    "leurs fiches closes. La proposition a changé : la voici."
)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A category: its undecided files, and the chance to find its best one before and after."""

    category: str
    files: tuple[str, ...]
    before: Decimal
    after: Decimal


async def proposed(session: AsyncSession, cycle: Cycle) -> tuple[Undecided, ...]:
    """By category, the files to read once more, as the sealed cards rank them now."""
    template, files = await template_of(session, cycle), await files_of(session, cycle.id)
    ranking = await asyncio.to_thread(ranking_of, cycle.id, template, files)
    settled = await _not_to_read_again(session, cycle.id)
    by_category: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in ranking.rows:
        said: Mapping[str, Any] = row["adjusted"]  # type: ignore[assignment]  (a row is what the table keeps)
        if said.get("zone") == Zone.TO_DELIBERATE and row["application_id"] not in settled:
            by_category[str(row["category"])].append(row)
    return tuple(
        [
            await asyncio.to_thread(_undecided, code, rows, ranking)
            for code, rows in sorted(by_category.items())
            if len(rows) > 1
        ]
    )


async def order_second_readings(
    session: AsyncSession, cycle: Cycle, request: Request, at: datetime
) -> None:
    """Keep the second readings that a repair asks for, on undecided files only."""
    typed: list[object] = request.payload.get("second") or []
    asked = {str(each) for each in typed}
    if not asked:
        return
    found = {file for each in await proposed(session, cycle) for file in each.files}
    if asked - found:
        raise Refusal(NOT_UNDECIDED)
    for file in sorted(asked):
        await session.execute(
            insert(SecondReading)
            .values(
                application_id=UUID(file), cycle_id=cycle.id, extra=1, request_id=request.id, at=at
            )
            .on_conflict_do_nothing()
        )


async def _not_to_read_again(session: AsyncSession, cycle_id: UUID) -> set[UUID]:
    """The files that somebody still reads, or for which a second reading was ordered already."""
    reading = select(col(Card.application_id)).where(
        col(Card.cycle_id) == cycle_id, col(Card.status) == CardStatus.TO_SCORE
    )
    ordered = select(col(SecondReading.application_id)).where(
        col(SecondReading.cycle_id) == cycle_id
    )
    return set((await session.scalars(reading.union(ordered))).all())


def _undecided(code: str, rows: list[Mapping[str, Any]], ranking: Ranking) -> Undecided:
    from domain.calibration.expecting import Read, expected  # noqa: PLC0415  (heavy)

    # The jury that read the first of them: files of several juries are never told apart by marks.
    jury = rows[0]["adjusted"]["jury"]
    fit = next(each for each in ranking.calibration["juries"] if each["number"] == jury)
    read = [
        Read(Decimal(row["adjusted"]["score"]), len(row["adjusted"]["readings"])) for row in rows
    ]
    found = expected(
        read,
        Decimal(fit["quality"]),
        Decimal(fit["disagreement"]),
        int(ranking.calibration["seed"]),
    )
    files = tuple(str(row["application_id"]) for row in rows)
    return Undecided(code, files, found.before, found.after)
