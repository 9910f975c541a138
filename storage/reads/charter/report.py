"""The yearly reports of an adherence, as its company writes and reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.entry import Entry, entry_from
from domain.charter.gaps import Gap
from domain.charter.situation import Step
from storage.acts.charter.owed import owed_gaps, owed_report, promised
from storage.acts.charter.reports import fingerprint_of_report
from storage.drafts.adherence_report import answers_before, answers_to_write
from storage.reads.company import name_of
from storage.tables.charter import Adherence, AdherenceMember, Engagement, Evidence, Report
from storage.tables.people import Person

SENT = frozenset({Step.SUBMITTED, Step.ACCEPTED})


class Signatory(Protocol):
    """What is read here of the adherence whose report it is."""

    @property
    def id(self) -> UUID: ...  # noqa: D102

    @property
    def siret(self) -> str: ...  # noqa: D102

    @property
    def entry(self) -> Entry: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class EvidenceJoined:
    """A file that supports an indicator."""

    id: UUID
    indicator: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """The report of one year, with what was signed and what was told the year before.

    ``answers`` is the draft while it may be written, then what was sent.
    """

    id: UUID
    year: int
    step: Step
    closes_at: datetime
    answers: Mapping[str, object]
    before: Mapping[str, object]
    entry: Entry
    fingerprint: str
    submitted_at: datetime | None
    submitted_by: str
    return_until: datetime | None
    returned_reason: str
    extended: bool
    extension_reason: str
    late: bool
    missed: bool
    accepted_at: datetime | None
    level: str
    evidence: tuple[EvidenceJoined, ...]

    @property
    def is_sent(self) -> bool:
        """Whether it lies with the organiser, or was accepted."""
        return self.step in SENT


@dataclass(frozen=True, slots=True)
class OwedReport:
    """A report that was never handed in, under the charter that the company had signed then."""

    charter: CharterDocument
    report: YearlyReport

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What it still lacks."""
        report = self.report
        return owed_gaps(self.charter, report.entry, report.answers, report.year)


@dataclass(frozen=True, slots=True)
class YearTold:
    """One year in the list of reports."""

    year: int
    step: Step
    late: bool
    missed: bool
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants which file of which report."""

    adherence_id: UUID
    year: int
    evidence_id: UUID
    person_id: UUID


async def report_on(session: AsyncSession, file: Signatory, year: int) -> YearlyReport | None:
    """The report of a year, once its window has opened; None otherwise."""
    found = await session.execute(
        select(Report, Person)
        .outerjoin(Person, col(Person.id) == col(Report.submitted_by))
        .where(col(Report.adherence_id) == file.id, col(Report.year) == year)
    )
    pair = found.one_or_none()
    if pair is None:
        return None
    row, sender = pair
    is_sent = Step(row.step) in SENT
    entry = await _signed(session, file, row.submitted_at if is_sent else None)
    return await _yearly(session, file.siret, row, entry, name_of(sender))


async def owed_on(session: AsyncSession, adherence_id: UUID) -> "OwedReport | None":
    """The report that a file has to bring after a removal for silence, if there is one."""
    row = await owed_report(session, adherence_id)
    if row is None:
        return None
    charter, entry = await promised(session, row)
    before = await session.get_one(Adherence, row.adherence_id)
    return OwedReport(charter, await _yearly(session, before.siret, row, entry, ""))


async def _yearly(
    session: AsyncSession, siret: str, row: Report, entry: Entry, sender: str
) -> YearlyReport:
    is_sent = Step(row.step) in SENT
    answers = (row.sent or {}) if is_sent else await answers_to_write(session, row)
    return YearlyReport(
        id=row.id,
        year=row.year,
        step=Step(row.step),
        closes_at=row.closes_at,
        answers=answers,
        before=await answers_before(session, row),
        entry=entry,
        fingerprint=row.fingerprint if is_sent else fingerprint_of_report(siret, row.year, answers),
        submitted_at=row.submitted_at,
        submitted_by=sender,
        return_until=row.return_until,
        returned_reason=row.returned_reason,
        extended=row.extended,
        extension_reason=row.extension_reason,
        late=row.late,
        missed=row.missed,
        accepted_at=row.accepted_at,
        level=row.level,
        evidence=await _evidence(session, row.id),
    )


async def years_of(session: AsyncSession, adherence_id: UUID) -> tuple[YearTold, ...]:
    """Every year of which a report was due, the last first."""
    rows = await session.execute(
        select(Report)
        .where(col(Report.adherence_id) == adherence_id)
        .order_by(col(Report.year).desc())
    )
    return tuple(
        YearTold(row.year, Step(row.step), row.late, row.missed, row.submitted_at)
        for row in rows.scalars()
    )


async def evidence_for(session: AsyncSession, wanted: Wanted) -> EvidenceJoined | None:
    """A file of the company, for somebody who has a role in its adherence."""
    is_theirs = select(col(AdherenceMember.id)).where(
        col(AdherenceMember.adherence_id) == wanted.adherence_id,
        col(AdherenceMember.person_id) == wanted.person_id,
    )
    row = await session.scalar(
        select(Evidence)
        .join(Report, col(Report.id) == col(Evidence.report_id))
        .where(
            col(Evidence.id) == wanted.evidence_id,
            col(Evidence.adherence_id) == wanted.adherence_id,
            col(Evidence.removed_at).is_(None),
            col(Report.year) == wanted.year,
            is_theirs.exists(),
        )
    )
    return _joined(row) if row else None


async def _signed(session: AsyncSession, file: Signatory, by: datetime | None) -> Entry:
    """What was signed last, by that instant if one is given: what a report answers for."""
    query = select(col(Engagement.entry)).where(col(Engagement.adherence_id) == file.id)
    if by is not None:
        query = query.where(col(Engagement.signed_at) <= by)
    entry = await session.scalar(query.order_by(col(Engagement.number).desc()).limit(1))
    return entry_from(entry) if entry else file.entry


async def _evidence(session: AsyncSession, report_id: UUID) -> tuple[EvidenceJoined, ...]:
    rows = await session.execute(
        select(Evidence)
        .where(col(Evidence.report_id) == report_id, col(Evidence.removed_at).is_(None))
        .order_by(col(Evidence.added_at), col(Evidence.id))
    )
    return tuple(_joined(row) for row in rows.scalars())


def _joined(row: Evidence) -> EvidenceJoined:
    return EvidenceJoined(row.id, row.indicator, row.name, row.media_type, row.size)
