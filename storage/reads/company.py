"""What a company sees of its applications: the list, and one of them."""

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
from domain.members import Role
from domain.phases import Phase
from domain.registry import UNREACHABLE, RegistryFacts
from domain.texts import Text
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle, Edition
from storage.tables.people import Person
from storage.templates import calendar_in, template_by_id, template_of


@dataclass(frozen=True, slots=True)
class MyApplication:
    """One line of a person's list of applications."""

    id: UUID
    cycle_code: str
    cycle_name: str
    company: str
    title: str
    category: Text
    status: Status
    number: str | None
    closes_at: datetime
    complements_until: datetime | None
    phase: Phase


async def my_applications(session: AsyncSession, person_id: UUID) -> tuple[MyApplication, ...]:
    """The applications on which a person works, the newest first."""
    rows = await session.execute(
        select(Application, Cycle)
        .options(*WITHOUT_DOCUMENTS)
        .join(Member, col(Member.application_id) == col(Application.id))
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(col(Member.person_id) == person_id)
        .order_by(col(Application.created_at).desc(), col(Application.id))
    )
    return tuple([await _line(session, *row) for row in rows.all()])


async def _line(session: AsyncSession, application: Application, cycle: Cycle) -> MyApplication:
    # Templates are read once per process: no query per row.
    template = await template_by_id(session, cycle.template_id)
    return MyApplication(
        id=application.id,
        cycle_code=cycle.code,
        cycle_name=cycle.name,
        company=application.company,
        title=application.title,
        category=template.category(application.category).name,
        status=Status(application.status),
        number=application.number,
        closes_at=calendar_in(cycle).closes_at,
        complements_until=application.complements_until,
        phase=Phase(cycle.phase),
    )


@dataclass(frozen=True, slots=True)
class Work:
    """An application as somebody of the company works on it."""

    id: UUID
    cycle_id: UUID
    cycle_code: str
    cycle_name: str
    zone: str
    phase: Phase
    calendar: CycleCalendar
    template: EditionTemplate
    year: int
    siret: str
    company: str
    category: Category
    title: str
    status: Status
    number: str | None
    version: int
    answers: dict[str, Any]
    register: RegistryFacts
    complements_until: datetime | None
    saved_at: datetime | None
    saved_by: str
    submitted_at: datetime | None
    role: Role


async def work_on(session: AsyncSession, application_id: UUID, person_id: UUID) -> Work | None:
    """The application and the person's role in it; None when they have none."""
    row = (
        await session.execute(
            select(Application, Cycle, Edition, Member, Person)
            .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
            .join(Edition, col(Edition.id) == col(Cycle.edition_id))
            .join(Member, col(Member.application_id) == col(Application.id))
            .outerjoin(Person, col(Person.id) == col(Application.saved_by))
            .where(col(Application.id) == application_id, col(Member.person_id) == person_id)
        )
    ).one_or_none()
    return None if row is None else _work(await template_of(session, row[1]), *row)


def _work(  # noqa: PLR0913, PLR0917  (the columns of the query)
    template: EditionTemplate,
    application: Application,
    cycle: Cycle,
    edition: Edition,
    member: Member,
    saver: Person | None,
) -> Work:
    facts = application.registry_facts
    return Work(
        id=application.id,
        cycle_id=cycle.id,
        cycle_code=cycle.code,
        cycle_name=cycle.name,
        zone=cycle.zone,
        phase=Phase(cycle.phase),
        calendar=calendar_in(cycle),
        template=template,
        year=edition.year,
        siret=application.siret,
        company=application.company,
        category=template.category(application.category),
        title=application.title,
        status=Status(application.status),
        number=application.number,
        version=application.version,
        answers=application.answers,
        register=RegistryFacts.from_document(facts) if facts else UNREACHABLE,
        complements_until=application.complements_until,
        saved_at=application.saved_at,
        saved_by=name_of(saver),
        submitted_at=application.submitted_at,
        role=Role(member.role),
    )


def name_of(person: Person | None) -> str:
    """How colleagues call somebody: by name, else by address."""
    return (person.name or person.email) if person else ""
