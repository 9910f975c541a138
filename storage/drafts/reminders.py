"""Doing without reminders: a person for themselves, or who organises for somebody."""

from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.journal import write_line
from storage.tables.people import Person


async def do_without(session: AsyncSession, person_id: UUID, by_person: UUID) -> bool:
    """No more letter of those that nothing depends on; tells whether the person is known."""
    return await _set(session, person_id, by_person, off=True)


async def have_again(session: AsyncSession, person_id: UUID, by_person: UUID) -> bool:
    """All letters again; tells whether the person is known."""
    return await _set(session, person_id, by_person, off=False)


async def has_none(session: AsyncSession, person_id: UUID) -> bool | None:
    """Whether this person does without; None when nobody has that id."""
    person = await session.get(Person, person_id)
    return None if person is None else person.reminders_off_at is not None


async def _set(session: AsyncSession, person_id: UUID, by_person: UUID, *, off: bool) -> bool:
    changed = await session.scalars(
        update(Person)
        .where(col(Person.id) == person_id, col(Person.reminders_off_at).is_(None) == off)
        .values(reminders_off_at=func.clock_timestamp() if off else None)
        .returning(col(Person.id))
    )
    if changed.one_or_none() is not None:
        write_line(
            session,
            subject=f"person:{person_id}",
            act="reminders_off" if off else "reminders_on",
            by_person=by_person,
        )
    return await session.get(Person, person_id) is not None
