"""The plan of an edition that is led: read it, confirm it, move its dates as one, or only see what that would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter

from api.dependencies import Asking, Db, Now
from api.errors import NotFound
from api.identity.programs import Program
from api.rest.asking import check_reason_of, written_as
from api.rest.calendars import EffectsShown, effects_shown
from api.rest.reaching import edition_of
from api.rest.shapes import ConfirmingEdition, MovingEdition
from api.rights import check_organises_everything
from domain.calendar import CycleCalendar
from domain.calendar_moves import with_dates
from domain.edition_plan import EditionFrame, check_frame, dates_of
from domain.editions import EditionAct, EditionPhase
from domain.refusals import Refusal
from domain.wire.edition import AskOfEdition, EditionState
from storage.acts.edition_dates import CycleMove, moves_of
from storage.database import Database
from storage.edition_plans import LedEdition, led, plan_document
from storage.tables.cycles import Edition

router = APIRouter(prefix="/editions", tags=["Editions"])


@dataclass(frozen=True, slots=True)
class TerritoryShown:
    """A territory of a plan; `own_dates` says that it does not follow those of the edition."""

    code: str
    name: str
    zone: str
    places: Sequence[str]
    own_dates: bool
    calendar: CycleCalendar


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What an organiser confirms, or moves; `seen` says later which plan was read."""

    edition: str
    phase: EditionPhase
    territories: Sequence[TerritoryShown]
    territorial: CycleCalendar
    national: CycleCalendar
    quorum: int
    cutoff_at: datetime
    seen: str


@dataclass(frozen=True, slots=True)
class CycleMoved:
    """What a move would do in one cycle, and why it could not; none when it could."""

    cycle: str
    effects: EffectsShown
    refusal: str | None


@dataclass(frozen=True, slots=True)
class EditionMoved:
    """What a move would do in every cycle of an edition; nothing was written."""

    cycles: Sequence[CycleMoved]


@router.get("/{edition}/plan")
async def show_plan(edition: str, program: Program, db: Db) -> PlanShown:
    """Show the territories and dates of an edition that is led, confirmed or not."""
    check_organises_everything(program)
    return _shown(await _led(db, edition))


@router.post("/{edition}/confirm")
async def confirm(
    edition: str, confirming: ConfirmingEdition, program: Program, db: Db, engine: Asking
) -> EditionState:
    """Confirm the plan that was read: its cycles are written down and started."""
    check_organises_everything(program)
    row = await _led(db, edition)
    act = EditionAct.CONFIRM
    async with db.transaction() as session:
        asked = await written_as(
            session,
            program,
            confirming.request_id,
            act,
            f"edition:{row.id}",
            {"seen": confirming.seen},
        )
    return await engine.ask_edition(row.code, AskOfEdition(act, asked.request, asked.arrived_at))


@router.post("/{edition}/dates")
async def move_dates(  # noqa: PLR0913, PLR0917  (what a handler needs, by dependency)
    edition: str,
    moving: MovingEdition,
    program: Program,
    db: Db,
    engine: Asking,
    now: Now,
    *,
    dry_run: bool = False,
) -> EditionState | EditionMoved:
    """Move dates of an edition in all its cycles; `dry_run` only says what that would do."""
    check_organises_everything(program)
    check_reason_of(moving)
    row = await _led(db, edition)
    after = _moved(led(row), moving)
    if dry_run:
        check_frame(after.frame)
        async with db.transaction() as session:
            moves = await moves_of(session, row, after.frame, now, is_forced=moving.force)
        return EditionMoved([_moving(each) for each in moves])
    act = EditionAct.MOVE
    payload = {
        "seen": moving.seen,
        "plan": plan_document(after),
        "force": moving.force,
        "reason": moving.reason,
    }
    async with db.transaction() as session:
        asked = await written_as(
            session, program, moving.request_id, act, f"edition:{row.id}", payload
        )
    return await engine.ask_edition(row.code, AskOfEdition(act, asked.request, asked.arrived_at))


def _moved(plan: LedEdition, moving: MovingEdition) -> LedEdition:
    dates: Mapping[str, Mapping[str, datetime]] = {
        "territorial": {**moving.territorial},
        "national": {**moving.national},
    }
    frame = EditionFrame(
        with_dates(plan.frame.territorial, dates["territorial"]),
        with_dates(plan.frame.national, dates["national"]),
    )
    follows = plan.cutoff_at == plan.frame.national.opens_at
    return replace(
        plan, frame=frame, cutoff_at=frame.national.opens_at if follows else plan.cutoff_at
    )


def _moving(each: CycleMove) -> CycleMoved:
    refusal: str | None = None
    try:
        if each.moves:
            each.check()
    except Refusal as refused:
        refusal = str(refused)
    return CycleMoved(each.cycle.code, effects_shown(each.effects), refusal)


async def _led(db: Database, name: str) -> Edition:
    async with db.transaction() as session:
        edition = await edition_of(session, name)
    if edition.phase == EditionPhase.BY_HAND:
        raise NotFound
    return edition


def _shown(edition: Edition) -> PlanShown:
    plan = led(edition)
    return PlanShown(
        edition=edition.code,
        phase=EditionPhase(edition.phase),
        territories=[
            TerritoryShown(
                each.code,
                each.name,
                each.zone,
                each.places,
                each.calendar is not None,
                dates_of(each, plan.frame),
            )
            for each in plan.territories
        ],
        territorial=plan.frame.territorial,
        national=plan.frame.national,
        quorum=plan.quorum,
        cutoff_at=plan.cutoff_at,
        seen=plan.seen,
    )
