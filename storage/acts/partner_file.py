"""The partner's part beside its application: who it is, until when, and what it signed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.partners import (
    ALIVE,
    LET_GO,
    SIRET,
    Delay,
    PartnerStatus,
    delay_of,
    is_recognised,
    partner_sections,
    print_of,
)
from domain.registry import RegistryFacts
from storage.acts.case import Case
from storage.tables.partners import Partner
from storage.templates import template_of


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """What the rule of partnerships looks at; None where nobody knows yet."""

    is_inclusive: bool | None = None
    confirmed: bool | None = None


async def partner_on(session: AsyncSession, application_id: UUID) -> Partner | None:
    """The partner of the application, if one was ever invited."""
    found = await session.execute(
        select(Partner)
        .where(col(Partner.application_id) == application_id)
        .execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()


async def countersigned_part(session: AsyncSession, case: Case) -> Partner | None:
    """The partner of the application, if it has countersigned and its category has a part for one."""
    partner = await partner_on(session, case.application.id)
    if partner is None or partner.status != PartnerStatus.COUNTERSIGNED:
        return None
    return partner if await wants_partner(session, case) else None


def countersignature(partner: Partner) -> dict[str, object]:
    """What a version keeps of it: who, when, which answers are theirs, and which text they signed."""
    signed_at = partner.countersigned_at
    return {
        "siret": partner.siret,
        "kind": partner.kind,
        "countersigned_at": signed_at.isoformat() if signed_at else None,
        "answers": sorted(partner.answers),
        "signed": print_of(partner.seen or {}),
    }


async def delay_in(session: AsyncSession, case: Case) -> Delay:
    """How long a partner of this application has, by the dates in force."""
    template = await template_of(session, case.cycle)
    return delay_of(template, case.calendar, case.application.complements_until)


async def wants_partner(session: AsyncSession, case: Case) -> bool:
    """Whether the form of this category has a part for a partner."""
    template = await template_of(session, case.cycle)
    return bool(partner_sections(template, case.application.category))


async def partner_facts(session: AsyncSession, case: Case) -> PartnerFacts:
    """Whether the partner is known as what it is said to be, and has countersigned in time."""
    if not await wants_partner(session, case):
        return PartnerFacts()
    partner = await partner_on(session, case.application.id)
    delay = await delay_in(session, case)
    missed = False if case.at > delay.shuts_at else None
    if partner is None or partner.status in LET_GO:
        return PartnerFacts(confirmed=missed)
    is_signed = partner.status == PartnerStatus.COUNTERSIGNED
    return PartnerFacts(
        is_inclusive=is_recognised(
            partner.siret,
            partner.kind,
            str(case.application.answers.get(SIRET, "")),
            _register(partner),
        ),
        confirmed=True if is_signed else missed,
    )


async def partner_look(session: AsyncSession, case: Case) -> datetime | None:
    """When something is to be done about the partner: its reminder, or the end of its delay."""
    if Status(case.application.status) not in ALIVE or not await wants_partner(session, case):
        return None
    partner = await partner_on(session, case.application.id)
    delay = await delay_in(session, case)
    if partner is None or partner.status in LET_GO:
        return _ahead(case.at, delay.shuts_at)
    if partner.status == PartnerStatus.COUNTERSIGNED:
        return None
    return _ahead(case.at, delay.reminds_at(partner.invited_at), delay.shuts_at)


def _ahead(now: datetime, *instants: datetime) -> datetime | None:
    return min((instant for instant in instants if instant > now), default=None)


def _register(partner: Partner) -> RegistryFacts | None:
    facts = partner.registry_facts
    return RegistryFacts.from_document(facts) if facts else None
