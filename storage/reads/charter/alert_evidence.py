"""The files that support what a company answered to a complaint, and who of it may answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.alerts import AlertAct
from storage.reads.company import name_of
from storage.tables.charter import AdherenceMember
from storage.tables.complaints import AlertEvidence
from storage.tables.people import Person


@dataclass(frozen=True, slots=True)
class AlertFile:
    """A file that was sent with a reply or an appeal."""

    id: UUID
    name: str
    media_type: str
    size: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the company, and the roles that they hold."""

    id: UUID
    name: str
    roles: frozenset[str]


async def evidence_of(
    session: AsyncSession, alert_id: UUID
) -> Mapping[AlertAct, tuple[AlertFile, ...]]:
    """What was sent, by what it supports, in the order in which it was joined."""
    rows = await session.scalars(
        select(AlertEvidence)
        .where(col(AlertEvidence.alert_id) == alert_id, col(AlertEvidence.sent_at).is_not(None))
        .order_by(col(AlertEvidence.added_at), col(AlertEvidence.id))
    )
    found: dict[AlertAct, tuple[AlertFile, ...]] = {}
    for row in rows:
        part, file = AlertAct(row.part), _file(row)
        found[part] = (*found.get(part, ()), *((file,) if file else ()))
    return found


async def evidence_in(session: AsyncSession, alert_id: UUID, evidence_id: UUID) -> AlertFile | None:
    """One file that was sent about that complaint, or nothing."""
    row = await session.get(AlertEvidence, evidence_id)
    return _file(row) if row and row.alert_id == alert_id else None


async def colleagues_of(session: AsyncSession, adherence_id: UUID) -> tuple[Colleague, ...]:
    """Everybody of the company, by name."""
    rows = await session.execute(
        select(Person, col(AdherenceMember.role))
        .join(AdherenceMember, col(AdherenceMember.person_id) == col(Person.id))
        .where(col(AdherenceMember.adherence_id) == adherence_id)
    )
    people: dict[UUID, tuple[str, set[str]]] = {}
    for person, role in rows:
        people.setdefault(person.id, (name_of(person), set()))[1].add(role)
    found = [Colleague(each, name, frozenset(roles)) for each, (name, roles) in people.items()]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), str(each.id))))


def _file(row: AlertEvidence) -> AlertFile | None:
    if row.sent_at is None:
        return None
    return AlertFile(row.id, row.name, row.media_type, row.size, row.sent_at)
