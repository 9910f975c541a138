"""The candidates of a cycle, as a juror sees them before any file: who, and in which category."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, not_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.conflicts import Source, Standing
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application
from storage.tables.juries import Conflict, Juror

PAGE = 100
JUDGED = (Status.SUBMITTED, Status.COMPLEMENTS, Status.ADMITTED)
ORDER = (col(Application.company), col(Application.id))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate, and why the juror stands aside from it, when they do."""

    application_id: UUID
    company: str
    siren: str
    category: str
    title: str
    is_aside: bool
    is_employer: bool
    is_judged_below: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Some candidates in the order of their names, and how many there are in all."""

    candidates: tuple[Candidate, ...]
    total: int
    first: int
    has_more: bool

    @property
    def last(self) -> int:
        """The place of the last candidate shown."""
        return self.first + len(self.candidates) - 1

    @property
    def next_after(self) -> UUID | None:
        """Where the next page starts, if there is one."""
        return self.candidates[-1].application_id if self.has_more else None


async def candidate_page(
    session: AsyncSession, juror: Juror, after: UUID | None = None
) -> CandidatePage:
    """The candidates that come after one of them, and the conflicts that are known."""
    here = await _place_of(session, juror, after)
    passed = (tuple_(*ORDER) <= here) if here is not None else false()
    counted = select(func.count(), func.count().filter(passed)).where(_judged(juror))
    total, before = (await session.execute(counted)).one()
    rows = (
        await session.execute(
            select(Application, Conflict)
            .options(*WITHOUT_DOCUMENTS)
            .outerjoin(
                Conflict,
                (col(Conflict.application_id) == col(Application.id))
                & (col(Conflict.juror_id) == juror.id)
                # What others suspect is not said to the juror, who may still declare it.
                & (col(Conflict.standing) == Standing.CONFIRMED),
            )
            .where(_judged(juror), not_(passed))
            .order_by(*ORDER)
            .limit(PAGE + 1)
        )
    ).all()
    shown = tuple(_candidate(juror, *row) for row in rows[:PAGE])
    return CandidatePage(shown, total, before + 1, len(rows) > PAGE)


async def known_candidates(
    session: AsyncSession, juror: Juror, ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of the ids that are candidates which this juror may meet."""
    found = await session.execute(
        select(col(Application.id)).where(_judged(juror), col(Application.id).in_(ids))
    )
    return frozenset(found.scalars())


async def _place_of(
    session: AsyncSession, juror: Juror, after: UUID | None
) -> ColumnElement[tuple[str, UUID]] | None:
    """Where a candidate stands in the order; None for the start, or for one that has gone."""
    if after is None:
        return None
    candidate = await session.execute(
        select(*ORDER).where(col(Application.id) == after, _judged(juror))
    )
    found = candidate.one_or_none()
    return None if found is None else tuple_(*found)


def _judged(juror: Juror) -> ColumnElement[bool]:
    return (col(Application.cycle_id) == juror.cycle_id) & col(Application.status).in_(JUDGED)


def _candidate(juror: Juror, application: Application, conflict: Conflict | None) -> Candidate:
    is_employer = bool(juror.siren) and application.siren == juror.siren
    return Candidate(
        application_id=application.id,
        company=application.company,
        siren=application.siren,
        category=application.category,
        title=application.title,
        is_aside=conflict is not None or is_employer,
        is_employer=is_employer,
        is_judged_below=conflict is not None and conflict.kind == Source.BELOW,
        reason=conflict.reason if conflict and conflict.kind == Source.JUROR else "",
    )
