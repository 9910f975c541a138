"""The ledger of a cycle, or of the charter, fifty letters at a time; those that need somebody first.

A letter of the charter belongs to no cycle: where a cycle is asked for, None means the charter.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Select,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.ledger import LetterState
from storage.tables.applications import Application
from storage.tables.letters import OF_THE_CHARTER, Letter
from storage.tables.people import Person

PAGE = 50
ORDER = (
    LetterState.FAILED,
    LetterState.BOUNCED,
    LetterState.UNCERTAIN,
    LetterState.SENDING,
    LetterState.HELD,
    LetterState.PLANNED,
    LetterState.SENT,
    LetterState.CANCELLED,
)

Chosen = Select[UUID, datetime, int]


@dataclass(frozen=True, slots=True)
class SoughtLetter:
    """What the organiser filters by; ``words`` is looked for in the reader's name and address, and in files.

    ``hidden`` are the subjects of which this organiser may know nothing.
    """

    state: LetterState | None = None
    kind: str = ""
    words: str = ""
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter of the ledger, with what its subject is made of."""

    id: UUID
    key: str
    kind: str
    state: LetterState
    subject: str
    reader: str
    email: str
    language: str
    facts: dict[str, Any]
    error: str | None
    planned_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Fifty letters, and the last of them when there are more."""

    lines: tuple[LetterLine, ...]
    last: UUID | None = None


async def letter_page(
    session: AsyncSession, cycle_id: UUID | None, sought: SoughtLetter, after: UUID | None = None
) -> LetterPage:
    """The letters that come after that one, or the first ones."""
    start = await _place(session, cycle_id, after) if after else None
    first = ORDER.index(start[0]) if start else 0
    states = [state for state in ORDER[first:] if sought.state in (None, state)]
    if not states:
        return LetterPage(())
    streams = [_stream(cycle_id, state, sought, start) for state in states]
    chosen = (streams[0] if len(streams) == 1 else _together(streams)).cte("chosen")
    rows = (
        await session.execute(
            select(Letter, Person)
            .join(chosen, chosen.c.id == col(Letter.id))
            .join(Person, col(Person.id) == col(Letter.person_id))
            .order_by(chosen.c.rank, chosen.c.planned_at.desc(), chosen.c.id.desc())
        )
    ).all()
    lines = tuple(_line(letter, person) for letter, person in rows[:PAGE])
    return LetterPage(lines, lines[-1].id if len(rows) > PAGE else None)


async def letter_in(
    session: AsyncSession, cycle_id: UUID | None, letter_id: UUID
) -> LetterLine | None:
    """One letter of the cycle, or nothing."""
    row = (
        await session.execute(
            select(Letter, Person)
            .join(Person, col(Person.id) == col(Letter.person_id))
            .where(col(Letter.id) == letter_id, in_pile(cycle_id))
        )
    ).one_or_none()
    return _line(*row) if row else None


def in_pile(cycle_id: UUID | None) -> ColumnElement[bool]:
    """Whether a letter is of that cycle, or of the charter."""
    if cycle_id is None:
        return literal_column(OF_THE_CHARTER, Boolean)
    return col(Letter.cycle_id) == cycle_id


async def _place(
    session: AsyncSession, cycle_id: UUID | None, after: UUID
) -> tuple[LetterState, datetime, UUID] | None:
    """Where the last letter of the page before stands now."""
    row = (
        await session.execute(
            select(col(Letter.state), col(Letter.planned_at)).where(
                col(Letter.id) == after, in_pile(cycle_id)
            )
        )
    ).one_or_none()
    return (LetterState(row[0]), row[1], after) if row else None


def _together(streams: list[Chosen]) -> CompoundSelect[UUID, datetime, int]:
    latest = (text("rank"), text("planned_at desc"), text("id desc"))
    return union_all(*streams).order_by(*latest).limit(PAGE + 1)


def _stream(
    cycle_id: UUID | None,
    state: LetterState,
    sought: SoughtLetter,
    start: tuple[LetterState, datetime, UUID] | None,
) -> Chosen:
    when, identity = col(Letter.planned_at), col(Letter.id)
    query = select(identity, when, literal(ORDER.index(state)).label("rank")).where(
        in_pile(cycle_id), col(Letter.state) == state
    )
    if sought.hidden:
        query = query.where(col(Letter.subject).not_in(sought.hidden))
    if sought.kind:
        query = query.where(col(Letter.kind) == sought.kind)
    if sought.words:
        query = query.where(or_(_reader_holds(sought.words), _file_holds(sought.words)))
    if start and start[0] is state:
        query = query.where(tuple_(when, identity) < tuple_(literal(start[1]), literal(start[2])))
    return query.order_by(when.desc(), identity.desc()).limit(PAGE + 1)


def _reader_holds(words: str) -> ColumnElement[bool]:
    readers = select(col(Person.id)).where(
        or_(
            col(Person.email).contains(words.strip().lower(), autoescape=True),
            col(Person.name).icontains(words.strip(), autoescape=True),
        )
    )
    return col(Letter.person_id).in_(readers)


def _file_holds(words: str) -> ColumnElement[bool]:
    """Whether it is about a file whose number or company holds these words."""
    files = select(func.concat("application:", col(Application.id))).where(
        or_(
            col(Application.number).icontains(words.strip(), autoescape=True),
            col(Application.company).icontains(words.strip(), autoescape=True),
        )
    )
    return col(Letter.subject).in_(files)


def _line(letter: Letter, reader: Person) -> LetterLine:
    return LetterLine(
        id=letter.id,
        key=letter.key,
        kind=letter.kind,
        state=LetterState(letter.state),
        subject=letter.subject,
        reader=reader.name,
        email=reader.email,
        language=reader.language,
        facts=letter.facts,
        error=letter.error,
        planned_at=letter.planned_at,
        sent_at=letter.sent_at,
    )
