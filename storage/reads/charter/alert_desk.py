"""Complaints as the organiser reads them; never those about a company that is the reader's own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.alerts import AlertAct, AlertStep
from storage.reads.charter.alert_evidence import AlertFile, evidence_of
from storage.reads.charter.alert_matter import Matter, Turn, matter_in, matters, turns_of
from storage.tables.charter import AdherenceMember, Alert
from storage.tables.people import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueuedAlert:
    """A complaint in the list."""

    matter: Matter
    subject: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AlertQueue:
    """Fifty complaints, the last of them when there are more, and how many are at each step."""

    lines: tuple[QueuedAlert, ...]
    counts: Mapping[AlertStep, int]
    last: UUID | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint whole: the words of its author, who wrote them, and everything that happened."""

    matter: Matter
    subject: str
    facts: str
    received_at: datetime
    author_name: str
    author_email: str
    readers: int
    turns: tuple[Turn, ...]
    people: Mapping[UUID, str]
    evidence: Mapping[AlertAct, tuple[AlertFile, ...]]

    @property
    def author(self) -> tuple[str, ...]:
        """What names the author, and that nobody else may read."""
        return tuple(name for name in (self.author_name, self.author_email) if name)


async def queue_of_alerts(
    session: AsyncSession, reader: UUID, steps: Collection[AlertStep], after: UUID | None = None
) -> AlertQueue:
    """The complaints at those steps that came after that one, or the oldest."""
    came, identity = col(Alert.received_at), col(Alert.id)
    query = (
        matters()
        .add_columns(col(Alert.subject), came)
        .where(col(Alert.step).in_(steps), ~_own(reader))
    )
    last = await session.get(Alert, after) if after else None
    if last is not None:
        query = query.where(
            tuple_(came, identity) > tuple_(literal(last.received_at), literal(last.id))
        )
    rows = (await session.execute(query.order_by(came, identity).limit(PAGE + 1))).all()
    lines = tuple(
        [
            QueuedAlert(await matter_in(session, row), row.subject, row.received_at)
            for row in rows[:PAGE]
        ]
    )
    return AlertQueue(
        lines, await _counts(session, reader), lines[-1].matter.id if len(rows) > PAGE else None
    )


async def complaint_of(session: AsyncSession, alert_id: UUID) -> Complaint | None:
    """The complaint, or nothing."""
    query = matters().add_columns(
        col(Alert.subject),
        col(Alert.facts),
        col(Alert.received_at),
        col(Alert.author_id),
        _members().label("readers"),
    )
    row = (await session.execute(query.where(col(Alert.id) == alert_id))).first()
    if row is None:
        return None
    turns = await turns_of(session, alert_id)
    actors = {turn.actor for turn in turns if turn.actor}
    people = await _people(session, actors | ({row.author_id} if row.author_id else set()))
    author = people.get(row.author_id)
    return Complaint(
        matter=await matter_in(session, row),
        subject=row.subject,
        facts=row.facts,
        received_at=row.received_at,
        author_name=author.name if author else "",
        author_email=author.email if author else "",
        readers=row.readers,
        turns=turns,
        people={each: person.name or person.email for each, person in people.items()},
        evidence=await evidence_of(session, alert_id),
    )


async def is_own(session: AsyncSession, reader: UUID, alert_id: UUID) -> bool:
    """Whether the complaint is about a company of which the reader is."""
    query = select(exists().where(col(Alert.id) == alert_id, _own(reader)))
    return bool(await session.scalar(query))


def _own(reader: UUID) -> ColumnElement[bool]:
    return (
        select(col(AdherenceMember.id))
        .where(
            col(AdherenceMember.adherence_id) == col(Alert.adherence_id),
            col(AdherenceMember.person_id) == reader,
        )
        .exists()
    )


def _members() -> ColumnElement[int]:
    return (
        select(func.count(col(AdherenceMember.person_id).distinct()))
        .where(col(AdherenceMember.adherence_id) == col(Alert.adherence_id))
        .correlate(Alert)
        .scalar_subquery()
    )


async def _counts(session: AsyncSession, reader: UUID) -> dict[AlertStep, int]:
    rows = await session.execute(
        select(col(Alert.step), func.count()).where(~_own(reader)).group_by(col(Alert.step))
    )
    return {AlertStep(step): count for step, count in rows}


async def _people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Person]:
    rows = await session.execute(select(Person).where(col(Person.id).in_(ids)))
    return {person.id: person for person in rows.scalars()}
