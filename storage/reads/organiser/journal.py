"""The journal of a cycle, the last lines first; people and things are named in one query each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.applications import Application
from storage.tables.juries import Card, Juror
from storage.tables.people import Person
from storage.tables.records import JournalLine

PAGE = 50


@dataclass(frozen=True, slots=True)
class Trace:
    """One change as a person reads it; ``who`` is empty when the calendar acted."""

    id: int
    at: datetime
    who: str
    act: str
    about: str
    about_id: UUID | None
    about_name: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Fifty lines, and the number of the last when there are older ones."""

    lines: tuple[Trace, ...]
    last: int | None = None


async def journal_page(
    session: AsyncSession, cycle_id: UUID, before: int | None = None
) -> JournalPage:
    """The lines older than that one, or the last ones."""
    query = select(JournalLine).where(col(JournalLine.cycle_id) == cycle_id)
    if before is not None:
        query = query.where(col(JournalLine.id) < before)
    found = await session.execute(query.order_by(col(JournalLine.id).desc()).limit(PAGE + 1))
    rows = found.scalars().all()
    lines = await named(session, rows[:PAGE])
    return JournalPage(lines, lines[-1].id if len(rows) > PAGE else None)


async def journal_of(session: AsyncSession, subject: str, most: int = 100) -> tuple[Trace, ...]:
    """The lines about one thing, in their order."""
    rows = await session.execute(
        select(JournalLine)
        .where(col(JournalLine.subject) == subject)
        .order_by(col(JournalLine.id))
        .limit(most)
    )
    return await named(session, rows.scalars().all())


async def named(session: AsyncSession, rows: Sequence[JournalLine]) -> tuple[Trace, ...]:
    """The lines with the names of whom and what they speak of."""
    people = await _people(session, _ids("person", [row.actor for row in rows]))
    subjects = [row.subject for row in rows]
    things = (
        await _applications(session, _ids("application", subjects))
        | await _jurors(session, _ids("juror", subjects))
        | await _cards(session, _ids("card", subjects))
    )
    return tuple(_trace(row, people, things) for row in rows)


def _trace(row: JournalLine, people: dict[UUID, str], things: dict[UUID, str]) -> Trace:
    about, about_id = _parts(row.subject)
    _, actor = _parts(row.actor)
    return Trace(
        id=row.id or 0,
        at=row.at,
        who=people.get(actor, "") if actor else "",
        act=row.act,
        about=about,
        about_id=about_id,
        about_name=things.get(about_id, "") if about_id else "",
        before=row.before,
        after=row.after,
        reason=row.reason,
    )


def _parts(subject: str) -> tuple[str, UUID | None]:
    kind, _, identity = subject.partition(":")
    try:
        return kind, UUID(identity)
    except ValueError:
        return kind, None


def _ids(kind: str, subjects: Collection[str]) -> set[UUID]:
    parts = (_parts(subject) for subject in subjects)
    return {identity for own, identity in parts if own == kind and identity}


async def _people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(Person.id), col(Person.name), col(Person.email)).where(col(Person.id).in_(ids))
    )
    return {identity: name or email for identity, name, email in rows}


async def _applications(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(Application.id), col(Application.company)).where(col(Application.id).in_(ids))
    )
    return {identity: company for identity, company in rows}  # noqa: C416  (rows are not pairs)


async def _jurors(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(Juror.id), col(Person.name), col(Person.email))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.id).in_(ids))
    )
    return {identity: name or email for identity, name, email in rows}


async def _cards(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(Card.id), col(Application.company))
        .join(Application, col(Application.id) == col(Card.application_id))
        .where(col(Card.id).in_(ids))
    )
    return {identity: company for identity, company in rows}  # noqa: C416  (rows are not pairs)
