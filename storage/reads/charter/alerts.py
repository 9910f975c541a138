"""Complaints as their authors and the companies read them, each without what is the other's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.alerts import AlertStep
from domain.charter.people import LEAD, SPEAKER
from storage.acts.charter.alert_letters import number_of
from storage.acts.charter.case import SIGNATORY
from storage.reads.charter.alert_matter import AT_MOST, Matter, matter_in, matters
from storage.reads.company import name_of
from storage.tables.charter import Adherence, AdherenceMember, Alert
from storage.tables.people import Person

# As long as nobody says that a complaint is admissible, the company hears nothing of it.
TOLD = frozenset(AlertStep) - {AlertStep.RECEIVED, AlertStep.INADMISSIBLE}
ANSWERING = (SIGNATORY, LEAD, SPEAKER)


@dataclass(frozen=True, slots=True)
class MyAlert:
    """A complaint in the list of its author: a number, whom it is about, where it stands."""

    id: UUID
    adherence_id: UUID
    company: str
    received_at: datetime
    step: AlertStep

    @property
    def number(self) -> str:
        """The number by which people speak of it."""
        return number_of(self.id)


async def my_alerts(session: AsyncSession, person_id: UUID) -> tuple[MyAlert, ...]:
    """The complaints that a person wrote, the newest first."""
    rows = await session.execute(
        _of_author(person_id).order_by(col(Alert.received_at).desc()).limit(AT_MOST)
    )
    return tuple(_mine(row) for row in rows)


async def my_alert(session: AsyncSession, person_id: UUID, alert_id: UUID) -> MyAlert | None:
    """One complaint, for whoever wrote it."""
    row = (await session.execute(_of_author(person_id).where(col(Alert.id) == alert_id))).first()
    return _mine(row) if row else None


async def told_of(session: AsyncSession, adherence_id: UUID) -> tuple[Matter, ...]:
    """The complaints of which a company was told, the newest first."""
    rows = await session.execute(
        matters()
        .where(col(Alert.adherence_id) == adherence_id, col(Alert.step).in_(TOLD))
        .order_by(col(Alert.received_at).desc())
        .limit(AT_MOST)
    )
    return tuple([await matter_in(session, row) for row in rows])


async def told(session: AsyncSession, adherence_id: UUID, alert_id: UUID) -> Matter | None:
    """One complaint of which a company was told."""
    query = matters().where(
        col(Alert.id) == alert_id,
        col(Alert.adherence_id) == adherence_id,
        col(Alert.step).in_(TOLD),
    )
    row = (await session.execute(query)).first()
    return await matter_in(session, row) if row else None


async def is_told(session: AsyncSession, adherence_id: UUID) -> bool:
    """Whether a company was ever told of a complaint."""
    query = select(
        exists().where(col(Alert.adherence_id) == adherence_id, col(Alert.step).in_(TOLD))
    )
    return bool(await session.scalar(query))


async def to_answer(session: AsyncSession, person_id: UUID) -> tuple[Matter, ...]:
    """The complaints that wait for a word of a person who may say it for its company."""
    mine = select(col(AdherenceMember.adherence_id)).where(
        col(AdherenceMember.person_id) == person_id,
        col(AdherenceMember.role).in_(ANSWERING),
    )
    rows = await session.execute(
        matters().where(
            col(Alert.adherence_id).in_(mine),
            col(Alert.step) == AlertStep.INQUIRY,
            col(Alert.replied_at).is_(None),
        )
    )
    return tuple([await matter_in(session, row) for row in rows])


async def members_named(session: AsyncSession, adherence_id: UUID) -> dict[UUID, str]:
    """Who is of the company, by name; whoever acts and is not is left unnamed."""
    rows = await session.execute(
        select(Person)
        .join(AdherenceMember, col(AdherenceMember.person_id) == col(Person.id))
        .where(col(AdherenceMember.adherence_id) == adherence_id)
    )
    return {person.id: name_of(person) for person in rows.scalars()}


def _of_author(person_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(
            col(Alert.id),
            col(Alert.adherence_id),
            col(Alert.received_at),
            col(Alert.step),
            col(Adherence.company),
        )
        .join(Adherence, col(Adherence.id) == col(Alert.adherence_id))
        .where(col(Alert.author_id) == person_id)
    )


def _mine(row: Row[Any]) -> MyAlert:
    return MyAlert(row.id, row.adherence_id, row.company, row.received_at, AlertStep(row.step))
