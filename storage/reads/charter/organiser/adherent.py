"""One adherent: its years, its people, its letters, its complaints, and what happened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.situation import Step
from domain.wire import names
from storage.ledger import LetterState
from storage.reads.charter.organiser.campaign import Progress, progress_of
from storage.reads.charter.organiser.file import Case, case_of
from storage.reads.charter.organiser.report import ReviewSaid, reviews_of
from storage.reads.organiser.application import LetterAbout
from storage.reads.organiser.journal import Trace, journal_of
from storage.tables.charter import AdherenceMember, Alert, Report
from storage.tables.letters import Letter
from storage.tables.people import Person

MOST = 100


@dataclass(frozen=True, slots=True)
class YearReported:
    """The report of one year, in one line."""

    id: UUID
    year: int
    step: Step
    closes_at: datetime
    submitted_at: datetime | None
    late: bool
    missed: bool
    level: str

    @property
    def progress(self) -> Progress:
        """Where it stands in its campaign."""
        return progress_of(self.step, missed=self.missed)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody of the company, and the part that they play."""

    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about the adherent: its step, never who wrote it."""

    id: UUID
    step: str
    received_at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class AdherentRead:
    """Everything that the organiser reads about one adherent."""

    case: Case
    history: tuple[Trace, ...]
    reports: tuple[YearReported, ...]
    letters: tuple[LetterAbout, ...]
    people: tuple[Seat, ...]
    complaints: tuple[Complaint, ...]
    reviews: tuple[ReviewSaid, ...]


async def adherent_of(
    session: AsyncSession, adherence_id: UUID, reader: UUID
) -> AdherentRead | None:
    """The adherent, or nothing; of the complaints about it, nothing to who is of the company."""
    case = await case_of(session, adherence_id)
    if case is None:
        return None
    subject = names.adherence_subject(str(adherence_id))
    return AdherentRead(
        case=case,
        history=await journal_of(session, subject, most=200),
        reports=await _reports(session, adherence_id),
        letters=await _letters(session, subject),
        people=await _people(session, adherence_id),
        complaints=await _complaints(session, adherence_id, reader),
        reviews=await reviews_of(session, adherence_id),
    )


async def _reports(session: AsyncSession, adherence_id: UUID) -> tuple[YearReported, ...]:
    rows = await session.execute(
        select(Report)
        .where(col(Report.adherence_id) == adherence_id)
        .order_by(col(Report.year).desc())
    )
    return tuple(
        YearReported(
            id=row.id,
            year=row.year,
            step=Step(row.step),
            closes_at=row.closes_at,
            submitted_at=row.submitted_at,
            late=row.late,
            missed=row.missed,
            level=row.level,
        )
        for row in rows.scalars()
    )


async def _letters(session: AsyncSession, subject: str) -> tuple[LetterAbout, ...]:
    rows = await session.execute(
        select(Letter)
        .where(col(Letter.subject) == subject)
        .order_by(col(Letter.planned_at).desc(), col(Letter.id))
        .limit(MOST)
    )
    return tuple(
        LetterAbout(row.id, row.kind, LetterState(row.state), row.planned_at, row.sent_at)
        for row in rows.scalars()
    )


async def _people(session: AsyncSession, adherence_id: UUID) -> tuple[Seat, ...]:
    rows = await session.execute(
        select(Person, col(AdherenceMember.role))
        .join(AdherenceMember, col(AdherenceMember.person_id) == col(Person.id))
        .where(col(AdherenceMember.adherence_id) == adherence_id)
        .order_by(col(Person.email), col(AdherenceMember.role))
    )
    return tuple(Seat(person.name, person.email, role) for person, role in rows)


def is_of(reader: UUID, adherence_id: UUID) -> ColumnElement[bool]:
    """Whether somebody has a role in that company."""
    return (
        select(col(AdherenceMember.id))
        .where(
            col(AdherenceMember.adherence_id) == adherence_id,
            col(AdherenceMember.person_id) == reader,
        )
        .exists()
    )


async def _complaints(
    session: AsyncSession, adherence_id: UUID, reader: UUID
) -> tuple[Complaint, ...]:
    rows = await session.execute(
        select(col(Alert.id), col(Alert.step), col(Alert.received_at), col(Alert.until))
        .where(col(Alert.adherence_id) == adherence_id, ~is_of(reader, adherence_id))
        .order_by(col(Alert.received_at).desc())
        .limit(MOST)
    )
    return tuple(Complaint(*row) for row in rows)
