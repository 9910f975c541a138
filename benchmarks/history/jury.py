"""A jury in service, its chair included: nobody signs the minutes of a cycle without one."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables.cycles import Cycle

JURORS = 12

PEOPLE = text("""
    insert into person (id, email, name, language)
    select gen_random_uuid(), 'juror-' || n || '@exemple.fr', '', 'fr'
    from generate_series(1, :count) as n
    on conflict do nothing
""")
JURY = text("""
    insert into juror (id, cycle_id, person_id, organisation, siren, is_chair, status, reason)
    select gen_random_uuid(), :cycle, id, '', '', email = 'juror-1@exemple.fr', 'accepted', ''
    from person where email like 'juror-%'
""")


async def seat_a_jury(session: AsyncSession, cycle: Cycle) -> None:
    """Twelve jurors who accepted, the first of them in the chair."""
    await session.execute(PEOPLE, {"count": JURORS})
    await session.execute(JURY, {"cycle": cycle.id})
