"""The campaign of a year: how many reports are due, in, returned, missed, accepted, by territory."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.situation import Step
from domain.charter.states import ENDED
from storage.charters import CHARTER
from storage.reads.charter.organiser.board import key_of
from storage.reads.organiser.remembered import Remembered
from storage.tables.charter import Adherence, Report


class Progress(StrEnum):
    """Where a report of the campaign stands: exactly one of these."""

    ACCEPTED = "valides"
    SUBMITTED = "deposes"
    RETURNED = "retournes"
    AWAITED = "attendus"
    MISSED = "manques"


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A territory, and how many of its reports stand where."""

    territory: str
    counts: Mapping[Progress, int]

    @property
    def due(self) -> int:
        """How many reports its adherents owed this year."""
        return sum(self.counts.values())

    def of(self, progress: Progress) -> int:
        """How many stand there."""
        return self.counts.get(progress, 0)


@dataclass(frozen=True, slots=True)
class Campaign:
    """The reports of a year, whole and by territory, the largest first."""

    year: int
    years: tuple[int, ...]
    whole: CampaignLine
    lines: tuple[CampaignLine, ...]


_CAMPAIGNS = Remembered[Campaign]()
_YEARS = Remembered[tuple[int, ...]]()


async def campaign_of(session: AsyncSession, year: int | None, today_year: int) -> Campaign:
    """The campaign of that year, or the last one that opened; counted at most two seconds ago."""
    years = await _YEARS.get(key_of(session), partial(_years, session))
    shown = year if year in years else next(iter(years), today_year)
    return await _CAMPAIGNS.get((key_of(session), shown), partial(_campaign, session, shown, years))


def forget_campaign() -> None:
    """Count again next time."""
    _CAMPAIGNS.forget_all()
    _YEARS.forget_all()


def in_progress(progress: Progress) -> ColumnElement[bool]:
    """Whether a report stands there, in words of which PostgreSQL knows how many rows they mean."""
    return _IN[progress]


def progress_of(step: Step, *, missed: bool) -> Progress:
    """Where one report stands."""
    if step is Step.ACCEPTED:
        return Progress.ACCEPTED
    if step is Step.SUBMITTED:
        return Progress.SUBMITTED
    if missed:
        return Progress.MISSED
    return Progress.RETURNED if step is Step.RETURNED else Progress.AWAITED


# What somebody who left had still to send is due no more.
IS_DUE = or_(
    col(Report.step).in_((Step.SUBMITTED, Step.ACCEPTED)),
    col(Report.missed).is_(True),
    col(Adherence.state).not_in(ENDED),
)
_SENT = (Step.SUBMITTED, Step.ACCEPTED)
_step, _missed = col(Report.step), col(Report.missed)
_IN = {
    Progress.ACCEPTED: _step == Step.ACCEPTED,
    Progress.SUBMITTED: _step == Step.SUBMITTED,
    Progress.MISSED: and_(_missed.is_(True), _step.not_in(_SENT)),
    Progress.RETURNED: and_(_missed.is_(False), _step == Step.RETURNED),
    Progress.AWAITED: and_(_missed.is_(False), _step.not_in((*_SENT, Step.RETURNED))),
}
_progress = case(
    (col(Report.step) == Step.ACCEPTED, Progress.ACCEPTED.value),
    (col(Report.step) == Step.SUBMITTED, Progress.SUBMITTED.value),
    (col(Report.missed).is_(True), Progress.MISSED.value),
    (col(Report.step) == Step.RETURNED, Progress.RETURNED.value),
    else_=Progress.AWAITED.value,
)


async def _years(session: AsyncSession) -> tuple[int, ...]:
    rows = await session.execute(
        select(col(Report.year)).group_by(col(Report.year)).order_by(col(Report.year).desc())
    )
    return tuple(rows.scalars())


async def _campaign(session: AsyncSession, year: int, years: tuple[int, ...]) -> Campaign:
    rows = (
        await session.execute(
            select(col(Adherence.territory), _progress, func.count())
            .join(Adherence, col(Adherence.id) == col(Report.adherence_id))
            .where(col(Report.year) == year, col(Adherence.charter_code) == CHARTER, IS_DUE)
            .group_by(col(Adherence.territory), _progress)
        )
    ).all()
    whole: dict[Progress, int] = {}
    by_territory: dict[str, dict[Progress, int]] = {}
    for territory, progress, count in rows:
        known = by_territory.setdefault(territory, {})
        known[Progress(progress)] = count
        whole[Progress(progress)] = whole.get(Progress(progress), 0) + count
    lines = (CampaignLine(territory, counts) for territory, counts in by_territory.items())
    return Campaign(
        year=year,
        years=years,
        whole=CampaignLine("", whole),
        lines=tuple(sorted(lines, key=lambda line: (-line.due, line.territory))),
    )
