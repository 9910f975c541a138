"""An adherence as somebody of the company works on it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.entry import Entry, entry_from
from domain.charter.sheet import sheet_of
from domain.charter.situation import Situation
from domain.charter.sizes import Size
from domain.charter.states import State
from domain.registry import UNREACHABLE, RegistryFacts
from storage.acts.charter.entry import fingerprint_of
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.reads.charter.report import OwedReport, owed_on
from storage.reads.company import name_of
from storage.tables.charter import Adherence, AdherenceMember
from storage.tables.people import Person


@dataclass(frozen=True, slots=True)
class File:
    """One adherence with everything that its company may see, and the reader's own roles."""

    id: UUID
    workflow: str
    charter: CharterDocument
    siret: str
    siren: str
    company: str
    register: RegistryFacts
    zone: str
    size: Size | None
    size_declared: bool
    entry: Entry
    diagnosis: dict[str, str]
    fingerprint: str
    situation: Situation
    verification_code: str
    successor_siret: str | None
    ended_on: date | None
    created_at: datetime
    saved_at: datetime | None
    saved_by: str
    roles: frozenset[str]
    owed: OwedReport | None = None
    for_fault: bool = False

    @property
    def state(self) -> State:
        """The state that people read."""
        return self.situation.state

    @property
    def sheet(self) -> dict[str, object]:
        """Everything that was typed, by the names of the boxes."""
        size = self.size.value if self.size else ""
        return sheet_of(self.entry, self.diagnosis, size)


async def file_on(session: AsyncSession, adherence_id: UUID, person_id: UUID) -> File | None:
    """The adherence, for somebody who has a role in it; None for anybody else."""
    roles = (
        select(func.array_agg(col(AdherenceMember.role)))
        .where(
            col(AdherenceMember.adherence_id) == col(Adherence.id),
            col(AdherenceMember.person_id) == person_id,
        )
        .scalar_subquery()
    )
    found = await session.execute(
        select(Adherence, Person, roles)
        .outerjoin(Person, col(Person.id) == col(Adherence.saved_by))
        .where(col(Adherence.id) == adherence_id)
    )
    row = found.one_or_none()
    if row is None or not row[2]:
        return None
    adherence, saver, held = row
    report = await last_report(session, adherence)
    charter = await charter_by_id(session, adherence.charter_id)
    file = _file(adherence, charter, situation_of(adherence, report), saver, frozenset(held))
    return replace(file, owed=await owed_on(session, adherence.id))


def _file(
    adherence: Adherence,
    charter: CharterDocument,
    situation: Situation,
    saver: Person | None,
    roles: frozenset[str],
) -> File:
    facts = adherence.registry_facts
    return File(
        id=adherence.id,
        workflow=adherence.workflow,
        charter=charter,
        siret=adherence.siret,
        siren=adherence.siren,
        company=adherence.company,
        register=RegistryFacts.from_document(facts) if facts else UNREACHABLE,
        zone=adherence.zone,
        size=Size(adherence.size) if adherence.size else None,
        size_declared=adherence.size_declared,
        entry=entry_from(adherence.entry),
        diagnosis={code: str(answer) for code, answer in adherence.self_diagnosis.items()},
        fingerprint=fingerprint_of(adherence),
        situation=situation,
        verification_code=adherence.verification_code,
        successor_siret=adherence.successor_siret,
        ended_on=adherence.ended_on,
        created_at=adherence.created_at,
        saved_at=adherence.saved_at,
        saved_by=name_of(saver),
        roles=roles,
        for_fault=adherence.for_fault,
    )
