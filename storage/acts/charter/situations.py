"""An adherence's row and its last report, read as a situation and written back."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.situation import Report as ReportDue
from domain.charter.situation import Situation, Step
from domain.charter.states import ENDED, State
from domain.civil import Area
from storage.tables.charter import Adherence, Report


async def last_report(session: AsyncSession, adherence: Adherence) -> Report | None:
    """The report of the latest window that has opened."""
    found = await session.execute(
        select(Report)
        .where(col(Report.adherence_id) == adherence.id)
        .order_by(col(Report.year).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


def situation_of(adherence: Adherence, report: Report | None) -> Situation:
    """The situation that the rows describe."""
    return Situation(
        state=State(adherence.state),
        since=adherence.since,
        zone=adherence.zone,
        area=Area(adherence.area),
        accepted_on=adherence.accepted_on,
        term_on=adherence.term_on,
        complements_until=adherence.complements_until,
        report=_due(report) if report else None,
        missed_on=adherence.missed_on,
        expired_on=adherence.expired_on,
        suspended_on=adherence.suspended_on,
        ceased_on=adherence.ceased_on,
    )


def write_back(
    adherence: Adherence, report: Report | None, situation: Situation, today: date
) -> Report | None:
    """Put the rows in the situation; answers the report, a new one when a window has opened."""
    adherence.state = situation.state
    adherence.since = situation.since
    adherence.accepted_on = situation.accepted_on
    adherence.term_on = situation.term_on
    adherence.complements_until = situation.complements_until
    adherence.missed_on = situation.missed_on
    adherence.expired_on = situation.expired_on
    adherence.suspended_on = situation.suspended_on
    adherence.ceased_on = situation.ceased_on
    if situation.state in ENDED and adherence.ended_on is None:
        adherence.ended_on = today
    return _written(adherence, report, situation)


def _written(adherence: Adherence, row: Report | None, situation: Situation) -> Report | None:
    due = situation.report
    if due is None:
        return row
    if row is None or row.year != due.year:
        row = Report(adherence_id=adherence.id, year=due.year, closes_at=due.closes_at)
    row.step = due.step
    row.closes_at = due.closes_at
    row.submitted_at = due.submitted_at
    row.return_until = due.return_until
    row.returned = due.returned
    row.extended = due.extended
    row.late = due.late
    row.missed = row.missed or situation.missed_on is not None
    return row


def _due(report: Report) -> ReportDue:
    return ReportDue(
        year=report.year,
        step=Step(report.step),
        closes_at=report.closes_at,
        submitted_at=report.submitted_at,
        return_until=report.return_until,
        returned=report.returned,
        extended=report.extended,
        late=report.late,
    )
