"""The final opens: who went up is told that the file may be updated, and until when."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.final_files import GONE_UP
from domain.levels import Level
from domain.phases import Phase
from domain.promotion import PlaceStatus
from domain.wire import names
from storage.acts.cycles import facts_of
from storage.ledger import Intent, plan
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.people import Person
from storage.tables.promotions import Promotion
from storage.templates import calendar_in, template_of


async def write_to_files(session: AsyncSession, cycle_id: str) -> list[str]:
    """Plan one letter for each person and file of a final that is open; gives their keys."""
    cycle = await session.get_one(Cycle, UUID(cycle_id))
    if cycle.level != Level.NATIONAL or cycle.phase != Phase.OPEN:
        return []
    template = await template_of(session, cycle)
    rows = await session.execute(
        select(Application, col(Person.id), col(Person.language))
        .join(Member, col(Member.application_id) == col(Application.id))
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(
            col(Application.cycle_id) == cycle.id,
            col(Application.status) == Status.ADMITTED,
            col(Application.entry).in_(GONE_UP),
        )
        .order_by(col(Application.id), col(Person.id))
    )
    until = calendar_in(cycle).closes_at.isoformat()
    intents = [
        Intent(
            key=f"national_file_open:{file.id}:{person}",
            kind="national_file_open",
            subject=f"application:{file.id}",
            person_id=person,
            cycle_id=cycle.id,
            facts=facts_of(cycle, f"/candidatures/{file.id}")
            | {
                "company": file.company,
                "title": file.title,
                "number": file.number or "",
                "category": template.category(file.category).name.in_(language),
                "update_until": until,
            },
        )
        for file, person, language in rows
    ]
    await plan(session, intents)
    return [each.key for each in intents]


async def waiting_promotions(session: AsyncSession, cycle_id: str) -> list[str]:
    """The workflows of the places that still wait, in the territories of a final."""
    cycle = await session.get_one(Cycle, UUID(cycle_id))
    if cycle.level != Level.NATIONAL:
        return []
    rows = await session.execute(
        select(col(Promotion.cycle_id), col(Promotion.category))
        .join(Cycle, col(Cycle.id) == col(Promotion.cycle_id))
        .where(
            col(Cycle.edition_id) == cycle.edition_id,
            col(Promotion.status) == PlaceStatus.WAITING,
        )
    )
    return [names.promotion_id(str(row.cycle_id), row.category) for row in rows]
