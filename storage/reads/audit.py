"""The proof: the chain of the journal checked, every state deduced from it, every ranking computed again."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from domain.applications import Status
from domain.charter.states import State
from domain.editions import EditionPhase
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.sealing import ORIGIN, Found, Line, Link, flaws, is_erased
from storage.reads.ranking_again import ranked_again
from storage.sealing import line_of
from storage.tables.applications import Application
from storage.tables.charter import Adherence
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Card, Juror
from storage.tables.records import JournalLine, SealedLine
from storage.tables.results import Standing

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Chain:
    """What the journal's chain says: lines sealed, words erased since, lines to seal, flaws, last hash."""

    sealed: int
    erased: int
    unsealed: int
    head: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class OtherState:
    """Something that is not in the state to which the journal led it."""

    subject: str
    by_the_journal: str
    in_its_table: str


@dataclass(frozen=True, slots=True)
class States:
    """How many states follow from the journal, and those that do not."""

    checked: int
    others: tuple[OtherState, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose rows have a state, as the journal speaks of it."""

    table: type[SQLModel]
    state: str
    names: type[StrEnum]


STATES: Mapping[str, Kept] = {
    "edition": Kept(Edition, "phase", EditionPhase),
    "cycle": Kept(Cycle, "phase", Phase),
    "application": Kept(Application, "status", Status),
    "juror": Kept(Juror, "status", JurorStatus),
    "card": Kept(Card, "status", CardStatus),
    "adherence": Kept(Adherence, "state", State),
}


async def checked_chain(session: AsyncSession) -> Chain:
    """Every sealed line read again, a thousand at a time."""
    sealed, erased, position, head = 0, 0, 0, ORIGIN
    found: list[Found] = []
    async for page in _pages(session):
        found += flaws(page, position=position, previous=head)
        erased += sum(is_erased(*each) for each in page)
        sealed += len(page)
        position, head = page[-1][0].position, page[-1][0].hash
    return Chain(sealed, erased, await _unsealed(session), head, tuple(found))


async def has_hash(session: AsyncSession, known: str) -> bool:
    """Whether the chain still has a hash that somebody noted earlier."""
    row = await session.execute(
        select(col(SealedLine.line_id)).where(col(SealedLine.hash) == known)
    )
    return row.first() is not None


async def checked_states(session: AsyncSession) -> States:
    """Every state beside the one to which the last line about it led."""
    checked = 0
    others: list[OtherState] = []
    for kind, kept in STATES.items():
        for subject, by_the_journal, in_its_table in await _states(session, kind, kept):
            checked += 1
            if by_the_journal != in_its_table:
                others.append(OtherState(subject, by_the_journal, in_its_table))
    return States(checked, tuple(others))


async def ranked_cycles(session: AsyncSession) -> Sequence[str]:
    """The codes of the cycles whose ranking was frozen."""
    rows = await session.scalars(
        select(col(Cycle.code))
        .where(col(Cycle.id).in_(select(col(Standing.cycle_id))))
        .order_by(col(Cycle.code))
    )
    return rows.all()


async def checked_ranking(session: AsyncSession, code: str) -> tuple[int, int]:
    """How many files of a cycle were ranked again from their cards, and how many differences that shows."""
    again = await ranked_again(session, code)
    return (again.files, len(again.differences)) if again else (0, 0)


async def _pages(session: AsyncSession) -> AsyncIterator[list[tuple[Link, Line | None]]]:
    after = 0
    while True:
        rows = (
            await session.execute(
                select(SealedLine, JournalLine)
                .outerjoin(JournalLine, col(JournalLine.id) == col(SealedLine.line_id))
                .where(col(SealedLine.position) > after)
                .order_by(col(SealedLine.position))
                .limit(PAGE)
            )
        ).all()
        if not rows:
            return
        yield [
            (
                Link(link.position, link.line_id, link.words, link.hash),
                line_of(line) if line else None,
            )
            for link, line in rows
        ]
        after = rows[-1][0].position
        session.expunge_all()


async def _unsealed(session: AsyncSession) -> int:
    count = await session.scalar(
        select(func.count())
        .select_from(JournalLine)
        .outerjoin(SealedLine, col(SealedLine.line_id) == col(JournalLine.id))
        .where(col(SealedLine.position).is_(None))
    )
    return count or 0


async def _states(session: AsyncSession, kind: str, kept: Kept) -> Sequence[Any]:
    table: Any = kept.table
    last = (
        select(col(JournalLine.subject), col(JournalLine.after))
        .where(
            col(JournalLine.subject).startswith(f"{kind}:"),
            col(JournalLine.after).in_(list(kept.names)),
        )
        .ext(distinct_on(col(JournalLine.subject)))
        .order_by(col(JournalLine.subject), col(JournalLine.id).desc())
        .subquery()
    )
    rows = await session.execute(
        select(last.c.subject, last.c.after, getattr(table, kept.state)).join(
            table, literal(f"{kind}:").concat(cast(table.id, String)) == last.c.subject
        )
    )
    return rows.all()
