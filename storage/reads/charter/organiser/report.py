"""One report as the organiser validates it: what was sent, last year's, and the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.situation import Step
from storage.reads.charter.organiser.file import Case, SignedEntry, case_of, last_signed
from storage.tables.charter import Evidence, Report, Review
from storage.tables.people import Person


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that supports an indicator."""

    id: UUID
    indicator: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class ReviewSaid:
    """A decision of the organiser, with its reason and who took it."""

    decision: str
    reason: str
    details: tuple[Mapping[str, Any], ...]
    by: str
    at: datetime
    report_id: UUID | None


@dataclass(frozen=True, slots=True)
class ReportRead:
    """A report; ``sent`` is None until the company sends it: a draft stays with its company."""

    id: UUID
    year: int
    step: Step
    closes_at: datetime
    submitted_at: datetime | None
    return_until: datetime | None
    returned: bool
    returned_reason: str
    extended: bool
    extension_reason: str
    late: bool
    missed: bool
    accepted_at: datetime | None
    level: str
    levels: Mapping[str, Any]
    fingerprint: str
    sent: Mapping[str, Any] | None
    case: Case
    signed: SignedEntry | None
    last_year: Mapping[str, Any]
    evidence: tuple[EvidenceFile, ...]
    reviews: tuple[ReviewSaid, ...]

    @property
    def is_latest(self) -> bool:
        """Whether acts on the adherence are about this report."""
        due = self.case.situation.report
        return due is not None and due.year == self.year


async def report_of(session: AsyncSession, report_id: UUID) -> ReportRead | None:
    """The report, or nothing."""
    row = await session.get(Report, report_id)
    case = await case_of(session, row.adherence_id) if row else None
    if row is None or case is None:
        return None
    return ReportRead(
        id=row.id,
        year=row.year,
        step=Step(row.step),
        closes_at=row.closes_at,
        submitted_at=row.submitted_at,
        return_until=row.return_until,
        returned=row.returned,
        returned_reason=row.returned_reason,
        extended=row.extended,
        extension_reason=row.extension_reason,
        late=row.late,
        missed=row.missed,
        accepted_at=row.accepted_at,
        level=row.level,
        levels=row.levels,
        fingerprint=row.fingerprint,
        sent=row.sent,
        case=case,
        signed=await last_signed(session, row.adherence_id, row.submitted_at),
        last_year=await _sent_before(session, row),
        evidence=await _evidence(session, row),
        reviews=await reviews_of(session, row.adherence_id, row.id),
    )


async def evidence_in(
    session: AsyncSession, report_id: UUID, evidence_id: UUID
) -> EvidenceFile | None:
    """A file of what was sent, or nothing."""
    report = await session.get(Report, report_id)
    if report is None:
        return None
    found = await session.execute(
        select(Evidence).where(col(Evidence.id) == evidence_id, _was_sent_with(report))
    )
    row = found.scalar_one_or_none()
    return _file(row) if row else None


async def reviews_of(
    session: AsyncSession, adherence_id: UUID, report_id: UUID | None = None
) -> tuple[ReviewSaid, ...]:
    """The organiser's decisions on an adherence, or on one of its reports, the last first."""
    query = (
        select(Review, Person)
        .join(Person, col(Person.id) == col(Review.by_person))
        .where(col(Review.adherence_id) == adherence_id)
    )
    if report_id is not None:
        query = query.where(col(Review.report_id) == report_id)
    rows = await session.execute(query.order_by(col(Review.at).desc()).limit(100))
    return tuple(
        ReviewSaid(
            decision=review.decision,
            reason=review.reason,
            details=tuple(review.details),
            by=person.name or person.email,
            at=review.at,
            report_id=review.report_id,
        )
        for review, person in rows
    )


async def _sent_before(session: AsyncSession, report: Report) -> Mapping[str, Any]:
    found = await session.execute(
        select(col(Report.sent))
        .where(
            col(Report.adherence_id) == report.adherence_id,
            col(Report.year) == report.year - 1,
            col(Report.sent).is_not(None),
        )
        .limit(1)
    )
    return found.scalar_one_or_none() or {}


async def _evidence(session: AsyncSession, report: Report) -> tuple[EvidenceFile, ...]:
    if report.sent is None:
        return ()
    rows = await session.execute(
        select(Evidence)
        .where(_was_sent_with(report))
        .order_by(col(Evidence.indicator), col(Evidence.added_at), col(Evidence.id))
    )
    return tuple(map(_file, rows.scalars()))


def _was_sent_with(report: Report) -> ColumnElement[bool]:
    """What was joined when the report left; the draft that follows a return is not looked at."""
    sent = report.submitted_at
    return (
        (col(Evidence.report_id) == report.id)
        & (col(Evidence.added_at) <= sent)
        & or_(col(Evidence.removed_at).is_(None), col(Evidence.removed_at) > sent)
    )


def _file(row: Evidence) -> EvidenceFile:
    return EvidenceFile(row.id, row.indicator, row.name, row.media_type, row.size)
