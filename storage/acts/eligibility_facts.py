"""What the rules of eligibility look at, gathered for one application."""

from sqlalchemy import Text, Uuid, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.eligibility import CharterStanding, EligibilityFacts, RegistryFacts
from domain.registry import RegistryFacts as RegisterSays
from storage.acts.case import Case
from storage.acts.charter.standing import standing_at
from storage.acts.partner_file import partner_facts
from storage.tables.applications import Application

_IS_SAME = col(Application.category) == bindparam("category", type_=Text())
_OTHERS = select(
    func.count().filter(_IS_SAME).label("same"),
    func.count(func.distinct(col(Application.category))).filter(~_IS_SAME).label("categories"),
).where(
    col(Application.cycle_id) == bindparam("cycle", type_=Uuid()),
    col(Application.siret) == bindparam("siret", type_=Text()),
    col(Application.id) != bindparam("application", type_=Uuid()),
    col(Application.status).not_in(
        [Status.WITHDRAWN, Status.LAPSED, Status.DUPLICATE, Status.DRAFT]
    ),
)


async def facts_about(session: AsyncSession, case: Case) -> EligibilityFacts:
    """The answers, what the register said, and the other applications of the same SIRET."""
    application = case.application
    told = {
        "cycle": application.cycle_id,
        "siret": application.siret,
        "category": application.category,
        "application": application.id,
    }
    others = (await session.execute(_OTHERS, told)).one()
    partner = await partner_facts(session, case)
    return EligibilityFacts(
        category=application.category,
        closes_at=case.calendar.closes_at,
        answers=application.answers,
        registry=_registry(application),
        same_siret_and_category=others.same,
        other_categories=others.categories,
        charter=await _charter(session, case),
        partner_is_inclusive=partner.is_inclusive,
        partner_confirmed=partner.confirmed,
        zone=case.cycle.zone,
    )


async def _charter(session: AsyncSession, case: Case) -> CharterStanding | None:
    """The standing at the closing; None when the edition takes the company's word for it."""
    instant = min(case.at, case.calendar.closes_at)
    standing = await standing_at(session, case.application.siren, instant)
    if case.cycle.charter_required or standing is CharterStanding.IN_ORDER:
        return standing
    return None


def _registry(application: Application) -> RegistryFacts | None:
    """None while the register has not answered: an organiser will look."""
    if not application.registry_facts:
        return None
    says = RegisterSays.from_document(application.registry_facts)
    if not says.answered:
        return None
    return RegistryFacts(
        found=says.found,
        active=says.active,
        created_on=says.created_on,
        in_liquidation=bool(says.insolvency) if says.found else None,
    )
