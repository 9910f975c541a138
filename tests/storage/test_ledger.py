"""The ledger takes any number of intents, each key once."""

from sqlalchemy import func, select

from storage.database import Database
from storage.ledger import Intent, plan
from storage.tables.letters import Letter
from tests.builders import a_person

CROWD = 5000


async def test_a_crowd_is_written_to_in_one_act_and_only_once(database: Database) -> None:
    async with database.transaction() as session:
        reader = await a_person(session)
        intents = [
            Intent(key=f"k:{n}", kind="jury_thanks", subject="cycle:1", person_id=reader.id)
            for n in range(CROWD)
        ]

        await plan(session, intents)
        await plan(session, intents)

        written = await session.execute(select(func.count()).select_from(Letter))
    assert written.scalar_one() == CROWD
