"""Who may organise: the first right of an installation is given by its operator."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.identity import person_called
from storage.tables.people import Organiser


async def let_organise(session: AsyncSession, email: str, name: str = "") -> bool:
    """Let somebody organise every cycle; False when they could already."""
    person = await person_called(session, email, name=name)
    given = await session.execute(
        insert(Organiser)
        .values(person_id=person.id, cycle_id=None)
        .on_conflict_do_nothing()
        .returning(col(Organiser.id))
    )
    return given.first() is not None
