"""People are erased after a whole cycle: nothing names them any more, and the proof still holds."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel
from temporalio.client import Client

from settings import Settings
from storage.acts.erasing import erase
from storage.database import Database
from storage.reads.audit import checked_chain, checked_ranking, checked_states, has_hash
from storage.sealing import seal
from tests.workflows.postbox import Postbox
from tests.workflows.story import palmares, play
from worker import workers


async def test_erased_people_are_named_nowhere_and_the_proof_still_holds(
    temporal_client: Client, database: Database, configured: Settings, postbox: Postbox
) -> None:
    posted = configured.model_copy(update={"smtp_host": postbox.host, "smtp_port": postbox.port})
    async with workers(temporal_client, database, posted):
        story = await play(temporal_client, database)
    laureates = await palmares(database)
    async with database.transaction() as session:
        while await seal(session):
            pass
        head = (await checked_chain(session)).head
        ranking = await checked_ranking(session, story.cycle.code)
        words = ["zoé candidate", *(each.email for each in story.owners), "jeanne0@jury.exemple.fr"]
        named = {word for word in words if await rows_with(session, word)}

    async with database.transaction() as session:
        for person_id in (
            *(each.id for each in story.owners),
            story.jurors[0].person_id,
            story.organiser.id,
        ):
            assert await erase(session, person_id) > 0
            assert await erase(session, person_id) == 0

    async with database.transaction() as session:
        assert named == {*words}
        assert [await rows_with(session, word) for word in words] == [[]] * len(words)
        assert (await checked_chain(session)).found == ()
        assert (await checked_states(session)).others == ()
        assert await checked_ranking(session, story.cycle.code) == ranking == (2, 0)
        assert await has_hash(session, head)
    assert await palmares(database) == laureates


async def rows_with(session: AsyncSession, word: str) -> list[str]:
    """Every row of every table that says a word, in any of its columns."""
    rows: list[str] = []
    for table in SQLModel.metadata.tables:
        found = await session.execute(
            text(f'SELECT t::text FROM "{table}" t WHERE lower(t::text) LIKE :word'),  # noqa: S608  (the names are ours)
            {"word": f"%{word}%"},
        )
        rows += [f"{table}: {row}" for row in found.scalars()]
    return rows
