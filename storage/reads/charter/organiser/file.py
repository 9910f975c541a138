"""One file as the organiser reads it: what was signed, what the register says, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.entry import Entry, entry_from
from domain.charter.situation import Situation
from domain.charter.states import State
from domain.wire import names
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.reads.charter.report import OwedReport, owed_on
from storage.reads.organiser.journal import Trace, journal_of
from storage.tables.charter import Adherence, Engagement
from storage.tables.people import Person
from storage.tables.records import Request


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """What was signed last: by whom, when, and its fingerprint."""

    number: int
    entry: Entry
    fingerprint: str
    signed_at: datetime
    name: str
    function: str


@dataclass(frozen=True, slots=True)
class Case:
    """An adherence with its rules and its situation: what every page about one needs."""

    id: UUID
    workflow: str
    charter: CharterDocument
    siret: str
    siren: str
    company: str
    territory: str
    zone: str
    size: str
    size_declared: bool
    registry: Mapping[str, Any] | None
    situation: Situation
    verification_code: str
    successor_siret: str | None
    lateness: int
    public_reason: str
    ended_on: date | None
    created_at: datetime

    @property
    def state(self) -> State:
        """The state that people read."""
        return self.situation.state


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file to review: the case, what was signed, and its journal."""

    case: Case
    signed: SignedEntry | None
    history: tuple[Trace, ...]
    owed: OwedReport | None = None


async def case_of(session: AsyncSession, adherence_id: UUID) -> Case | None:
    """The adherence, or nothing."""
    adherence = await session.get(Adherence, adherence_id)
    if adherence is None:
        return None
    report = await last_report(session, adherence)
    return Case(
        id=adherence.id,
        workflow=adherence.workflow,
        charter=await charter_by_id(session, adherence.charter_id),
        siret=adherence.siret,
        siren=adherence.siren,
        company=adherence.company,
        territory=adherence.territory,
        zone=adherence.zone,
        size=adherence.size,
        size_declared=adherence.size_declared,
        registry=adherence.registry_facts,
        situation=situation_of(adherence, report),
        verification_code=adherence.verification_code,
        successor_siret=adherence.successor_siret,
        lateness=adherence.lateness,
        public_reason=adherence.public_reason,
        ended_on=adherence.ended_on,
        created_at=adherence.created_at,
    )


async def file_of(session: AsyncSession, adherence_id: UUID) -> FileRead | None:
    """The file, or nothing."""
    case = await case_of(session, adherence_id)
    if case is None:
        return None
    history = await journal_of(session, names.adherence_subject(str(adherence_id)))
    signed = await last_signed(session, adherence_id)
    return FileRead(case, signed, history, await owed_on(session, adherence_id))


async def last_signed(
    session: AsyncSession, adherence_id: UUID, by: datetime | None = None
) -> SignedEntry | None:
    """What the head signed last, by that instant if one is given; nothing before the first."""
    query = (
        select(Engagement, Person, Request)
        .join(Person, col(Person.id) == col(Engagement.signed_by))
        .outerjoin(Request, col(Request.id) == col(Engagement.request_id))
        .where(col(Engagement.adherence_id) == adherence_id)
    )
    if by is not None:
        query = query.where(col(Engagement.signed_at) <= by)
    found = await session.execute(query.order_by(col(Engagement.number).desc()).limit(1))
    row = found.one_or_none()
    if row is None:
        return None
    engagement, person, request = row
    said: Mapping[str, Any] = request.payload if request else {}
    return SignedEntry(
        number=engagement.number,
        entry=entry_from(engagement.entry),
        fingerprint=engagement.fingerprint,
        signed_at=engagement.signed_at,
        name=str(said.get("name") or person.name or person.email),
        function=str(said.get("function") or ""),
    )
