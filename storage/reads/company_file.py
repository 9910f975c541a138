"""What surrounds an application: its files, its people, what was sent and what was decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act
from domain.members import Role
from domain.refusals import Refusal
from storage.database import Executor
from storage.reads.company import name_of
from storage.reads.company_waiting import SENT
from storage.requests import refusal_of
from storage.tables.applications import ApplicationVersion, Attachment, Member, Screening
from storage.tables.people import Person
from storage.tables.records import Request

# Whoever opened the application comes first, then in the order of what one may do.
_RANKS = tuple(Role)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the company who works on the application."""

    member_id: UUID
    person_id: UUID
    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """A file joined to the draft."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A version that was sent, with who signed it."""

    version: int
    answers: dict[str, Any]
    attachments: tuple[dict[str, Any], ...]
    partner: dict[str, Any] | None
    fingerprint: str
    arrived_at: datetime
    in_tolerance: bool
    sent_by: str
    signatory: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the organiser, with its reason and the rules that it names."""

    decision: str
    rules: tuple[str, ...]
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LastAsk:
    """What the company asked last: it waits for the engine, or was done, or refused."""

    act: Act
    arrived_at: datetime
    is_waiting: bool
    refusal: Refusal | None


async def colleagues_on(session: AsyncSession, application_id: UUID) -> tuple[Colleague, ...]:
    """Who works on the application, the owner first."""
    rows = await session.execute(
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(col(Member.application_id) == application_id)
    )
    found = (
        Colleague(member.id, person.id, name_of(person), person.email, Role(member.role))
        for member, person in rows
    )
    return tuple(sorted(found, key=lambda each: (_RANKS.index(each.role), each.name.casefold())))


async def files_of(session: AsyncSession, application_id: UUID) -> tuple[JoinedFile, ...]:
    """The files joined at this moment, in the order in which they came."""
    rows = await session.execute(
        select(Attachment)
        .where(
            col(Attachment.application_id) == application_id,
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.added_at), col(Attachment.id))
    )
    return tuple(
        JoinedFile(row.id, row.name, row.media_type, row.size, row.sha256, row.added_at)
        for row in rows.scalars()
    )


async def versions_of(session: AsyncSession, application_id: UUID) -> tuple[Sent, ...]:
    """What was sent, the latest first."""
    rows = await session.execute(
        select(ApplicationVersion, Person, Request)
        .join(Person, col(Person.id) == col(ApplicationVersion.by_person))
        .outerjoin(Request, col(Request.id) == col(ApplicationVersion.request_id))
        .where(col(ApplicationVersion.application_id) == application_id)
        .order_by(col(ApplicationVersion.version).desc())
    )
    return tuple(_sent(*row) for row in rows)


def _sent(version: ApplicationVersion, person: Person, request: Request | None) -> Sent:
    return Sent(
        version=version.version,
        answers=version.answers,
        attachments=tuple(version.attachments),
        partner=version.partner,
        fingerprint=version.fingerprint,
        arrived_at=version.arrived_at,
        in_tolerance=version.in_tolerance,
        sent_by=name_of(person),
        category=version.category,
        signatory=str(request.payload.get("signatory", "")) if request else "",
    )


async def decisions_on(session: AsyncSession, application_id: UUID) -> tuple[Decided, ...]:
    """What the organiser decided, the latest first."""
    rows = await session.execute(
        select(Screening)
        .where(col(Screening.application_id) == application_id)
        .order_by(col(Screening.at).desc())
    )
    return tuple(
        Decided(row.decision, tuple(row.rules), row.reason, row.at) for row in rows.scalars()
    )


async def last_ask_of(session: AsyncSession, application_id: UUID) -> LastAsk | None:
    """What the company asked last, whether it waits or had its answer."""
    found = await session.execute(
        select(Request)
        .where(
            col(Request.subject) == f"application:{application_id}",
            col(Request.kind).in_(SENT),
        )
        .order_by(col(Request.arrived_at).desc())
        .limit(1)
    )
    row = found.scalar_one_or_none()
    if row is None:
        return None
    return LastAsk(Act(row.kind), row.arrived_at, not row.settled, refusal_of(row))


async def was_settled(executor: Executor, request_id: UUID) -> bool:
    """Whether a request of that id was made and done."""
    found = await executor.execute(_SETTLED, {"request": request_id})
    return found.scalar_one_or_none() is True


_SETTLED = select(col(Request.settled)).where(col(Request.id) == bindparam("request", type_=Uuid()))


def has_unsent_changes(
    answers: dict[str, Any], versions: tuple[Sent, ...], files: tuple[JoinedFile, ...]
) -> bool:
    """Whether the draft has moved since the latest version was sent."""
    if not versions:
        return True
    sent = {str(file.get("id")) for file in versions[0].attachments}
    return answers != _of_company(versions[0]) or sent != {str(file.id) for file in files}


def _of_company(sent: Sent) -> dict[str, Any]:
    """The answers that the company wrote, without those of its partner."""
    of_partner = set((sent.partner or {}).get("answers", []))
    return {code: answer for code, answer in sent.answers.items() if code not in of_partner}
