"""The score cards of a cycle, counted by juror and by file; never their marks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.jurors import CardStatus
from storage.tables.applications import Application
from storage.tables.juries import Card


@dataclass(frozen=True, slots=True)
class Load:
    """The cards of one juror."""

    sealed: int = 0
    to_score: int = 0
    abstained: int = 0
    recused: int = 0

    @property
    def dealt(self) -> int:
        """The cards that the juror still has or has closed."""
        return self.closed + self.to_score

    @property
    def closed(self) -> int:
        """The cards that ask nothing more."""
        return self.sealed + self.abstained


@dataclass(frozen=True, slots=True)
class CardTally:
    """The cards by juror, and how many admitted files have how many sealed ones."""

    loads: Mapping[UUID, Load]
    files_by_sealed: Mapping[int, int]

    @property
    def sealed(self) -> int:
        """The sealed cards."""
        return sum(load.sealed for load in self.loads.values())

    @property
    def dealt(self) -> int:
        """Every card that counts."""
        return sum(load.dealt for load in self.loads.values())

    def covered(self, floor: int) -> int:
        """The admitted files that have at least that many sealed cards."""
        return sum(files for sealed, files in self.files_by_sealed.items() if sealed >= floor)


async def count_cards(session: AsyncSession, cycle_id: UUID) -> CardTally:
    """Count the cards of a cycle."""
    loads = await _loads(session, col(Card.cycle_id) == cycle_id)
    return CardTally(loads, await _files_by_sealed(session, cycle_id))


async def loads_of(session: AsyncSession, jurors: Collection[UUID]) -> dict[UUID, Load]:
    """The cards of these jurors."""
    return await _loads(session, col(Card.juror_id).in_(jurors))


async def _loads(session: AsyncSession, whose: ColumnElement[bool]) -> dict[UUID, Load]:
    rows = await session.execute(
        select(
            col(Card.juror_id),
            _how_many(CardStatus.SEALED),
            _how_many(CardStatus.TO_SCORE),
            _how_many(CardStatus.ABSTAINED),
            _how_many(CardStatus.RECUSED),
        )
        .where(whose)
        .group_by(col(Card.juror_id))
    )
    return {juror: Load(*counts) for juror, *counts in rows}


async def _files_by_sealed(session: AsyncSession, cycle_id: UUID) -> dict[int, int]:
    per_file = (
        select(func.count().label("sealed"))
        .select_from(Card)
        .join(Application, col(Application.id) == col(Card.application_id))
        .where(
            col(Card.cycle_id) == cycle_id,
            col(Card.status) == CardStatus.SEALED,
            col(Application.status) == Status.ADMITTED,
        )
        .group_by(col(Card.application_id))
        .subquery()
    )
    rows = await session.execute(
        select(per_file.c.sealed, func.count()).group_by(per_file.c.sealed)
    )
    return {row[0]: row[1] for row in rows}


def _how_many(status: CardStatus) -> ColumnElement[int]:
    return func.count().filter(col(Card.status) == status)
