"""What is asked of a cycle beside its dates and its phases: once, in one transaction."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from domain.phases import CycleAct, Phase, check_act
from domain.wire.cycle import CycleSettled, SettleCycle
from storage.acts.amending import amend
from storage.acts.cycles import locked
from storage.acts.judging_conflicts import judge_conflict
from storage.acts.regrouping import regroup, ungroup
from storage.requests import refusal_of, the_request
from storage.tables.cycles import Cycle
from storage.tables.records import Request

Do = Callable[[AsyncSession, Cycle, Request], Awaitable[CycleSettled]]

ACTS: dict[CycleAct, Do] = {
    CycleAct.AMEND: amend,
    CycleAct.REGROUP: regroup,
    CycleAct.UNGROUP: ungroup,
    CycleAct.JUDGE_CONFLICT: judge_conflict,
}


async def settle(session: AsyncSession, asked: SettleCycle) -> CycleSettled:
    """Do what was asked; the same request again finds it done."""
    cycle = await locked(session, asked.cycle)
    request = await the_request(session, asked.request)
    if request.settled:
        refusal = refusal_of(request)
        if refusal:
            raise refusal
        return CycleSettled()
    check_act(Phase(cycle.phase), asked.act)
    settled = await ACTS[asked.act](session, cycle, request)
    request.settled = True
    await session.flush()
    return settled
