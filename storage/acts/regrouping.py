"""A short category goes to another jury: written down, undone, then its files go there."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.editions import takes_late_laureates
from domain.final_files import Entry
from domain.phases import CycleAct, Phase, check_reason
from domain.refusals import N_, Refusal
from domain.regrouping import RegroupKind, check_neighbour, check_short, takes_files
from domain.wire.application import RunApplication
from domain.wire.cycle import CycleRef, CycleSettled
from storage.acts.final_files import GoingUp, send_up
from storage.acts.promotion_case import final_of
from storage.acts.promotion_starts import run_of_file
from storage.acts.regrouping_letters import tell_everyone
from storage.journal import write_line
from storage.reads.regrouping import counts_in, files_in, neighbour, neighbours_of
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Regrouping
from storage.tables.records import Request
from storage.templates import calendar_in, template_of

ALREADY = N_("Cette catégorie est déjà regroupée : annulez d'abord ce regroupement.")
NOT_THERE = N_("Cette catégorie n'est pas regroupée : rechargez la page.")
NO_FINAL = N_("Cette édition n'a pas de finale, ou sa finale ne prend plus de dossiers.")


async def regroup(session: AsyncSession, cycle: Cycle, request: Request) -> CycleSettled:
    """Have another jury judge a short category, once the evaluation begins."""
    category, kind = str(request.payload["category"]), RegroupKind(request.payload["kind"])
    check_reason(_reason(request))
    if await _of(session, cycle.id, category) is not None:
        raise Refusal(ALREADY)
    template = await template_of(session, cycle)
    short = (await counts_in(session, cycle.id)).get(category)
    check_short(short, template.jury.minimum_files_per_category)
    into = await _into(session, cycle, category, kind, str(request.payload.get("into", "")))
    session.add(
        Regrouping(
            cycle_id=cycle.id,
            category=category,
            kind=kind,
            into_cycle_id=into.id if kind is RegroupKind.NEIGHBOUR else None,
            request_id=request.id,
        )
    )
    _trace(session, cycle, request, CycleAct.REGROUP, after=f"{category} > {into.code}")
    await tell_everyone(session, cycle, into, request, category)
    return CycleSettled(f"regrouped:{cycle.id}")


async def ungroup(session: AsyncSession, cycle: Cycle, request: Request) -> CycleSettled:
    """Judge the category here after all; possible until the evaluation begins."""
    category = str(request.payload["category"])
    check_reason(_reason(request))
    row = await _of(session, cycle.id, category)
    if row is None:
        raise Refusal(NOT_THERE)
    into = await _where(session, cycle, row)
    await session.delete(row)
    before = f"{category} > {into.code}" if into else category
    _trace(session, cycle, request, CycleAct.UNGROUP, before=before, after=category)
    await tell_everyone(session, cycle, into or cycle, request, category, is_undone=True)
    return CycleSettled(f"regrouped:{cycle.id}")


async def send_to_neighbours(
    session: AsyncSession, due: CycleRef
) -> tuple[list[RunApplication], set[UUID]]:
    """Copy the files of regrouped categories into their neighbours; what to run, and who reads already.

    A file that comes when the neighbour has finished reading stays here: the final takes it.
    """
    cycle = await session.get_one(Cycle, UUID(due.cycle))
    rows = await session.execute(
        select(Regrouping, Cycle)
        .join(Cycle, col(Cycle.id) == col(Regrouping.into_cycle_id))
        .where(
            col(Regrouping.cycle_id) == cycle.id,
            col(Regrouping.kind) == RegroupKind.NEIGHBOUR,
        )
    )
    to_run: list[RunApplication] = []
    reading: set[UUID] = set()
    for row, other in rows.all():
        if not takes_files(Phase(other.phase)):
            continue
        for file in await files_in(session, cycle.id, row.category):
            whole = await session.get_one(Application, file.id, populate_existing=True)
            copy = await send_up(session, GoingUp(whole, other, Entry.REGROUPED, due.at))
            to_run.append(run_of_file(copy, other))
        if other.phase == Phase.EVALUATION:
            reading.add(other.id)
    return to_run, reading


async def _into(
    session: AsyncSession, cycle: Cycle, category: str, kind: RegroupKind, wanted: str
) -> Cycle:
    if kind is RegroupKind.CARRIED:
        final = await final_of(session, cycle.edition_id)
        if final is None or final.id == cycle.id or not takes_late_laureates(Phase(final.phase)):
            raise Refusal(NO_FINAL)
        return final
    others = {str(each.id): each for each in await neighbours_of(session, cycle)}
    other = others.get(wanted)
    known = await neighbour(session, other, category) if other else None
    check_neighbour(known, calendar_in(cycle).evaluation_from)
    assert other is not None  # noqa: S101  (checked just above, in the words of the rules)
    return other


async def _of(session: AsyncSession, cycle_id: UUID, category: str) -> Regrouping | None:
    return await session.scalar(
        select(Regrouping).where(
            col(Regrouping.cycle_id) == cycle_id, col(Regrouping.category) == category
        )
    )


async def _where(session: AsyncSession, cycle: Cycle, row: Regrouping) -> Cycle | None:
    if row.into_cycle_id is None:
        return await final_of(session, cycle.edition_id)
    return await session.get(Cycle, row.into_cycle_id)


def _trace(  # noqa: PLR0913  (a line has that many columns)
    session: AsyncSession,
    cycle: Cycle,
    request: Request,
    act: CycleAct,
    *,
    before: str = "",
    after: str = "",
) -> None:
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act=act,
        at=request.arrived_at,
        before=before,
        after=after,
        reason=_reason(request),
        request=request,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )


def _reason(request: Request) -> str:
    return str(request.payload.get("reason", ""))
