"""The ranking of a cycle, computed once from the sealed cards and frozen."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.jurors import CardStatus
from domain.ranking import FileScores
from domain.scoring import ScoreCard
from storage.acts.cycles import facts_of
from storage.acts.overdue import settle_what_arrived_in_time
from storage.acts.ranking_rows import ranking_of
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.reads.regrouping import judged_here
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.tables.records import JournalLine
from storage.tables.results import Calibration, Standing
from storage.templates import calendar_in, template_of

PAGE = 1000


async def freeze_ranking(session: AsyncSession, cycle: Cycle, at: datetime) -> int:
    """Compute and keep the standings of every category; returns how many files they hold."""
    if (frozen := await _already_frozen(session, cycle.id, at)) is not None:
        return frozen
    await settle_what_arrived_in_time(session, cycle)
    template = await template_of(session, cycle)
    files = await files_of(session, cycle.id)
    # In a thread: a hundred thousand cards take seconds, during which the worker must say that it lives.
    ranking = await asyncio.to_thread(ranking_of, cycle.id, template, files)
    rows = ranking.rows
    await session.execute(delete(Standing).where(col(Standing.cycle_id) == cycle.id))
    await session.execute(delete(Calibration).where(col(Calibration.cycle_id) == cycle.id))
    if ranking.calibration:
        kept = Calibration(cycle_id=cycle.id, document=dict(ranking.calibration), computed_at=at)
        session.add(kept)
    for start in range(0, len(rows), PAGE):
        await session.execute(insert(Standing).values(list(rows[start : start + PAGE])))
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="freeze_ranking",
        at=at,
        after=f"files={len(rows)}",
        cycle_id=cycle.id,
    )
    await _write_to_the_chair(session, cycle)
    return len(rows)


async def rows_of_category(
    session: AsyncSession, cycle: Cycle, category: str
) -> list[dict[str, object]]:
    """The standings of one category, as its admitted files and their sealed cards give them now."""
    files = await files_of(session, cycle.id)
    template = await template_of(session, cycle)
    ranking = await asyncio.to_thread(ranking_of, cycle.id, template, files)
    return [row for row in ranking.rows if row["category"] == category]


async def files_of(session: AsyncSession, cycle_id: UUID) -> Mapping[str, list[FileScores]]:
    """The admitted files of a cycle by category, each with its sealed cards."""
    cards: dict[UUID, list[ScoreCard]] = defaultdict(list)
    sealed = await session.execute(
        select(col(Card.application_id), col(Card.juror_id), col(Card.marks)).where(
            col(Card.cycle_id) == cycle_id, col(Card.status) == CardStatus.SEALED
        )
    )
    for card in sealed:
        cards[card.application_id].append(ScoreCard(str(card.juror_id), card.marks))
    admitted = await session.execute(
        select(col(Application.id), col(Application.category)).where(
            col(Application.cycle_id) == cycle_id,
            col(Application.status) == Status.ADMITTED,
            judged_here(),
        )
    )
    files: dict[str, list[FileScores]] = defaultdict(list)
    for file in admitted:
        files[file.category].append(FileScores(str(file.id), tuple(cards[file.id])))
    return files


async def _already_frozen(session: AsyncSession, cycle_id: UUID, at: datetime) -> int | None:
    """How many files an earlier attempt ranked, when its worker died before it could say so."""
    earlier = await session.execute(
        select(col(JournalLine.id)).where(
            col(JournalLine.subject) == f"cycle:{cycle_id}",
            col(JournalLine.act) == "freeze_ranking",
            col(JournalLine.at) == at,
        )
    )
    if earlier.first() is None:
        return None
    counted = select(func.count()).select_from(Standing).where(col(Standing.cycle_id) == cycle_id)
    return (await session.execute(counted)).scalar_one()


async def _write_to_the_chair(session: AsyncSession, cycle: Cycle) -> None:
    chairs = await session.execute(
        select(col(Juror.id), col(Juror.person_id)).where(
            col(Juror.cycle_id) == cycle.id, col(Juror.is_chair).is_(True)
        )
    )
    until = calendar_in(cycle).deliberation_until.isoformat()
    await plan(
        session,
        [
            Intent(
                key=f"deliberation_opened:{chair.id}",
                kind="deliberation_opened",
                subject=f"cycle:{cycle.id}",
                mailing=f"deliberation:{cycle.id}",
                person_id=chair.person_id,
                cycle_id=cycle.id,
                facts=facts_of(cycle, f"/jury/{chair.id}/deliberation")
                | {"deliberation_until": until},
            )
            for chair in chairs
        ],
    )
