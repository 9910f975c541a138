"""An organiser moves dates: calendar, phase, journal line and letters, together or not at all."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.calendar_effects import CONCERNS, Effects, Group, effects_of
from domain.calendar_moves import KIND, OUT_OF_DATE, Move, MovedDate, check_move, with_dates
from domain.edition_moves import check_stays_in_frame
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.wire.cycle import CycleMoved, EnterPhase, MoveDates
from storage.acts.calendars import put_in_force
from storage.acts.cycles import facts_of, locked
from storage.acts.refused_late import refuse_late
from storage.acts.touched import Reader, people_in, readers_in
from storage.acts.vote_following import follow
from storage.acts.waiting import still_waiting
from storage.edition_plans import frame_over
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.requests import the_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.records import Request
from storage.templates import calendar_in

_DATES: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])
OF_JURORS = CONCERNS[Group.JURORS]
OF_COMPANIES = ("opens_at", "closes_at", "publishes_at")


async def move_dates(session: AsyncSession, asked: MoveDates) -> CycleMoved:
    """Move the dates that the request names, once; the same request again says where that led."""
    cycle = await locked(session, asked.cycle)
    request = await the_request(session, asked.request)
    if request.settled:
        return CycleMoved(Phase(cycle.phase), calendar_in(cycle), cycle.calendar_version)
    move = await _move(session, cycle, request, asked.arrived_at)
    check_move(move)
    frame = await frame_over(session, cycle)
    if frame is not None:
        check_stays_in_frame(move, frame, cycle.zone)
    effects = effects_of(move, await people_in(session, cycle.id))
    put_in_force(session, cycle, move.after, act=KIND, at=asked.arrived_at, request=request)
    before, cycle.phase = Phase(cycle.phase), move.phase_after
    if cycle.phase != before:
        cycle.entered_at = asked.arrived_at
    request.settled = True
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act=KIND,
        at=asked.arrived_at,
        before=before,
        after=cycle.phase,
        reason=_reason(request),
        request=request,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )
    await _write(session, cycle, request, effects)
    await follow(session, cycle, asked.arrived_at, request)
    return CycleMoved(Phase(cycle.phase), move.after, cycle.calendar_version)


async def settle_moves_in_time(session: AsyncSession, entered: EnterPhase) -> int:
    """Take the moves that arrived before a phase ended; the version to announce, or 0 for none."""
    cycle = await locked(session, entered.cycle)
    version = cycle.calendar_version
    if entered.request is not None or entered.phase is Phase.CANCELLED:
        return 0
    for request in await still_waiting(session, f"cycle:{cycle.id}", [KIND], entered.at):
        asked = MoveDates(entered.cycle, str(request.id), request.arrived_at)
        try:
            await move_dates(session, asked)
        except Refusal as refusal:
            await refuse_late(session, request.id, refusal)
    return cycle.calendar_version if cycle.calendar_version != version else 0


async def _move(
    session: AsyncSession, cycle: Cycle, request: Request, arrived_at: datetime
) -> Move:
    typed = request.payload
    if typed.get("version") != cycle.calendar_version:
        raise Refusal(OUT_OF_DATE)
    after = with_dates(calendar_in(cycle), _dates(typed.get("dates")))
    return Move(
        calendar_in(cycle),
        after,
        Phase(cycle.phase),
        arrived_at,
        drafts=await _drafts(session, cycle),
        is_forced=bool(typed.get("force")),
    )


def _dates(typed: object) -> dict[str, datetime]:
    """The instants of the request; one without its zone could be any hour."""
    try:
        dates = {
            name: datetime.fromisoformat(at) for name, at in _DATES.validate_python(typed).items()
        }
    except ValueError:
        dates = {}
    if not dates or any(at.tzinfo is None for at in dates.values()):
        raise Refusal(N_("Ces dates ne se lisent pas : recommencez le déplacement."))
    return dates


async def _drafts(session: AsyncSession, cycle: Cycle) -> int:
    counted = (
        select(func.count())
        .select_from(Application)
        .where(col(Application.cycle_id) == cycle.id, col(Application.status) == Status.DRAFT)
    )
    return (await session.execute(counted)).scalar_one()


async def _write(session: AsyncSession, cycle: Cycle, request: Request, effects: Effects) -> None:
    """One letter to each person whom a moved date concerns."""
    groups = {each.group for each in effects.touched}
    version = cycle.calendar_version
    await plan(
        session,
        [
            Intent(
                key=f"dates_moved:{cycle.id}:{version}:{reader.person_id}",
                kind="dates_moved",
                subject=f"cycle:{cycle.id}",
                mailing=f"dates:{cycle.id}:{version}",
                person_id=reader.person_id,
                cycle_id=cycle.id,
                facts=facts_of(cycle, reader.link)
                | {"reads_as": reader.reads_as, "is_juror": reader.is_juror}
                | {"reason": _reason(request)}
                | _said(effects.dates, reader),
            )
            for reader in await readers_in(session, cycle.id, groups)
        ],
    )


def _said(dates: Iterable[MovedDate], reader: Reader) -> dict[str, str]:
    """The dates that count for this reader, new and old, under names that letters read as instants."""
    names = OF_JURORS if reader.is_juror else OF_COMPANIES
    said: dict[str, str] = {}
    for moved in dates:
        if moved.name in names:
            stem = moved.name.removesuffix("_at")
            said[f"new_{stem}_at"] = moved.after.isoformat()
            said[f"old_{stem}_at"] = moved.before.isoformat()
        own = reader.extended_until
        if own is not None and moved.name == "closes_at" and own > moved.after:
            said["extended_until"] = own.isoformat()
    return said


def _reason(request: Request) -> str:
    return str(request.payload.get("reason", ""))
