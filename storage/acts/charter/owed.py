"""The report for want of which a company was removed: its new file brings it, and it counts once accepted."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.answers import TICKED
from domain.charter.document import CharterDocument
from domain.charter.entry import Entry, entry_from
from domain.charter.gaps import Gap
from domain.charter.report_sheet import SUPPORT
from domain.charter.reporting import Answers, report_gaps
from domain.charter.situation import Step
from domain.charter.states import State
from domain.refusals import N_, Refusal
from storage.acts.charter.case import AdherenceCase
from storage.acts.charter.reports import DECLARED, fingerprint_of_report
from storage.charters import charter_by_id
from storage.tables.charter import Adherence, Engagement, Report

_MISSING = N_(
    "Le bilan %(year)s, dont l’absence a entraîné la radiation, n’est pas complet : remplissez-le avant "
    "de signer la nouvelle lettre d’engagement."
)
_AWAITED = (Step.OPEN, Step.RETURNED)


async def owe(session: AsyncSession, adherence: Adherence) -> None:
    """Ask of a new file the report that the company was removed for, if it was, and has not brought it."""
    report = await session.scalar(
        select(Report)
        .join(Adherence, col(Adherence.id) == col(Report.adherence_id))
        .where(
            col(Adherence.charter_code) == adherence.charter_code,
            col(Adherence.siren) == adherence.siren,
            col(Adherence.state) == State.REMOVED,
            col(Adherence.for_fault).is_(False),
            col(Report.missed).is_(True),
            col(Report.step).in_(_AWAITED),
        )
        .order_by(col(Report.year).desc())
        .limit(1)
    )
    if report is not None:
        report.owed_by = adherence.id


async def owed_report(session: AsyncSession, adherence_id: UUID) -> Report | None:
    """The report that this file has to bring, if there is one."""
    found = await session.execute(select(Report).where(col(Report.owed_by) == adherence_id))
    return found.scalar_one_or_none()


async def promised(session: AsyncSession, report: Report) -> tuple[CharterDocument, Entry]:
    """What had been signed when it was due, and under which version of the charter."""
    before = await session.get_one(Adherence, report.adherence_id)
    signed = await session.scalar(
        select(col(Engagement.entry))
        .where(col(Engagement.adherence_id) == before.id)
        .order_by(col(Engagement.number).desc())
        .limit(1)
    )
    charter = await charter_by_id(session, before.charter_id)
    return charter, entry_from(signed if signed is not None else before.entry)


def owed_gaps(
    charter: CharterDocument, entry: Entry, answers: Answers, year: int
) -> tuple[Gap, ...]:
    """What the report still lacks; the head supports it by signing the letter that goes with it."""
    return report_gaps(charter, entry, {**answers, SUPPORT: TICKED}, year)


async def check_brought(session: AsyncSession, case: AdherenceCase) -> None:
    """Refuse a file that lacks the report for want of which the company was removed."""
    report = await owed_report(session, case.adherence.id)
    if report is None:
        return
    charter, entry = await promised(session, report)
    if owed_gaps(charter, entry, report.answers, report.year):
        raise Refusal(_MISSING, year=report.year)


async def take_owed(session: AsyncSession, case: AdherenceCase) -> None:
    """Accepted with its file, the report is told at last: late, and as the company declares it."""
    report = await owed_report(session, case.adherence.id)
    if report is None:
        return
    before = await session.get_one(Adherence, report.adherence_id)
    report.answers = {**report.answers, SUPPORT: TICKED}
    report.sent = report.answers
    report.fingerprint = fingerprint_of_report(before.siret, report.year, report.answers)
    report.submitted_at = report.accepted_at = case.at
    report.step, report.level, report.late = Step.ACCEPTED, DECLARED, True
