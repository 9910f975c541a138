"""The ledger takes any number of intents, each key once."""

from sqlalchemy import func, select
from sqlmodel import col

from storage.database import Database
from storage.ledger import Intent, plan
from storage.tables.letters import Letter
from tests.builders import a_cycle, a_person

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


async def test_a_letter_calls_a_cycle_by_its_edition_its_year_and_its_place(
    database: Database,
) -> None:
    async with database.transaction() as session:
        reader, cycle = await a_person(session), await a_cycle(session, territory="REG-53")
        facts = {"cycle_name": cycle.name, "link": "/palmares"}
        others = {"link": "/palmares"}

        await plan(
            session,
            [
                Intent("a", "jury_thanks", "cycle:1", reader.id, facts, cycle.id),
                Intent("b", "login_link", "person:1", reader.id, others, cycle.id),
                Intent("c", "jury_thanks", "cycle:1", reader.id, facts),
            ],
        )

        rows = await session.scalars(select(Letter).order_by(col(Letter.key)))
        named = {
            "cycle_name": "Trophées de l’insertion 2027, Bretagne",
            "cycle_short": "Bretagne 2027",
        }
        assert [letter.facts for letter in rows] == [facts | named, others, facts]
