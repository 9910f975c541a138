"""The partner's part: as its company sees it, and as the partner itself does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.edition import Category, EditionTemplate
from domain.partners import Delay, PartnerStatus, delay_of
from domain.phases import Phase
from domain.registry import RegistryFacts
from domain.texts import Text
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.tables.partners import Partner
from storage.tables.people import Person
from storage.templates import calendar_of, template_by_id, template_of


@dataclass(frozen=True, slots=True)
class Partnership:
    """Who was invited, where they stand, and what they wrote."""

    id: UUID
    status: PartnerStatus
    name: str
    email: str
    siret: str
    kind: str
    register: RegistryFacts | None
    shares: tuple[str, ...]
    answers: Mapping[str, Any]
    invited_at: datetime
    saved_at: datetime | None
    countersigned_at: datetime | None
    seen: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class PartnerWork:
    """What the partner's page shows: its part, and the application around it."""

    part: Partnership
    application_id: UUID
    cycle_id: UUID
    cycle_name: str
    zone: str
    phase: Phase
    calendar: CycleCalendar
    template: EditionTemplate
    year: int
    company: str
    siret: str
    category: Category
    title: str
    status: Status
    answers: Mapping[str, Any]
    delay: Delay

    @property
    def until(self) -> datetime:
        """The last instant at which a countersignature counts."""
        return self.delay.ends_at(self.part.invited_at)


@dataclass(frozen=True, slots=True)
class MyPartnership:
    """One line of what a person answers for as a partner."""

    id: UUID
    status: PartnerStatus
    company: str
    title: str
    category: Text
    cycle_name: str
    application_status: Status
    until: datetime


async def partnership_of(session: AsyncSession, application_id: UUID) -> Partnership | None:
    """The partner of the application, if one was ever invited."""
    row = (
        await session.execute(
            select(Partner, Person)
            .join(Person, col(Person.id) == col(Partner.person_id))
            .where(col(Partner.application_id) == application_id)
        )
    ).one_or_none()
    return None if row is None else _partnership(row[0], row[1])


async def partner_work(
    session: AsyncSession, partner_id: UUID, person_id: UUID
) -> PartnerWork | None:
    """The part that this person fills; nothing for anybody else."""
    row = (
        await session.execute(
            select(Partner, Person, Application, Cycle, Edition)
            .join(Person, col(Person.id) == col(Partner.person_id))
            .join(Application, col(Application.id) == col(Partner.application_id))
            .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
            .join(Edition, col(Edition.id) == col(Cycle.edition_id))
            .where(col(Partner.id) == partner_id, col(Partner.person_id) == person_id)
        )
    ).one_or_none()
    if row is None:
        return None
    partner, person, application, cycle, edition = row
    template, calendar = await template_of(session, cycle), calendar_of(application, cycle)
    return PartnerWork(
        part=_partnership(partner, person),
        application_id=application.id,
        cycle_id=cycle.id,
        cycle_name=cycle.name,
        zone=cycle.zone,
        phase=Phase(cycle.phase),
        calendar=calendar,
        template=template,
        year=edition.year,
        company=application.company,
        siret=application.siret,
        category=template.category(application.category),
        title=application.title,
        status=Status(application.status),
        answers=application.answers,
        delay=delay_of(template, calendar, application.complements_until),
    )


async def my_partnerships(session: AsyncSession, person_id: UUID) -> tuple[MyPartnership, ...]:
    """The applications that a person was invited to countersign, the latest first."""
    rows = await session.execute(
        select(Partner, Application, Cycle)
        .options(*WITHOUT_DOCUMENTS)
        .join(Application, col(Application.id) == col(Partner.application_id))
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(col(Partner.person_id) == person_id, col(Partner.status) != PartnerStatus.WITHDRAWN)
        .order_by(col(Partner.invited_at).desc(), col(Partner.id))
    )
    return tuple([await _line(session, *row) for row in rows.all()])


async def _line(
    session: AsyncSession, partner: Partner, application: Application, cycle: Cycle
) -> MyPartnership:
    # Templates are read once per process: no query per row.
    template = await template_by_id(session, cycle.template_id)
    delay = delay_of(template, calendar_of(application, cycle), application.complements_until)
    return MyPartnership(
        id=partner.id,
        status=PartnerStatus(partner.status),
        company=application.company,
        title=application.title,
        category=template.category(application.category).name,
        cycle_name=cycle.name,
        application_status=Status(application.status),
        until=delay.ends_at(partner.invited_at),
    )


def _partnership(partner: Partner, person: Person) -> Partnership:
    facts = partner.registry_facts
    return Partnership(
        id=partner.id,
        status=PartnerStatus(partner.status),
        name=partner.name,
        email=person.email,
        siret=partner.siret,
        kind=partner.kind,
        register=RegistryFacts.from_document(facts) if facts else None,
        shares=tuple(partner.shares),
        answers=partner.answers,
        invited_at=partner.invited_at,
        saved_at=partner.saved_at,
        countersigned_at=partner.countersigned_at,
        seen=partner.seen,
    )
