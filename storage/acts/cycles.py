"""The moves of a cycle: phase, calendar in force, journal line and letters, together."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.early_end import ended_early, ends_at
from domain.phases import ORDER, Phase
from domain.wire.cycle import CycleMoved, CycleRef, EnterPhase
from storage.acts.calendars import put_in_force
from storage.acts.crowd import everyone_in, organisers_of
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.requests import the_request
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.records import Request
from storage.templates import calendar_in


async def enter_phase(session: AsyncSession, entered: EnterPhase) -> CycleMoved:
    """Put the cycle in the phase; when it is there already, only say so."""
    cycle = await locked(session, entered.cycle)
    before, calendar = Phase(cycle.phase), calendar_in(cycle)
    if not _is_ahead(before, entered.phase):
        return CycleMoved(before, calendar)
    if _was_moved(entered, calendar, before):
        return CycleMoved(before, calendar)
    request = await the_request(session, entered.request) if entered.request else None
    if request is not None:
        request.settled = True
        if entered.phase is not Phase.CANCELLED:
            calendar = ended_early(calendar, before, entered.at)
            put_in_force(session, cycle, calendar, act="end_phase", at=entered.at, request=request)
    cycle.phase = entered.phase
    cycle.entered_at = entered.at
    _write_line(session, cycle, before, entered.at, request)
    if entered.phase is Phase.CANCELLED:
        await _announce_cancellation(session, cycle, _reason(request))
    return CycleMoved(entered.phase, calendar)


async def remind_the_chair(session: AsyncSession, late: CycleRef) -> None:
    """Plan the letters that say that the minutes are late, to the chair and the organisers."""
    cycle = await locked(session, late.cycle)
    chairs = await session.execute(
        select(col(Juror.id), col(Juror.person_id)).where(
            col(Juror.cycle_id) == cycle.id, col(Juror.is_chair).is_(True)
        )
    )
    readers = {row.person_id: f"/jury/{row.id}/deliberation" for row in chairs}
    for person in await organisers_of(session, cycle.id):
        readers.setdefault(person, f"/organisation/{cycle.code}")
    until = calendar_in(cycle).deliberation_until.isoformat()
    await plan(
        session,
        [
            Intent(
                key=f"deliberation_late:{cycle.id}:{until}:{person}",
                kind="deliberation_late",
                subject=f"cycle:{cycle.id}",
                mailing=f"deliberation:{cycle.id}",
                person_id=person,
                cycle_id=cycle.id,
                facts=facts_of(cycle, link) | {"deliberation_until": until},
            )
            for person, link in readers.items()
        ],
    )


async def locked(session: AsyncSession, cycle: str) -> Cycle:
    """The row of a cycle, held until the transaction ends."""
    return (
        await session.execute(
            select(Cycle)
            .where(col(Cycle.id) == UUID(cycle))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one()


def facts_of(cycle: Cycle, link: str) -> dict[str, object]:
    """What every letter about a cycle says."""
    return {"cycle_name": cycle.name, "zone": cycle.zone, "link": link}


def _was_moved(entered: EnterPhase, calendar: CycleCalendar, before: Phase) -> bool:
    """Whether the end of the phase was moved away just before the calendar would have ended it."""
    end = ends_at(calendar, before)
    is_by_calendar = entered.request is None and entered.phase is not Phase.CANCELLED
    return is_by_calendar and end is not None and end > entered.at


def _is_ahead(before: Phase, after: Phase) -> bool:
    if before in {Phase.CANCELLED, Phase.CLOSED}:
        return False
    return after is Phase.CANCELLED or ORDER.index(after) > ORDER.index(before)


def _write_line(
    session: AsyncSession, cycle: Cycle, before: Phase, at: datetime, request: Request | None
) -> None:
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="enter_phase",
        at=at,
        before=before,
        after=cycle.phase,
        reason=_reason(request),
        request=request,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )


async def _announce_cancellation(session: AsyncSession, cycle: Cycle, reason: str) -> None:
    await plan(
        session,
        [
            Intent(
                key=f"cycle_cancelled:{cycle.id}:{person}",
                kind="cycle_cancelled",
                subject=f"cycle:{cycle.id}",
                mailing=f"cancelled:{cycle.id}",
                person_id=person,
                cycle_id=cycle.id,
                facts=facts_of(cycle, "/mon-espace") | {"reason": reason},
            )
            for person in await everyone_in(session, cycle.id)
        ],
    )


def _reason(request: Request | None) -> str:
    return str(request.payload.get("reason", "")) if request else ""
