"""Erasing a person: their rows go, their name goes from all that quotes it, the proof stays.

Every text and document of every table is read, whatever is added to the schema later: in each, the
address goes wherever it stands, and the name where the row is about what this person had a part in, so
that a namesake elsewhere keeps theirs. Numbers, dates, states, marks and ranks are not touched, nor is
the chain of the journal, which holds the fingerprint of words and not the words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    Table,
    Text,
    and_,
    cast,
    delete,
    false,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from domain.erasure import Names, nowhere, scrubbed
from storage.journal import write_line
from storage.ledger import LetterState
from storage.tables.applications import Member
from storage.tables.charter import AdherenceMember
from storage.tables.cycles import Insider
from storage.tables.letters import Letter
from storage.tables.people import ApiToken, LoginLink, Organiser, Person, SignedIn
from storage.tables.records import JournalLine

ERASED = "erase_person"
# Rows that are nothing but this person's: they are deleted.
OWN: tuple[Any, ...] = (SignedIn, LoginLink, ApiToken, Organiser, Member, AdherenceMember)
PEOPLE, FILES, ADHERENCES, JOURNAL = (
    SQLModel.metadata.tables[name] for name in ("person", "application", "adherence", "journal")
)
APART = {"person", "journal", "sealed_line"}
UNSENT = (LetterState.PLANNED, LetterState.HELD)


@dataclass(frozen=True, slots=True)
class Part:
    """What a person had a part in: files, adherences, and themselves."""

    person_id: UUID
    applications: Sequence[UUID]
    adherences: Sequence[UUID]

    @property
    def subjects(self) -> list[str]:
        """As letters, requests and the journal name them."""
        return [
            f"person:{self.person_id}",
            *(f"application:{each}" for each in self.applications),
            *(f"adherence:{each}" for each in self.adherences),
        ]


async def erase(session: AsyncSession, person_id: UUID, by_person: UUID | None = None) -> int:
    """Erase a person for good; gives how many rows no longer name them, 0 when they were erased before.

    What holds them back is for the caller to ask: see ``storage.acts.holding``.
    """
    person = await session.get_one(Person, person_id, with_for_update=True)
    if person.erased_at is not None:
        return 0
    part, names = await _part(session, person_id), Names(person.email, person.name)
    changed = 1 + await _empty_the_journal(session, part, names)
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in APART:
            changed += await _scrub(session, table, part, names)
    await _delete_own(session, person)
    await session.execute(
        update(Letter)
        .where(col(Letter.person_id) == person_id, col(Letter.state).in_(UNSENT))
        .values(state=LetterState.CANCELLED)
    )
    person.email, person.name, person.erased_at = nowhere(person_id), "", func.clock_timestamp()  # type: ignore[assignment]
    write_line(session, subject=f"person:{person_id}", act=ERASED, by_person=by_person or person_id)
    await session.flush()
    return changed


async def _part(session: AsyncSession, person_id: UUID) -> Part:
    files = await session.scalars(
        select(col(Member.application_id)).where(col(Member.person_id) == person_id)
    )
    adherences = await session.scalars(
        select(col(AdherenceMember.adherence_id)).where(col(AdherenceMember.person_id) == person_id)
    )
    return Part(person_id, list(files), list(set(adherences)))


async def _delete_own(session: AsyncSession, person: Person) -> None:
    for table in OWN:
        await session.execute(delete(table).where(table.person_id == person.id))
    await session.execute(delete(Insider).where(col(Insider.value) == person.email))


async def _empty_the_journal(session: AsyncSession, part: Part, names: Names) -> int:
    """Words of the journal are emptied, not rewritten: the database lets nothing else happen to them."""
    emptied = await session.execute(
        update(JournalLine)
        .where(_names_them(JOURNAL, [JOURNAL.c.reason], part, names))
        .values(reason="")
        .returning(col(JournalLine.id))
    )
    return len(emptied.all())


async def _scrub(session: AsyncSession, table: Table, part: Part, names: Names) -> int:
    columns = [*_wordy(table)]
    if not columns:
        return 0
    keys = list(table.primary_key.columns)
    rows = await session.execute(
        select(*keys, *columns).where(_names_them(table, columns, part, names))
    )
    changed = 0
    for row in rows.all():
        key, said = row[: len(keys)], row[len(keys) :]
        kept = [scrubbed(each, names) for each in said]
        if kept != list(said):
            changed += 1
            await session.execute(
                update(table)
                .where(tuple_(*keys) == key)
                .values({column.name: new for column, new in zip(columns, kept, strict=True)})
            )
    return changed


def _wordy(table: Table) -> Iterator[Column[Any]]:
    """The columns that hold words or documents, keys left out."""
    for column in table.columns:
        if not (column.primary_key or column.unique) and isinstance(
            column.type, (String, Text, JSONB)
        ):
            yield column


def _names_them(
    table: Table, columns: Sequence[Column[Any]], part: Part, names: Names
) -> ColumnElement[bool]:
    """The rows that quote the address, or the name where this person had a part."""
    words = func.lower(func.concat_ws(" ", *(cast(column, Text) for column in columns)))
    address, *name = names.words
    quotes = words.contains(address.lower(), autoescape=True)
    if not name:
        return quotes
    # As it was typed or with other spaces: what was found is looked at again, word by word.
    likely = and_(*(words.contains(each, autoescape=True) for each in name[0].lower().split()))
    return or_(quotes, and_(or_(*_ties(table, part)), likely))


def _ties(table: Table, part: Part) -> Iterator[ColumnElement[bool]]:
    yield false()
    of = {
        PEOPLE.name: [part.person_id],
        FILES.name: part.applications,
        ADHERENCES.name: part.adherences,
    }
    if table.name in of:
        yield table.c.id.in_(of[table.name])
    if "subject" in table.c:
        yield table.c.subject.in_(part.subjects)
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table.name in of:
                yield column.in_(of[key.column.table.name])
