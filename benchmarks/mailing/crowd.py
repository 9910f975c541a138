"""People, and a letter to each, written by statements over series of numbers."""

import json
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.letters.samples import SAMPLES
from storage.database import Database

# A verdict: sent once or never, so that one in doubt waits for a person.
KIND = "result_other"
SAMPLE = SAMPLES[KIND][0]
PEOPLE = text("""
    insert into person (id, email, name, language)
    select gen_random_uuid(), 'reader-' || n || '@exemple.fr', 'Camille Robin', 'fr'
    from generate_series(1, cast(:count as int)) as n
    on conflict (email) do nothing
""")
LETTERS = text("""
    insert into letter (id, key, kind, subject, mailing, person_id, facts, state)
    select gen_random_uuid(), cast(:mailing as text) || ':' || n, :kind, 'application:' || gen_random_uuid(),
           :mailing, person.id, cast(:facts as jsonb), 'planned'
    from generate_series(1, cast(:count as int)) as n
    join person on person.email = 'reader-' || n || '@exemple.fr'
""")
READERS = text("select id from person where email like 'reader-%' order by email limit :count")
AGE_CLAIMS = text(
    "update letter set claimed_at = claimed_at - interval '1 hour' where state = 'sending'"
)
UNCERTAIN = text("""
    select person.email from letter join person on person.id = letter.person_id
    where letter.mailing = :mailing and letter.state = 'uncertain'
""")
SENT = text("select count(*) from letter where mailing = :mailing and state = 'sent'")


def reader(number: int) -> str:
    """The address of one of the people, who are counted from one."""
    return f"reader-{number}@exemple.fr"


async def plan_mailing(database: Database, mailing: str, count: int) -> None:
    """A mailing to that many people, each of whom gets one letter."""
    async with database.statement() as connection:
        await connection.execute(PEOPLE, {"count": count})
        told = {"count": count, "mailing": mailing, "kind": KIND, "facts": json.dumps(SAMPLE)}
        await connection.execute(LETTERS, told)
        # As the autovacuum of a service would have done since its last edition.
        await connection.execute(text("analyze letter, person"))


async def readers(database: Database, count: int) -> list[UUID]:
    """Some of the people."""
    async with database.statement() as connection:
        return list((await connection.execute(READERS, {"count": count})).scalars())


async def sent(database: Database, mailing: str) -> int:
    """How many letters of a mailing have left."""
    async with database.statement() as connection:
        return await _number(connection, mailing)


async def uncertain(database: Database, mailing: str) -> set[str]:
    """The addresses of those of whom nobody knows whether they have their letter."""
    async with database.statement() as connection:
        return set((await connection.execute(UNCERTAIN, {"mailing": mailing})).scalars())


async def end_leases(database: Database) -> None:
    """Have every claim counted as outlived: whoever made them was killed, which the lease would wait for."""
    async with database.statement() as connection:
        await connection.execute(AGE_CLAIMS)


async def _number(connection: AsyncConnection, mailing: str) -> int:
    return (await connection.execute(SENT, {"mailing": mailing})).scalar_one()
