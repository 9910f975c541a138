"""Rows whose workflow may not have been started: the engine was away when they were written."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import ENDED, Status
from domain.corrections import CorrectionStep
from domain.editions import EDITION_ENDED, EditionPhase
from domain.final_files import Entry
from domain.jurors import JurorStatus
from domain.levels import Level
from domain.phases import Phase
from domain.wire.alert import RunAlert
from domain.wire.application import RunApplication
from domain.wire.correction import RunCorrection
from domain.wire.cycle import RunCycle
from domain.wire.edition import RunEdition
from domain.wire.juror import RunJuror
from storage.acts.charter.starts import (
    AdherenceToRun,
    run_of_adherence,
    run_of_alert,
    unstarted_of_the_charter,
)
from storage.acts.promotion_starts import (
    PromotionToRun,
    promotion_to_run,
    unstarted_promotions,
)
from storage.acts.vote_start import VoteToRun, run_of_vote, unstarted_votes
from storage.acts.waiting import PATIENCE, Place
from storage.edition_plans import wire_plan
from storage.tables.applications import Application
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Juror
from storage.templates import calendar_in

OVER = (Phase.PUBLISHED, Phase.CLOSED, Phase.CANCELLED)


@dataclass(frozen=True, slots=True)
class CycleToRun:
    """The start of a cycle, with the code that is its name."""

    code: str
    run: RunCycle


@dataclass(frozen=True, slots=True)
class EditionToRun:
    """The start of an edition, with the code that is its name."""

    code: str
    run: RunEdition


ToRun = (
    RunApplication
    | RunJuror
    | CycleToRun
    | EditionToRun
    | AdherenceToRun
    | RunAlert
    | VoteToRun
    | PromotionToRun
    | RunCorrection
)


@dataclass(frozen=True, slots=True)
class Window:
    """Rows written in it were not looked at yet."""

    since: datetime | None
    until: datetime


async def now_settled(session: AsyncSession) -> datetime:
    """The instant before which whoever wrote a row has also tried to start its workflow."""
    return (await session.execute(select(func.clock_timestamp() - PATIENCE))).scalar_one()


async def unstarted_few(session: AsyncSession, window: Window) -> Sequence[str]:
    """The editions that wait to be confirmed, the cycles that wait for their opening, and the jurors whose invitation was never written."""
    cycles = (
        select(col(Cycle.id))
        .join(Edition)
        .where(
            col(Cycle.phase) == Phase.PREPARED,
            col(Cycle.created_at) <= window.until,
            or_(col(Cycle.level) != Level.NATIONAL, col(Edition.phase) == EditionPhase.BY_HAND),
        )
    )
    editions = select(col(Edition.id)).where(
        col(Edition.phase) == EditionPhase.PREPARED, col(Edition.created_at) <= window.until
    )
    if window.since is not None:
        cycles = cycles.where(col(Cycle.created_at) > window.since)
        editions = editions.where(col(Edition.created_at) > window.since)
    jurors = (
        select(col(Juror.id))
        .join(Cycle, col(Cycle.id) == col(Juror.cycle_id))
        .where(
            col(Juror.status) == JurorStatus.INVITED,
            col(Juror.invited_at).is_(None),
            col(Juror.created_at) <= window.until,
            col(Cycle.phase).not_in(OVER),
        )
    )
    corrections = select(col(Correction.id)).where(
        col(Correction.step) == CorrectionStep.PROPOSED,
        col(Correction.created_at) <= window.until,
    )
    if window.since is not None:
        corrections = corrections.where(col(Correction.created_at) > window.since)
    return [
        *[f"edition:{each}" for each in await session.scalars(editions)],
        *[f"cycle:{each}" for each in await session.scalars(cycles)],
        *[f"juror:{each}" for each in await session.scalars(jurors)],
        *await unstarted_promotions(session, window.since, window.until),
        *[f"correction:{each}" for each in await session.scalars(corrections)],
        *await unstarted_of_the_charter(session, window.since, window.until),
        *await unstarted_votes(session, window.since, window.until),
    ]


async def unstarted_applications(
    session: AsyncSession, window: Window, after: Place | None, limit: int
) -> tuple[Sequence[str], Place | None]:
    """The next living applications, with the place of the last one; none once all were seen."""
    created_at, its_id = col(Application.created_at), col(Application.id)
    rows = (
        select(created_at, its_id)
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(
            created_at <= window.until,
            col(Application.status).not_in(ENDED),
            col(Cycle.phase).not_in(OVER),
        )
    )
    if window.since is not None:
        rows = rows.where(created_at > window.since)
    if after is not None:
        rows = rows.where(tuple_(created_at, its_id) > after)
    found = (await session.execute(rows.order_by(created_at, its_id).limit(limit))).all()
    last = (found[-1].created_at, found[-1].id) if len(found) == limit else None
    return [f"application:{row.id}" for row in found], last


async def to_run(session: AsyncSession, subject: str) -> ToRun | None:
    """What would start the workflow of a subject, if it may still be started."""
    kind, _, its_id = subject.partition(":")
    run_of = RUNS.get(kind)
    return await run_of(session, UUID(its_id)) if run_of else None


async def application_again(session: AsyncSession, application_id: UUID) -> RunApplication:
    """What would run an application that is over, for its company to come back."""
    application = await session.get_one(Application, application_id)
    cycle = await session.get_one(Cycle, application.cycle_id)
    return replace(_application(application, cycle), comes_back=True)


async def _run_of_correction(session: AsyncSession, correction_id: UUID) -> RunCorrection | None:
    correction = await session.get_one(Correction, correction_id)
    is_open = correction.step == CorrectionStep.PROPOSED
    return RunCorrection(str(correction.id), correction.until) if is_open else None


async def run_of_edition(session: AsyncSession, edition_id: UUID) -> EditionToRun | None:
    """What starts leading an edition, unless nobody leads it or it is over."""
    edition = await session.get_one(Edition, edition_id)
    if edition.phase in {EditionPhase.BY_HAND, *EDITION_ENDED}:
        return None
    run = RunEdition(str(edition.id), await wire_plan(session, edition))
    return EditionToRun(edition.code, run)


async def _run_of_application(session: AsyncSession, its_id: UUID) -> RunApplication | None:
    application = await session.get_one(Application, its_id)
    cycle = await session.get_one(Cycle, application.cycle_id)
    is_over = application.status in ENDED or cycle.phase in OVER
    return None if is_over else _application(application, cycle)


async def _run_of_juror(session: AsyncSession, its_id: UUID) -> RunJuror | None:
    juror = await session.get_one(Juror, its_id)
    if juror.status != JurorStatus.INVITED:
        return None
    return _juror(juror, await session.get_one(Cycle, juror.cycle_id))


async def _run_of_cycle(session: AsyncSession, its_id: UUID) -> CycleToRun | None:
    """A cycle that waits for its opening; a final waits until its edition begins it."""
    cycle = await session.get_one(Cycle, its_id)
    if cycle.phase != Phase.PREPARED:
        return None
    if cycle.level == Level.NATIONAL:
        edition = await session.get_one(Edition, cycle.edition_id)
        if edition.phase == EditionPhase.TERRITORIAL:
            return None
    return CycleToRun(cycle.code, RunCycle(str(cycle.id), calendar_in(cycle)))


def _juror(juror: Juror, cycle: Cycle) -> RunJuror:
    return RunJuror(str(juror.id), str(cycle.id), calendar_in(cycle), Phase(cycle.phase))


def _application(application: Application, cycle: Cycle) -> RunApplication:
    return RunApplication(
        str(application.id),
        str(cycle.id),
        calendar_in(cycle),
        Status(application.status),
        entry=Entry(application.entry),
        extended_until=application.extended_until,
    )


RUNS: Mapping[str, Callable[[AsyncSession, UUID], Awaitable[ToRun | None]]] = {
    "application": _run_of_application,
    "juror": _run_of_juror,
    "cycle": _run_of_cycle,
    "edition": run_of_edition,
    "adherence": run_of_adherence,
    "alert": run_of_alert,
    "vote": run_of_vote,
    "promotion": promotion_to_run,
    "correction": _run_of_correction,
}
