"""Rows whose workflow may not have been started: the engine was away when they were written."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import ENDED, Status
from domain.corrections import CorrectionStep
from domain.final_files import Entry
from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.wire.alert import RunAlert
from domain.wire.application import RunApplication
from domain.wire.correction import RunCorrection
from domain.wire.cycle import RunCycle
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
from storage.tables.applications import Application
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.templates import calendar_in

OVER = (Phase.PUBLISHED, Phase.CLOSED, Phase.CANCELLED)


@dataclass(frozen=True, slots=True)
class CycleToRun:
    """The start of a cycle, with the code that is its name."""

    code: str
    run: RunCycle


ToRun = (
    RunApplication
    | RunJuror
    | CycleToRun
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
    """The cycles that wait for their opening, and the jurors whose invitation was never written."""
    cycles = select(col(Cycle.id)).where(
        col(Cycle.phase) == Phase.PREPARED, col(Cycle.created_at) <= window.until
    )
    if window.since is not None:
        cycles = cycles.where(col(Cycle.created_at) > window.since)
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
    if kind == "application":
        application = await session.get_one(Application, UUID(its_id))
        cycle = await session.get_one(Cycle, application.cycle_id)
        is_over = application.status in ENDED or cycle.phase in OVER
        return None if is_over else _application(application, cycle)
    if kind == "juror":
        juror = await session.get_one(Juror, UUID(its_id))
        is_new = juror.status == JurorStatus.INVITED
        return _juror(juror, await session.get_one(Cycle, juror.cycle_id)) if is_new else None
    if kind == "cycle":
        cycle = await session.get_one(Cycle, UUID(its_id))
        return _cycle(cycle) if cycle.phase == Phase.PREPARED else None
    run_of = _OTHERS.get(kind)
    return await run_of(session, UUID(its_id)) if run_of else None


async def application_again(session: AsyncSession, application_id: UUID) -> RunApplication:
    """What would run an application that is over, for its company to come back."""
    application = await session.get_one(Application, application_id)
    cycle = await session.get_one(Cycle, application.cycle_id)
    return replace(_application(application, cycle), comes_back=True)


async def _correction(session: AsyncSession, correction_id: UUID) -> RunCorrection | None:
    correction = await session.get_one(Correction, correction_id)
    is_open = correction.step == CorrectionStep.PROPOSED
    return RunCorrection(str(correction.id), correction.until) if is_open else None


_OTHERS: dict[str, Callable[[AsyncSession, UUID], Awaitable[ToRun | None]]] = {
    "adherence": run_of_adherence,
    "alert": run_of_alert,
    "correction": _correction,
    "vote": run_of_vote,
    "promotion": promotion_to_run,
}


def _cycle(cycle: Cycle) -> CycleToRun:
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
    )
