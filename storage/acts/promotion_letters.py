"""Letters about places in the final: to the company that is offered one, and to those who organise."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.phases import Phase
from domain.texts import Text
from storage.acts.crowd import organisers_of
from storage.acts.promotion_case import PromotionCase
from storage.ledger import Intent, plan
from storage.tables.applications import Application, Member
from storage.tables.people import Person
from storage.tables.promotions import PlaceOffer
from storage.templates import calendar_in, template_of


async def to_company(  # noqa: PLR0913  (whom a letter is for, what makes it one, where it leads)
    session: AsyncSession,
    case: PromotionCase,
    offer: PlaceOffer,
    kind: str,
    *,
    key: str = "",
    link: str = "",
    **more: object,
) -> None:
    """Write to everyone of the company who works on the file."""
    file = await session.get_one(Application, offer.application_id)
    category = await _category(session, case)
    members = await session.execute(
        select(col(Person.id), col(Person.language))
        .join(Member, col(Member.person_id) == col(Person.id))
        .where(col(Member.application_id) == file.id)
    )
    await plan(
        session,
        [
            Intent(
                key=f"{kind}:{offer.id}" + (f":{key}" if key else "") + f":{member.id}",
                kind=kind,
                subject=case.subject,
                person_id=member.id,
                cycle_id=case.cycle.id,
                facts=_facts(case)
                | {
                    "link": link or f"/candidatures/{file.id}/finale",
                    "company": file.company,
                    "title": file.title,
                    "number": file.number or "",
                    "category": category.in_(member.language),
                }
                | {name: _said(value) for name, value in more.items()},
            )
            for member in members
        ],
    )


async def to_organisers(
    session: AsyncSession, case: PromotionCase, kind: str, *, key: str, **more: object
) -> None:
    """Write to those who organise the final and the territory, each once."""
    readers: dict[UUID, str] = {}
    for cycle in (case.final, case.cycle):
        for person in await organisers_of(session, cycle.id):
            readers.setdefault(person, f"/organisation/{cycle.code}/promotions")
    languages = await _languages(session, list(readers))
    category = await _category(session, case)
    await plan(
        session,
        [
            Intent(
                key=f"{kind}:{key}:{person}",
                kind=kind,
                subject=case.subject,
                person_id=person,
                cycle_id=case.cycle.id,
                facts=_facts(case)
                | {"link": link, "category": category.in_(languages[person])}
                | {name: _said(value) for name, value in more.items()},
            )
            for person, link in readers.items()
        ],
    )


def _facts(case: PromotionCase) -> dict[str, object]:
    """What every letter says; the embargo only while there is one."""
    is_public = case.cycle.phase in {Phase.PUBLISHED, Phase.CLOSED}
    embargo = "" if is_public else calendar_in(case.cycle).publishes_at.isoformat()
    return {
        "cycle_name": case.cycle.name,
        "zone": case.cycle.zone,
        "embargo_until": embargo,
    }


async def _category(session: AsyncSession, case: PromotionCase) -> Text:
    template = await template_of(session, case.cycle)
    return template.category(case.promotion.category).name


async def _languages(session: AsyncSession, people: list[UUID]) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(Person.id), col(Person.language)).where(col(Person.id).in_(people))
    )
    return {row.id: row.language for row in rows}


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
