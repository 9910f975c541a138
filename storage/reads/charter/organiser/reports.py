"""The reports: those that wait for the organiser, the oldest first, and those of a campaign."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, literal, literal_column, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.situation import Step
from storage.charters import CHARTER, charter_by_id
from storage.reads.charter.organiser.ages import age_in_days
from storage.reads.charter.organiser.campaign import IS_DUE, Progress, in_progress, progress_of
from storage.tables.charter import Adherence, Report

PAGE = 50


@dataclass(frozen=True, slots=True)
class SoughtReport:
    """Which reports of a campaign: of that year, standing there, in that territory."""

    year: int
    progress: Progress | None = None
    territory: str = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list; ``age_days`` counts from its arrival, for one that waits."""

    id: UUID
    adherence_id: UUID
    company: str
    territory: str
    year: int
    step: Step
    missed: bool
    late: bool
    returned: bool
    level: str
    closes_at: datetime
    submitted_at: datetime | None
    return_until: datetime | None
    age_days: int
    promised_days: int

    @property
    def progress(self) -> Progress:
        """Where it stands in its campaign."""
        return progress_of(self.step, missed=self.missed)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Fifty reports, and the last of them when there are more."""

    lines: tuple[ReportLine, ...]
    last: UUID | None = None


async def reports_waiting(
    session: AsyncSession, now: datetime, after: UUID | None = None
) -> ReportPage:
    """The reports that were sent and not answered, the oldest first."""
    sent, identity = col(Report.submitted_at), col(Report.id)
    # Written out, so that PostgreSQL knows that the index of what waits answers it.
    query = _reports().where(col(Report.step) == literal_column(f"'{Step.SUBMITTED}'"))
    last = await session.get(Report, after) if after else None
    if last is not None and last.submitted_at is not None:
        query = query.where(
            tuple_(sent, identity) > tuple_(literal(last.submitted_at), literal(last.id))
        )
    return await _page(session, query.order_by(sent, identity), now)


async def reports_of(
    session: AsyncSession, sought: SoughtReport, now: datetime, after: UUID | None = None
) -> ReportPage:
    """The reports of a campaign, in the alphabetical order of the companies."""
    company, identity = col(Adherence.company), col(Adherence.id)
    query = _reports().where(col(Report.year) == sought.year, IS_DUE)
    if sought.progress is not None:
        query = query.where(in_progress(sought.progress))
    if sought.territory:
        query = query.where(col(Adherence.territory) == sought.territory)
    last = await session.get(Report, after) if after else None
    if last is not None:
        before = await session.get_one(Adherence, last.adherence_id)
        query = query.where(
            tuple_(company, identity) > tuple_(literal(before.company), literal(before.id))
        )
    return await _page(session, query.order_by(company, identity), now)


def _reports() -> Select[Report, Adherence]:
    return (
        select(Report, Adherence)
        .join(Adherence, col(Adherence.id) == col(Report.adherence_id))
        .where(col(Adherence.charter_code) == CHARTER)
    )


async def _page(
    session: AsyncSession, query: Select[Report, Adherence], now: datetime
) -> ReportPage:
    rows = (await session.execute(query.limit(PAGE + 1))).all()
    promised = {
        charter: (await charter_by_id(session, charter)).periods.report_tacit_days
        for charter in {adherence.charter_id for _, adherence in rows}
    }
    lines = tuple(
        _line(report, adherence, now, promised[adherence.charter_id])
        for report, adherence in rows[:PAGE]
    )
    return ReportPage(lines, lines[-1].id if len(rows) > PAGE else None)


def _line(report: Report, adherence: Adherence, now: datetime, promised: int) -> ReportLine:
    sent = report.submitted_at
    return ReportLine(
        id=report.id,
        adherence_id=adherence.id,
        company=adherence.company,
        territory=adherence.territory,
        year=report.year,
        step=Step(report.step),
        missed=report.missed,
        late=report.late,
        returned=report.returned,
        level=report.level,
        closes_at=report.closes_at,
        submitted_at=sent,
        return_until=report.return_until,
        age_days=age_in_days(sent, now, adherence.zone) if sent else 0,
        promised_days=promised,
    )
