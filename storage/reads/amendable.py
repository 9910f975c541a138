"""Decisions that were signed and name a file that has gone, and who could take its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.grand_prize import grand_prize_of
from domain.levels import Level
from storage.reads.deliberation import is_awardable
from storage.reads.gone import is_gone, still_there
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.results import Decision, Standing
from storage.templates import template_of

CHOICES = 20


@dataclass(frozen=True, slots=True)
class Named:
    """A file that a decision names, or could name."""

    id: UUID
    company: str
    title: str
    rank: int | None = None
    has_renounced: bool = False


@dataclass(frozen=True, slots=True)
class Amendable:
    """A decision to make again: who has gone, and who may be chosen, by rank."""

    decision: Decision
    gone: tuple[Named, ...]
    able: tuple[Named, ...]
    is_prize: bool

    @property
    def lost_its_laureate(self) -> bool:
        """Whether it is the laureate who has gone, and not a nominee alone."""
        return any(each.id == self.decision.laureate_id for each in self.gone)

    @property
    def proposed(self) -> UUID | None:
        """Who is proposed: the laureate who stays, else the next in rank."""
        if not self.lost_its_laureate:
            return self.decision.laureate_id
        return self.able[0].id if self.able and not self.is_prize else None


async def to_amend(session: AsyncSession, cycle: Cycle) -> Mapping[str, Amendable]:
    """The decisions that no longer hold, by category or prize."""
    rows = await session.scalars(select(Decision).where(col(Decision.cycle_id) == cycle.id))
    decisions = {each.category: each for each in rows}
    gone = await _gone_among(session, {each for one in decisions.values() for each in _ids(one)})
    touched = {
        code: tuple(gone[each] for each in _ids(decision) if each in gone)
        for code, decision in decisions.items()
    }
    prize = grand_prize_of(await template_of(session, cycle), Level(cycle.level))
    found: dict[str, Amendable] = {}
    for code, left in touched.items():
        if not left:
            continue
        is_prize = prize is not None and code == prize.code
        able = (
            await _laureates(session, decisions, code)
            if is_prize
            else await _ranked(session, cycle.id, code)
        )
        found[code] = Amendable(decisions[code], left, able, is_prize)
    return found


def _ids(decision: Decision) -> tuple[UUID, ...]:
    laureate = (decision.laureate_id,) if decision.awards and decision.laureate_id else ()
    return (*laureate, *(UUID(each) for each in decision.nominees))


async def _gone_among(session: AsyncSession, ids: set[UUID]) -> Mapping[UUID, Named]:
    rows = await session.scalars(
        select(Application).options(*WITHOUT_DOCUMENTS).where(col(Application.id).in_(ids))
    )
    return {
        file.id: Named(
            file.id, file.company, file.title, has_renounced=file.renounced_at is not None
        )
        for file in rows
        if is_gone(file)
    }


async def _ranked(session: AsyncSession, cycle_id: UUID, category: str) -> tuple[Named, ...]:
    rows = await session.execute(
        select(Application, Standing)
        .options(*WITHOUT_DOCUMENTS)
        .join(Standing, col(Standing.application_id) == col(Application.id))
        .where(
            col(Standing.cycle_id) == cycle_id,
            col(Standing.category) == category,
            col(Standing.rank).is_not(None),
            still_there(),
        )
        .order_by(col(Standing.place))
        .limit(CHOICES)
    )
    return tuple(
        Named(file.id, file.company, file.title, standing.rank)
        for file, standing in rows
        if is_awardable(standing)
    )


async def _laureates(
    session: AsyncSession, decisions: Mapping[str, Decision], prize: str
) -> tuple[Named, ...]:
    """The laureates of the categories who are still there: a prize is chosen among them."""
    ids = {
        each.laureate_id
        for code, each in decisions.items()
        if code != prize and each.awards and each.laureate_id
    }
    rows = await session.scalars(
        select(Application)
        .options(*WITHOUT_DOCUMENTS)
        .where(col(Application.id).in_(ids), still_there())
        .order_by(col(Application.company), col(Application.id))
    )
    return tuple(Named(file.id, file.company, file.title) for file in rows)
