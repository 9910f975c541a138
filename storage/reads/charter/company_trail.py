"""What happened to an adherence: its journal, its people, what was signed, what was decided."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.wire import names
from storage.reads.company import name_of
from storage.tables.charter import AdherenceMember, Engagement, Review
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.records import JournalLine, Request

# An adherence leaves some ten lines a year; nobody reads more than this at once.
AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One change; ``who`` names a person of the company, and nobody else."""

    at: datetime
    act: str
    after: str
    reason: str
    who: str
    by_calendar: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed: when, by whom, with its fingerprint."""

    number: int
    fingerprint: str
    signed_at: datetime
    name: str
    function: str


async def trail_of(session: AsyncSession, adherence_id: UUID) -> tuple[Line, ...]:
    """The lines of its journal, the oldest first; the organiser stays unnamed."""
    people = dict(await _people(session, adherence_id))
    rows = await session.execute(
        select(JournalLine)
        .where(col(JournalLine.subject) == names.adherence_subject(str(adherence_id)))
        .order_by(col(JournalLine.id).desc())
        .limit(AT_MOST)
    )
    return tuple(
        Line(
            at=line.at,
            act=line.act,
            after=line.after,
            reason=line.reason,
            who=people.get(line.actor.removeprefix("person:"), ""),
            by_calendar=line.actor == "calendar",
        )
        for line in reversed(rows.scalars().all())
    )


async def signed_of(session: AsyncSession, adherence_id: UUID) -> tuple[Signed, ...]:
    """What the head signed, the last first, under the name that was signed."""
    rows = await session.execute(
        select(Engagement, Person, Request)
        .join(Person, col(Person.id) == col(Engagement.signed_by))
        .outerjoin(Request, col(Request.id) == col(Engagement.request_id))
        .where(col(Engagement.adherence_id) == adherence_id)
        .order_by(col(Engagement.number).desc())
    )
    return tuple(_signed(*row) for row in rows)


async def asked_of(session: AsyncSession, adherence_id: UUID, decision: str) -> str:
    """The reason of the last decision of that kind; empty when there was none."""
    found = await session.execute(
        select(col(Review.reason))
        .where(col(Review.adherence_id) == adherence_id, col(Review.decision) == decision)
        .order_by(col(Review.at).desc())
        .limit(1)
    )
    return found.scalar_one_or_none() or ""


async def last_asked(session: AsyncSession, adherence_id: UUID, kind: str) -> datetime | None:
    """When the last letter of that kind was planned about it."""
    found = await session.execute(
        select(func.max(col(Letter.planned_at))).where(
            col(Letter.subject) == names.adherence_subject(str(adherence_id)),
            col(Letter.kind) == kind,
        )
    )
    return found.scalar_one_or_none()


async def _people(session: AsyncSession, adherence_id: UUID) -> list[tuple[str, str]]:
    rows = await session.execute(
        select(Person)
        .join(AdherenceMember, col(AdherenceMember.person_id) == col(Person.id))
        .where(col(AdherenceMember.adherence_id) == adherence_id)
    )
    return [(str(person.id), name_of(person)) for person in rows.scalars()]


def _signed(engagement: Engagement, person: Person, request: Request | None) -> Signed:
    payload = request.payload if request else {}
    return Signed(
        number=engagement.number,
        fingerprint=engagement.fingerprint,
        signed_at=engagement.signed_at,
        name=str(payload.get("name") or name_of(person)),
        function=str(payload.get("function") or ""),
    )
