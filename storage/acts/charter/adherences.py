"""The acts on an adherence: its situation, its line of audit and its letters, together."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter.closed_files import check_may_ask
from domain.charter.situation import Situation
from domain.charter.states import Act, State, check_allowed
from domain.charter.timetable import MOVES, Due, Timer, dues
from domain.refusals import Refusal
from domain.wire.adherence import FallDue, SettleAdherence
from storage.acts.charter import calendar, entry, heads, membership, reports
from storage.acts.charter.case import AdherenceCase, close, opened
from storage.acts.charter.owed import check_brought, take_owed
from storage.acts.charter.reminders import REMINDERS, remind
from storage.acts.waiting import still_waiting

Deed = Callable[[AsyncSession, AdherenceCase], Awaitable[Situation]]


def _with_what_is_owed(deed: Deed) -> Deed:
    async def do(session: AsyncSession, case: AdherenceCase) -> Situation:
        await check_brought(session, case)
        return await deed(session, case)

    return do


async def _accept(session: AsyncSession, case: AdherenceCase) -> Situation:
    await take_owed(session, case)
    return await entry.accept(session, case)


ACTS: dict[Act, Deed] = {
    Act.SIGN: _with_what_is_owed(entry.sign),
    Act.COMPLETE: _with_what_is_owed(entry.complete),
    Act.ABANDON: entry.abandon,
    Act.ASK_COMPLEMENTS: entry.ask_complements,
    Act.ACCEPT: _accept,
    Act.REFUSE: entry.refuse,
    Act.FILE_REPORT: reports.file_report,
    Act.VALIDATE_REPORT: reports.validate_report,
    Act.RETURN_REPORT: reports.return_report,
    Act.EXTEND: reports.extend,
    Act.RENEW: membership.renew,
    Act.WITHDRAW: membership.withdraw,
    Act.SUSPEND: membership.suspend,
    Act.LIFT: membership.lift,
    Act.REMOVE: membership.remove,
    Act.NAME_SUCCESSOR: membership.name_successor,
    Act.TRANSFER: membership.transfer,
    Act.TAKE_OVER: heads.take_over,
}

# What a company may have sent in time, and that a date must not overtake.
AWAITED = {
    Timer.EXPIRE: (Act.SIGN, Act.COMPLETE),
    Timer.MISS: (Act.FILE_REPORT,),
    Timer.REMOVE: (Act.FILE_REPORT,),
    Timer.REACH_TERM: (Act.RENEW,),
    Timer.END_GRACE: (Act.RENEW,),
    Timer.END_CESSATION: (Act.TRANSFER,),
}


async def settle(session: AsyncSession, asked: SettleAdherence) -> Situation:
    """Do what was asked, once: the same request again gives the situation that it led to."""
    case = await opened(session, asked.adherence, asked.request, asked.arrived_at)
    if case.request is not None and case.request.settled:
        return case.situation
    if await _let_the_calendar_pass(session, case):
        case = await opened(session, asked.adherence, asked.request, asked.arrived_at)
    check_may_ask(case.situation, asked.act)
    after = await ACTS[asked.act](session, case)
    await close(session, case, asked.act, after)
    return after


async def fall_due(session: AsyncSession, date: FallDue) -> Situation:
    """Do what a date brings, if it is still due; what arrived before it is settled first."""
    await _settle_what_waits(session, date)
    case = await opened(session, date.adherence, None, date.at)
    if date.due.what in REMINDERS:
        await remind(session, case, date.due)
        return case.situation
    if date.due not in dues(case.situation, case.charter.periods):
        return case.situation
    # A date decides at its instant however late it is carried, but never before the state that it ends.
    case.at = max(date.due.at, case.situation.since)
    act, move = calendar.MOVES[date.due.what]
    after = await move(session, case, date.due)
    await close(session, case, act, after)
    return after


async def _let_the_calendar_pass(session: AsyncSession, case: AdherenceCase) -> bool:
    """What was due before this request arrived comes first, even if nobody has carried it yet."""
    passed = False
    adherence, arrived_at, situation = str(case.adherence.id), case.at, case.situation
    while due := _overdue(situation, case, arrived_at):
        after = await fall_due(session, FallDue(adherence, due, due.at))
        if after == situation:
            break
        situation, passed = after, True
    return passed


def _overdue(situation: Situation, case: AdherenceCase, arrived_at: datetime) -> Due | None:
    coming = dues(situation, case.charter.periods)
    return next((due for due in coming if due.what in MOVES and due.at < arrived_at), None)


async def cease(session: AsyncSession, date: FallDue) -> Situation:
    """The register says that the establishment is closed."""
    case = await opened(session, date.adherence, None, date.at)
    if case.situation.ceased_on is not None or case.situation.state is State.CEASED:
        return case.situation
    check_allowed(case.situation.state, Act.CEASE)
    after = await calendar.cease(session, case)
    await close(session, case, Act.CEASE, after)
    return after


async def _settle_what_waits(session: AsyncSession, date: FallDue) -> None:
    subject = f"adherence:{date.adherence}"
    kinds = AWAITED.get(date.due.what, ())
    for request in await still_waiting(session, subject, kinds, date.due.at):
        asked = SettleAdherence(
            date.adherence, Act(request.kind), str(request.id), request.arrived_at
        )
        try:
            async with session.begin_nested():
                await settle(session, asked)
        except Refusal:
            request.settled = True
