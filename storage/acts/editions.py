"""The moves of an edition: phase, journal line and letters, in one transaction."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.edition_plan import begun_late, check_quorum
from domain.editions import EDITION_ENDED, EDITION_ORDER, EditionAct, EditionPhase, check_edition
from domain.levels import Level
from domain.phases import check_reason
from domain.wire.edition import EditionPlan, EditionRef, EnterEditionPhase, SettleEdition
from storage.acts.calendars import put_in_force
from storage.acts.edition_dates import move_edition
from storage.acts.edition_letters import ask_to_confirm, tell_the_late
from storage.acts.edition_opening import cycles_of, open_cycles
from storage.acts.edition_revising import check_seen, revise
from storage.acts.vote_following import follow, prepare_with_the_edition
from storage.edition_plans import led, wire_plan
from storage.journal import write_line
from storage.requests import refusal_of, the_request
from storage.tables.cycles import Cycle, Edition
from storage.tables.records import JournalLine, Request
from storage.templates import calendar_in


async def settle(session: AsyncSession, asked: SettleEdition) -> EditionPlan:
    """Do what was asked of an edition, once; the same request again finds it done."""
    edition = await locked(session, asked.edition)
    request = await the_request(session, asked.request)
    if request.settled:
        refusal = refusal_of(request)
        if refusal:
            raise refusal
        return await wire_plan(session, edition)
    check_edition(EditionPhase(edition.phase), asked.act)
    match asked.act:
        case EditionAct.REVISE:
            revise(session, edition, request)
        case EditionAct.CONFIRM:
            await _confirm(session, edition, request)
        case EditionAct.SET_TERMS:
            _set_terms(session, edition, request)
        case EditionAct.MOVE:
            await move_edition(session, edition, request)
        case EditionAct.BEGIN_FINAL:
            check_reason(_reason(request))
            await _begin_final(session, edition, asked.arrived_at, request)
        case EditionAct.CANCEL:
            check_reason(_reason(request))
            _move(session, edition, EditionPhase.CANCELLED, asked.arrived_at, request)
    request.settled = True
    await session.flush()
    return await wire_plan(session, edition)


async def enter(session: AsyncSession, entered: EnterEditionPhase) -> EditionPlan:
    """Put the edition in the phase; when it is there or further already, only say so."""
    edition = await locked(session, entered.edition)
    if _is_ahead(EditionPhase(edition.phase), entered.phase):
        if entered.phase is EditionPhase.FINAL:
            await _begin_final(session, edition, entered.at, None)
        else:
            _move(session, edition, entered.phase, entered.at, None)
        await session.flush()
    return await wire_plan(session, edition)


async def remind(session: AsyncSession, due: EditionRef) -> EditionPlan:
    """Ask the organisers to confirm, once for each date of the frame in force that has come."""
    edition = await locked(session, due.edition)
    plan = await wire_plan(session, edition)
    come = [each for each in plan.remind_at if each <= due.at]
    if edition.phase == EditionPhase.PREPARED and come:
        await ask_to_confirm(session, edition, come[-1])
    return plan


async def locked(session: AsyncSession, edition: str) -> Edition:
    """The row of an edition, held until the transaction ends."""
    return (
        await session.execute(
            select(Edition)
            .where(col(Edition.id) == UUID(edition))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one()


async def cancelled_by(session: AsyncSession, edition: Edition) -> Request | None:
    """The request that cancelled an edition, by its journal."""
    return await session.scalar(
        select(Request)
        .join(JournalLine, col(JournalLine.request_id) == col(Request.id))
        .where(
            col(JournalLine.subject) == f"edition:{edition.id}",
            col(JournalLine.after) == EditionPhase.CANCELLED,
        )
    )


async def _confirm(session: AsyncSession, edition: Edition, request: Request) -> None:
    check_seen(edition, request)
    await open_cycles(session, edition, request.arrived_at)
    _move(session, edition, EditionPhase.TERRITORIAL, request.arrived_at, request)
    await prepare_with_the_edition(session, edition, request.by_person)


def _set_terms(session: AsyncSession, edition: Edition, request: Request) -> None:
    check_reason(_reason(request))
    quorum = int(request.payload["quorum"])
    check_quorum(quorum, len(led(edition).territories))
    before = f"{edition.quorum}, {led(edition).cutoff_at.isoformat()}"
    edition.quorum = quorum
    edition.cutoff_at = datetime.fromisoformat(str(request.payload["cutoff_at"]))
    write_line(
        session,
        subject=f"edition:{edition.id}",
        act=EditionAct.SET_TERMS,
        at=request.arrived_at,
        before=before,
        after=f"{quorum}, {edition.cutoff_at.isoformat()}",
        reason=_reason(request),
        request=request,
    )


async def _begin_final(
    session: AsyncSession, edition: Edition, at: datetime, request: Request | None
) -> None:
    """Put the final on its way: its dates are pushed when it begins late, and the late are told."""
    cycles = await cycles_of(session, edition)
    national = next(each for each in cycles if each.level == Level.NATIONAL)
    planned = calendar_in(national)
    calendar = begun_late(planned, at)
    if calendar != planned:
        put_in_force(session, national, calendar, act="push_dates", at=at, request=request)
        _write_pushed(session, national, at, request)
        await follow(session, national, at, request)
    _move(session, edition, EditionPhase.FINAL, at, request)
    territories = [each for each in cycles if each.level == Level.TERRITORIAL]
    await tell_the_late(session, edition, territories, calendar, _reason(request))


def _write_pushed(
    session: AsyncSession, national: Cycle, at: datetime, request: Request | None
) -> None:
    write_line(
        session,
        subject=f"cycle:{national.id}",
        act="push_dates",
        at=at,
        reason=_reason(request),
        request=request,
        cycle_id=national.id,
        calendar_version=national.calendar_version,
    )


def _move(
    session: AsyncSession,
    edition: Edition,
    phase: EditionPhase,
    at: datetime,
    request: Request | None,
) -> None:
    before, edition.phase, edition.entered_at = edition.phase, phase, at
    write_line(
        session,
        subject=f"edition:{edition.id}",
        act="enter_edition_phase",
        at=at,
        before=before,
        after=phase,
        reason=_reason(request),
        request=request,
    )


def _is_ahead(before: EditionPhase, after: EditionPhase) -> bool:
    if before in EDITION_ENDED:
        return False
    return EDITION_ORDER.index(after) > EDITION_ORDER.index(before)


def _reason(request: Request | None) -> str:
    return str(request.payload.get("reason", "")) if request else ""
