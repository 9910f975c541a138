"""Cycles: read them, open one, end a phase, cancel."""

from datetime import datetime

from fastapi import APIRouter

from api.dependencies import Asking as Workflows
from api.dependencies import Db, Now
from api.identity.programs import Program
from api.rest.asking import check_reason_of, written
from api.rest.reaching import edition_of, organised, organises, wrong_input
from api.rest.shapes import (
    Asking,
    CalendarWanted,
    CycleWanted,
    EndingPhase,
    Items,
)
from api.rights import check_organises_everything
from domain.calendar import CycleCalendar
from domain.mistakes import Mistake
from domain.refusals import N_
from domain.wire.cycle import CycleState, EndPhase, RunCycle
from storage.editions import create_cycle
from storage.reads.rest.cycles import CycleLine, CycleShown, cycle_shown, cycles
from storage.tables.cycles import Cycle
from storage.templates import calendar_in

router = APIRouter(prefix="/cycles", tags=["Cycles"])


@router.get("")
async def list_cycles(program: Program, db: Db, after: str | None = None) -> Items[CycleLine]:
    """List the cycles that one organises."""
    async with db.transaction() as session:
        with wrong_input():
            found = await cycles(session, organises(program), after)
    return Items(found.items, found.after)


@router.get("/{cycle}")
async def show_cycle(cycle: str, program: Program, db: Db) -> CycleShown:
    """Show one cycle, by its code or its id: phase, dates and counts."""
    async with db.transaction() as session:
        return await cycle_shown(session, await organised(session, program, cycle))


@router.post("", status_code=201)
async def open_cycle(
    wanted: CycleWanted, program: Program, db: Db, workflows: Workflows, now: Now
) -> CycleShown:
    """Open the cycle of a territory: its calendar runs from then on."""
    check_organises_everything(program)
    async with db.transaction() as session:
        edition = await edition_of(session, wanted.edition)
        cycle = await create_cycle(
            session,
            edition,
            wanted.territory,
            name=wanted.name,
            zone=wanted.zone,
            calendar=_calendar(wanted.calendar),
        )
        _check_can_open(cycle, now)
        shown = await cycle_shown(session, cycle)
    await workflows.run_cycle(cycle.code, _run(cycle))
    return shown


@router.post("/{cycle}/start")
async def start_cycle(cycle: str, program: Program, db: Db, workflows: Workflows) -> CycleShown:
    """Start the calendar of a cycle whose opening was cut short; one that runs is left alone."""
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        shown = await cycle_shown(session, row)
    await workflows.run_cycle(row.code, _run(row))
    return shown


@router.post("/{cycle}/end-phase")
async def end_phase(
    cycle: str, ending: EndingPhase, program: Program, db: Db, workflows: Workflows
) -> CycleState:
    """End the running phase before its date."""
    check_reason_of(ending)
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        asked = await written(session, program, ending, "end_phase", f"cycle:{row.id}")
    return await workflows.end_phase(
        row.code, EndPhase(asked.request, asked.arrived_at, ending.phase)
    )


@router.post("/{cycle}/cancel")
async def cancel_cycle(
    cycle: str, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> CycleState:
    """Cancel a cycle, whatever its phase; everybody in it is told why."""
    check_reason_of(asking)
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        asked = await written(session, program, asking, "cancel", f"cycle:{row.id}")
    return await workflows.cancel_cycle(row.code, asked)


def _check_can_open(cycle: Cycle, now: datetime) -> None:
    if calendar_in(cycle).closes_at <= now:
        raise Mistake(
            N_(
                "La clôture des candidatures serait déjà passée : choisissez une autre année ou d'autres dates."
            )
        )


def _run(cycle: Cycle) -> RunCycle:
    return RunCycle(cycle=str(cycle.id), calendar=calendar_in(cycle))


def _calendar(wanted: CalendarWanted | str | None) -> CycleCalendar | str:
    if isinstance(wanted, CalendarWanted):
        return CycleCalendar(**wanted.model_dump())
    return wanted or ""
