"""The letter that says that a signed decision was made again."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.acts.crowd import organisers_of
from storage.acts.cycles import facts_of
from storage.ledger import Intent, plan
from storage.reads.amendable import Amendable
from storage.tables.cycles import Cycle
from storage.tables.people import Person
from storage.tables.records import Request
from storage.templates import calendar_in, template_of


async def tell_the_organisers(
    session: AsyncSession, cycle: Cycle, request: Request, about: Amendable
) -> None:
    """Write to those who organise the cycle; the company hears of it at the publication."""
    template, decision = await template_of(session, cycle), about.decision
    names = {each.code: each.name for each in (*template.categories, *template.prizes)}
    people = await organisers_of(session, cycle.id)
    languages = await session.execute(
        select(col(Person.id), col(Person.language)).where(col(Person.id).in_(people))
    )
    chosen = next((each.company for each in about.able if each.id == decision.laureate_id), "")
    facts = facts_of(cycle, f"/organisation/{cycle.code}/resultats") | {
        "laureate": chosen,
        "reason": decision.reason,
        "embargo_until": calendar_in(cycle).publishes_at.isoformat(),
    }
    await plan(
        session,
        [
            Intent(
                key=f"decision_amended:{request.id}:{person.id}",
                kind="decision_amended",
                subject=f"cycle:{cycle.id}",
                mailing=f"amended:{cycle.id}",
                person_id=person.id,
                cycle_id=cycle.id,
                facts=facts | {"category": names[decision.category].in_(person.language)},
            )
            for person in languages
        ],
    )
