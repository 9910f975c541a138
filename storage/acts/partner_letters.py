"""Letters to the partner of an application: one of each kind for each invitation."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from storage.acts.case import Case, facts
from storage.acts.partner_file import delay_in
from storage.ledger import Intent, plan
from storage.tables.partners import Partner
from storage.tables.people import Person
from storage.templates import template_of


async def write_to_partner(
    session: AsyncSession, case: Case, partner: Partner, kind: str, **more: object
) -> int:
    """Plan one letter to the partner, with what is asked and until when; gives how many."""
    person = await session.get_one(Person, partner.person_id)
    template = await template_of(session, case.cycle)
    category = template.category(case.application.category).name.in_(person.language)
    delay = await delay_in(session, case)
    said = facts(case) | {
        "link": f"/partenariats/{partner.id}",
        "title": case.application.title or category,
        "category": category,
        "answer_until": delay.ends_at(partner.invited_at).isoformat(),
    }
    key = f"{kind}:{case.application.id}:{partner.round}"
    intent = Intent(key, kind, case.subject, person.id, said | more, case.cycle.id)
    await plan(session, [intent])
    return 1


async def name_of(session: AsyncSession, person_id: UUID) -> str:
    """How a letter calls somebody: by name, else by address."""
    person = await session.get_one(Person, person_id)
    return person.name or person.email
