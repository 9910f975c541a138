"""What anybody may read of the charter: its versions, its signatories, one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.dates import months_after
from domain.charter.display import COUNTED, LEFT, SHOWN, is_displayed
from domain.charter.document import CharterDocument
from domain.charter.periods import CharterPeriods
from domain.charter.states import State
from storage.charters import CHARTER, charter_by_id, charter_versions
from storage.tables.charter import Adherence, Engagement, Report

PAGE = 50


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the charter in the list of its history."""

    id: UUID
    number: int
    in_force_from: date
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """A company in the directory."""

    id: UUID
    company: str
    siren: str
    territory: str
    state: State
    since: date
    ended_on: date | None
    without_report: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """Fifty signatories, the last of them when more come after, and how many there are."""

    lines: tuple[Signatory, ...]
    last: UUID | None
    in_order: int
    named: int
    former: int


@dataclass(frozen=True, slots=True)
class ReportedYear:
    """An account that was given and accepted, or one that was missed."""

    year: int
    answers: Mapping[str, Any] | None
    level: str
    levels: Mapping[str, str]
    late: bool
    missed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is public of one company: what it signed, what it reported."""

    signatory: Signatory
    siret: str
    code: str
    term_on: date | None
    charter: CharterDocument
    entry: Mapping[str, Any]
    years: tuple[ReportedYear, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the directory."""

    words: str = ""
    territory: str = ""


async def versions(session: AsyncSession) -> tuple[tuple[Version, CharterDocument], ...]:
    """Every version of the charter, the newest first."""
    rows = await charter_versions(session)
    return tuple(
        [
            (
                Version(row.id, row.version, row.in_force_from, row.fingerprint),
                await charter_by_id(session, row.id),
            )
            for row in rows
        ]
    )


async def directory(
    session: AsyncSession,
    periods: CharterPeriods,
    wanted: Wanted,
    today: date,
    after: UUID | None = None,
) -> Directory:
    """The signatories whose names the published rules allow, in alphabetical order."""
    named = _named(periods, today)
    lines = select(Adherence).where(named, *_sought(wanted))
    if after is not None and (last := await session.get(Adherence, after)) is not None:
        lines = lines.where(
            func.row(func.lower(col(Adherence.company)), col(Adherence.id))
            > func.row(func.lower(last.company), last.id)
        )
    page = lines.order_by(func.lower(col(Adherence.company)), col(Adherence.id)).limit(PAGE + 1)
    rows = (await session.scalars(page)).all()
    counts = (
        await session.execute(
            select(
                func.count().filter(col(Adherence.state).in_(["active", "bilan_a_completer"])),
                func.count().filter(and_(named, *_sought(wanted))),
                func.count().filter(and_(col(Adherence.state).in_(COUNTED), ~named)),
            ).where(col(Adherence.charter_code) == CHARTER)
        )
    ).one()
    found = tuple(_signatory(row) for row in rows[:PAGE])
    return Directory(found, found[-1].id if len(rows) > PAGE else None, *counts)


async def sheet_of(session: AsyncSession, adherence_id: UUID, today: date) -> Sheet | None:
    """One signatory, while the public may read its name."""
    row = await session.get(Adherence, adherence_id)
    if row is None:
        return None
    charter = await charter_by_id(session, row.charter_id)
    if not is_displayed(State(row.state), row.ended_on, charter.periods, today):
        return None
    return await _sheet(session, row, charter)


async def bearer_of(session: AsyncSession, code: str) -> Sheet | None:
    """Whoever bears that verification code, if its adherence was ever accepted."""
    found = await session.execute(select(Adherence).where(col(Adherence.verification_code) == code))
    row = found.scalar_one_or_none()
    if row is None or row.accepted_on is None:
        return None
    return await _sheet(session, row, await charter_by_id(session, row.charter_id))


async def _sheet(session: AsyncSession, row: Adherence, charter: CharterDocument) -> Sheet:
    signed = await session.scalar(
        select(col(Engagement.entry))
        .where(col(Engagement.adherence_id) == row.id)
        .order_by(col(Engagement.number).desc())
        .limit(1)
    )
    reports = await session.scalars(
        select(Report)
        .where(
            col(Report.adherence_id) == row.id,
            or_(col(Report.accepted_at).is_not(None), col(Report.missed)),
        )
        .order_by(col(Report.year).desc())
    )
    return Sheet(
        signatory=_signatory(row),
        siret=row.siret,
        code=row.verification_code,
        term_on=row.term_on,
        charter=charter,
        entry=signed or {},
        years=tuple(_year(report) for report in reports),
    )


def _year(report: Report) -> ReportedYear:
    return ReportedYear(
        year=report.year,
        answers=report.sent if report.accepted_at else None,
        level=report.level,
        levels=report.levels,
        late=report.late,
        missed=report.missed,
    )


def _named(periods: CharterPeriods, today: date) -> ColumnElement[bool]:
    """Living ones, and those who left since not too long."""
    removed_after = months_after(today, -periods.display_removed_months)
    withdrawn_after = months_after(today, -periods.display_withdrawn_months)
    ended = col(Adherence.ended_on)
    left = {State.REMOVED: removed_after, State.WITHDRAWN: withdrawn_after}
    return and_(
        col(Adherence.charter_code) == CHARTER,
        or_(
            col(Adherence.state).in_(SHOWN),
            *(and_(col(Adherence.state) == state, ended > left[state]) for state in LEFT),
        ),
    )


def _sought(wanted: Wanted) -> list[ColumnElement[bool]]:
    sought: list[ColumnElement[bool]] = []
    digits = "".join(sign for sign in wanted.words if sign.isdigit())
    if wanted.words:
        by_name = col(Adherence.company).icontains(wanted.words, autoescape=True)
        by_number = col(Adherence.siren).startswith(digits[:9]) if digits else None
        sought.append(by_name if by_number is None else or_(by_name, by_number))
    if wanted.territory:
        sought.append(col(Adherence.territory) == wanted.territory)
    return sought


def _signatory(row: Adherence) -> Signatory:
    return Signatory(
        id=row.id,
        company=row.company,
        siren=row.siren,
        territory=row.territory,
        state=State(row.state),
        since=row.accepted_on or row.created_at.date(),
        ended_on=row.ended_on,
        without_report=row.public_reason == "bilan_non_transmis",
    )
