"""Weeks after the count, nothing says any more who voted: voices, links, letters and addresses go."""

from uuid import UUID

from sqlalchemy import Column, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from storage.acts.vote_letters import link_key
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.votes import Voice, VoiceLink, Vote, VoteBurst


async def purge(session: AsyncSession, vote: Vote) -> None:
    """Erase what links a voice to a mailbox, and the people whom the service knows by the vote alone."""
    links = await session.scalars(
        select(col(VoiceLink.id)).where(col(VoiceLink.vote_id) == vote.id)
    )
    keys = [link_key(each) for each in links]
    readers = await session.scalars(
        delete(Letter).where(col(Letter.key).in_(keys)).returning(col(Letter.person_id))
    )
    strangers = list(set(readers))
    await session.execute(delete(VoiceLink).where(col(VoiceLink.vote_id) == vote.id))
    await session.execute(delete(Voice).where(col(Voice.vote_id) == vote.id))
    await session.execute(
        update(VoteBurst).where(col(VoteBurst.vote_id) == vote.id).values(fingerprint="")
    )
    await session.execute(
        delete(Person).where(
            col(Person.id).in_(strangers),
            *(~exists().where(column == col(Person.id)) for column in _references()),
        )
    )


def _references() -> list[Column[UUID]]:
    """Every column that names a person: whoever stands in one of them is known otherwise."""
    return [
        column
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    ]
