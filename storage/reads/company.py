"""What a company sees of its applications: the list, and one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, label, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.edition import Category, EditionTemplate
from domain.extensions import calendar_for, phase_for
from domain.final_files import Entry
from domain.members import Role
from domain.phases import Phase
from domain.registry import UNREACHABLE, RegistryFacts
from domain.texts import Text
from storage.database import Executor
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle, Edition
from storage.tables.people import Person
from storage.templates import calendar_from, calendar_of, template_by_id


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
        closes_at=calendar_of(application, cycle).closes_at,
        complements_until=application.complements_until,
        phase=Phase(cycle.phase),
    )


@dataclass(frozen=True, slots=True)
class Work:
    """An application as somebody of the company works on it; ``calendar`` has its own closing."""

    id: UUID
    cycle_id: UUID
    cycle_code: str
    cycle_name: str
    zone: str
    phase: Phase
    calendar: CycleCalendar
    cycle_calendar: CycleCalendar
    extended_until: datetime | None
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
    entry: Entry
    origin_id: UUID | None
    role: Role

    def phase_at(self, now: datetime) -> Phase:
        """The phase as this company lives it: the call goes on while its own time does."""
        return phase_for(self.phase, self.cycle_calendar, self.extended_until, now)


async def work_on(executor: Executor, application_id: UUID, person_id: UUID) -> Work | None:
    """The application and the person's role in it; None when they have none."""
    told = {"application": application_id, "person": person_id}
    row = (await executor.execute(_WORK, told)).one_or_none()
    return None if row is None else _work(await template_by_id(executor, row.template_id), row)


def _work(template: EditionTemplate, row: Row[*tuple[Any, ...]]) -> Work:
    facts, of_all = row.registry_facts, calendar_from(row.calendar)
    return Work(
        id=row.id,
        cycle_id=row.cycle_id,
        cycle_code=row.cycle_code,
        cycle_name=row.cycle_name,
        zone=row.zone,
        phase=Phase(row.phase),
        calendar=calendar_for(of_all, row.extended_until),
        cycle_calendar=of_all,
        extended_until=row.extended_until,
        template=template,
        year=row.year,
        siret=row.siret,
        company=row.company,
        category=template.category(row.category),
        title=row.title,
        status=Status(row.status),
        number=row.number,
        version=row.version,
        answers=row.answers,
        register=RegistryFacts.from_document(facts) if facts else UNREACHABLE,
        complements_until=row.complements_until,
        saved_at=row.saved_at,
        saved_by=row.saver_name or row.saver_email or "",
        submitted_at=row.submitted_at,
        entry=Entry(row.entry),
        origin_id=row.origin_id,
        role=Role(row.role),
    )


def name_of(person: Person | None) -> str:
    """How colleagues call somebody: by name, else by address."""
    return (person.name or person.email) if person else ""


# Asked before every page of an application: made once.
_COLUMNS: tuple[Any, ...] = (
    col(Application.id),
    col(Application.cycle_id),
    label("cycle_code", col(Cycle.code)),
    label("cycle_name", col(Cycle.name)),
    col(Cycle.zone),
    col(Cycle.phase),
    col(Cycle.calendar),
    col(Cycle.template_id),
    col(Edition.year),
    col(Application.siret),
    col(Application.company),
    col(Application.category),
    col(Application.title),
    col(Application.status),
    col(Application.number),
    col(Application.version),
    col(Application.answers),
    col(Application.registry_facts),
    col(Application.complements_until),
    col(Application.extended_until),
    col(Application.saved_at),
    col(Application.submitted_at),
    col(Application.entry),
    col(Application.origin_id),
    col(Member.role),
    label("saver_name", col(Person.name)),
    label("saver_email", col(Person.email)),
)
_WORK = (
    select(*_COLUMNS)
    .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
    .join(Edition, col(Edition.id) == col(Cycle.edition_id))
    .join(Member, col(Member.application_id) == col(Application.id))
    .outerjoin(Person, col(Person.id) == col(Application.saved_by))
    .where(
        col(Application.id) == bindparam("application", type_=Uuid()),
        col(Member.person_id) == bindparam("person", type_=Uuid()),
    )
)
