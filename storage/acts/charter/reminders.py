"""The letters that only remind: written if what they say is still true."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.dates import days_later, deadline, months_after
from domain.charter.states import ALLOWED, Act
from domain.charter.timetable import Due, Timer
from storage.acts.charter.case import (
    ACCOUNTABLE,
    SIGNATORY,
    AdherenceCase,
    write,
    write_to_organisers,
)
from storage.acts.charter.said import falls_at
from storage.tables.charter import Review

# A reminder that could not leave on its day says nothing true any more.
STALE = timedelta(days=3)

Remind = Callable[[AsyncSession, AdherenceCase, Due], Awaitable[None]]


async def remind(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    """Plan the letter of a date, unless its day is long past."""
    if case.at - due.at <= STALE:
        await REMINDERS[due.what](session, case, due)


async def _draft(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    await write(
        session,
        case,
        "charter_draft_reminder",
        key=due.at.isoformat(),
        expires_until=falls_at(case, case.situation, Timer.EXPIRE),
    )


async def _review(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    await write_to_organisers(
        session,
        case,
        "charter_review_due",
        key=due.at.isoformat(),
        days=due.number,
        filed_at=case.situation.since,
        promised_until=deadline(
            days_later(case.situation.since, case.charter.periods.review_days, case.situation),
            case.situation,
        ),
        late=due.what is Timer.ESCALATE_REVIEW,
        promised_days=case.charter.periods.review_days,
    )


async def _complements(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    await write(
        session,
        case,
        "charter_complements_reminder",
        key=due.at.isoformat(),
        complements_until=case.situation.complements_until,
    )


async def _report(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    report = case.situation.report
    if report is None:
        return
    await write(
        session,
        case,
        "charter_report_reminder",
        to=ACCOUNTABLE,
        key=f"{report.year}:{due.number}",
        year=report.year,
        returned=due.what is Timer.REMIND_RETURNED,
        report_until=report.return_until or report.closes_at,
        link=f"/adhesions/{case.adherence.id}/bilan/{report.year}",
    )


async def _notice(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    report = case.situation.report
    if report is None or case.situation.missed_on is None:
        return
    removal = falls_at(case, case.situation, Timer.REMOVE)
    formal = due.what is Timer.FORMAL_NOTICE
    await write(
        session,
        case,
        "charter_formal_notice" if formal else "charter_missed_notice",
        to=(*ACCOUNTABLE, SIGNATORY) if formal else ACCOUNTABLE,
        key=f"{report.year}:{due.number}",
        year=report.year,
        removal_until=removal,
        shown_months=case.charter.periods.display_removed_months,
        link=f"/adhesions/{case.adherence.id}/bilan/{report.year}",
    )


async def _renewal(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    in_grace = due.what is Timer.REMIND_GRACE
    await write(
        session,
        case,
        "charter_renewal_reminder",
        key=f"{case.situation.term_on}:{due.what}:{due.number}",
        term_on=str(case.situation.term_on),
        opens=due.what is Timer.OPEN_RENEWAL,
        in_grace=in_grace,
        blocked=case.situation.state not in ALLOWED[Act.RENEW],
        renew_until=falls_at(
            case, case.situation, Timer.END_GRACE if in_grace else Timer.REACH_TERM
        ),
        link=f"/adhesions/{case.adherence.id}/renouvellement",
    )


async def _suspension(session: AsyncSession, case: AdherenceCase, due: Due) -> None:
    suspended, months = case.situation.suspended_on, case.charter.periods.suspension_months
    if suspended is None:
        return
    await write_to_organisers(
        session,
        case,
        "charter_suspension_to_decide",
        key=due.at.isoformat(),
        days_left=due.number,
        suspended_on=str(suspended),
        decide_on=str(months_after(suspended, months)),
        suspension_months=months,
        remedy=await _remedy(session, case),
    )


async def _remedy(session: AsyncSession, case: AdherenceCase) -> str:
    """What the company was asked for when it was suspended."""
    details = await session.scalar(
        select(col(Review.details))
        .where(col(Review.adherence_id) == case.adherence.id, col(Review.decision) == "suspendre")
        .order_by(col(Review.at).desc())
        .limit(1)
    )
    return str(details[0].get("remedy", "")) if details else ""


REMINDERS: dict[Timer, Remind] = {
    Timer.REMIND_DRAFT: _draft,
    Timer.ALERT_REVIEW: _review,
    Timer.ESCALATE_REVIEW: _review,
    Timer.REMIND_COMPLEMENTS: _complements,
    Timer.REMIND_REPORT: _report,
    Timer.REMIND_RETURNED: _report,
    Timer.NOTICE: _notice,
    Timer.FORMAL_NOTICE: _notice,
    Timer.OPEN_RENEWAL: _renewal,
    Timer.REMIND_RENEWAL: _renewal,
    Timer.REMIND_GRACE: _renewal,
    Timer.DECIDE_SUSPENSION: _suspension,
}
