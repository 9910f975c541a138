"""The calendar of a cycle: move its dates, or only see what that would do; read every version of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter

from api.dependencies import Asking as Workflows
from api.dependencies import Db, Now
from api.identity.programs import Program
from api.rest.asking import check_reason_of, written
from api.rest.reaching import organised
from api.rest.shapes import Items, MovingDates
from domain.calendar import CycleCalendar
from domain.calendar_effects import Effects, Fate, Group, effects_of
from domain.calendar_moves import OUT_OF_DATE, Move, check_move, with_dates
from domain.edition_moves import check_stays_in_frame
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.cycle import CycleState
from storage.acts.touched import people_in
from storage.database import Database
from storage.edition_plans import frame_over
from storage.reads.organiser.dates import Version, versions_of
from storage.tables.cycles import Cycle
from storage.templates import calendar_in

router = APIRouter(prefix="/cycles", tags=["Cycles"])


@dataclass(frozen=True, slots=True)
class DateMoved:
    """A date, what it was and what it becomes."""

    name: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class GroupTouched:
    """People whom a move concerns, and the seconds that they gain (or lose, when negative)."""

    group: Group
    count: int
    gain_seconds: int
    until: datetime


@dataclass(frozen=True, slots=True)
class ReminderTouched:
    """A reminder of the calendar in force, and what becomes of it."""

    group: Group
    before: datetime
    after: datetime
    fate: Fate


@dataclass(frozen=True, slots=True)
class EffectsShown:
    """Everything that a move would do."""

    dates: Sequence[DateMoved]
    phase: Phase
    reopens_the_call: bool
    cuts_off: bool
    touched: Sequence[GroupTouched]
    reminders: Sequence[ReminderTouched]


@dataclass(frozen=True, slots=True)
class CalendarShown:
    """A calendar that was in force from an instant on, by which act and why."""

    version: int
    act: str
    at: datetime
    reason: str
    calendar: CycleCalendar
    changed: Sequence[DateMoved]


@router.get("/{cycle}/calendars")
async def list_calendars(cycle: str, program: Program, db: Db) -> Items[CalendarShown]:
    """List every version of the calendar of a cycle, the one in force first."""
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        found = await versions_of(session, row.id)
    return Items([_version(each) for each in found])


@router.post("/{cycle}/dates")
async def move_dates(  # noqa: PLR0913, PLR0917  (what a handler needs, by dependency)
    cycle: str,
    moving: MovingDates,
    program: Program,
    db: Db,
    workflows: Workflows,
    now: Now,
    *,
    dry_run: bool = False,
) -> CycleState | EffectsShown:
    """Move dates: who is concerned is told; `dry_run` only says who that is, and what else would happen."""
    check_reason_of(moving)
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
    if dry_run:
        return await _tried(db, row, moving, now)
    async with db.transaction() as session:
        asked = await written(session, program, moving, "move_dates", f"cycle:{row.id}")
    return await workflows.move_dates(row.code, asked)


def effects_shown(effects: Effects) -> EffectsShown:
    """The effects of a move, as programs read them."""
    return EffectsShown(
        dates=[DateMoved(each.name, each.before, each.after) for each in effects.dates],
        phase=effects.phase,
        reopens_the_call=effects.reopens_the_call,
        cuts_off=effects.cuts_off,
        touched=[
            GroupTouched(each.group, each.count, int(each.gain.total_seconds()), each.until)
            for each in effects.touched
        ],
        reminders=[
            ReminderTouched(each.group, each.before, each.after, each.fate)
            for each in effects.reminders
        ],
    )


async def _tried(db: Database, cycle: Cycle, moving: MovingDates, now: datetime) -> EffectsShown:
    if moving.version != cycle.calendar_version:
        raise Refusal(OUT_OF_DATE)
    async with db.transaction() as session:
        people = await people_in(session, cycle.id)
        frame = await frame_over(session, cycle)
    before = calendar_in(cycle)
    after = with_dates(before, {**moving.dates})
    drafts = people[Group.DRAFTS]
    move = Move(before, after, Phase(cycle.phase), now, drafts=drafts, is_forced=True)
    check_move(move)
    if frame is not None:
        check_stays_in_frame(move, frame, cycle.zone)
    return effects_shown(effects_of(move, people))


def _version(each: Version) -> CalendarShown:
    changed = [DateMoved(moved.name, moved.before, moved.after) for moved in each.changes]
    return CalendarShown(each.number, each.act, each.at, each.reason, each.calendar, changed)
