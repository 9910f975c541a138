"""Letters about a short category: to its companies, and to those who preside or organise there."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.levels import Level
from storage.acts.crowd import organisers_of
from storage.acts.cycles import facts_of
from storage.ledger import Intent, plan
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.people import Person
from storage.tables.records import Request
from storage.templates import calendar_in, template_of


async def tell_everyone(  # noqa: PLR0913  (what was decided, of what, where to)
    session: AsyncSession,
    cycle: Cycle,
    into: Cycle,
    request: Request,
    category: str,
    *,
    is_undone: bool = False,
) -> None:
    """Say to the companies who judges their file now, and to the juries what they read."""
    said = {
        "into": "" if into.level == Level.NATIONAL else into.name,
        "is_undone": is_undone,
        "reason": str(request.payload.get("reason", "")),
        "evaluation_at": calendar_in(cycle).evaluation_from.isoformat(),
    }
    name = (await template_of(session, cycle)).category(category).name
    files = await session.execute(
        select(Application, col(Member.person_id), col(Person.language))
        .join(Member, col(Member.application_id) == col(Application.id))
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(
            col(Application.cycle_id) == cycle.id,
            col(Application.category) == category,
            col(Application.status) == Status.ADMITTED,
        )
    )
    intents = [
        Intent(
            key=f"category_regrouped:{request.id}:{row.Application.id}:{row.person_id}",
            kind="category_regrouped",
            subject=f"application:{row.Application.id}",
            mailing=f"regrouped:{cycle.id}",
            person_id=row.person_id,
            cycle_id=cycle.id,
            facts=facts_of(cycle, f"/candidatures/{row.Application.id}")
            | said
            | {
                "company": row.Application.company,
                "title": row.Application.title,
                "category": name.in_(row.language),
            },
        )
        for row in files
    ]
    readers = await _readers(session, cycle, into)
    languages = await session.execute(
        select(col(Person.id), col(Person.language)).where(col(Person.id).in_(readers))
    )
    intents += [
        Intent(
            key=f"category_regrouped_in_jury:{request.id}:{row.id}",
            kind="category_regrouped_in_jury",
            subject=f"cycle:{cycle.id}",
            mailing=f"regrouped:{cycle.id}",
            person_id=row.id,
            cycle_id=cycle.id,
            facts=facts_of(cycle, readers[row.id])
            | said
            | {"category": name.in_(row.language), "from_name": cycle.name},
        )
        for row in languages
    ]
    await plan(session, intents)


async def _readers(session: AsyncSession, cycle: Cycle, into: Cycle) -> dict[UUID, str]:
    """Who presides here and there, and who organises there, each with where they look."""
    chairs = await session.execute(
        select(col(Juror.id), col(Juror.person_id)).where(
            col(Juror.cycle_id).in_((cycle.id, into.id)), col(Juror.is_chair).is_(True)
        )
    )
    readers = {row.person_id: f"/jury/{row.id}" for row in chairs}
    for person in await organisers_of(session, into.id):
        readers.setdefault(person, f"/organisation/{into.code}")
    return readers
