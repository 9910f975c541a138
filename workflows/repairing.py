"""A cycle whose deal can be repaired while jurors read: somebody leaves, a file lacks readers."""

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.refusing import refusing
    from domain.dealing import check_repair
    from domain.phases import BUSY, Phase
    from domain.refusals import Refusal
    from domain.wire.asked import Asked
    from domain.wire.cycle import CycleState, RepairDeal

from workflows import cycle_errands as errands


class Repairable:
    """What a cycle answers to who repairs its deal; it takes turns with changes of phase."""

    _cycle: str
    _phase: Phase
    _turn: asyncio.Lock

    def state(self) -> CycleState:
        """Where the cycle stands."""
        raise NotImplementedError

    def _is_busy(self) -> bool:
        raise NotImplementedError

    @workflow.update
    async def repair_deal(self, asked: Asked) -> CycleState:
        """Repair the deal; answers once the cards have changed hands and the reserve is called."""
        async with self._turn:
            asking = RepairDeal(self._cycle, asked.request, asked.arrived_at)
            repaired = await errands.repair_deal(asking)
        await errands.mail(f"deal:{self._cycle}")
        for juror in repaired.left if repaired.calls_the_reserve else ():
            await errands.replace(juror)
        return self.state()

    @repair_deal.validator
    def _may_repair(self, asked: Asked) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            if self._is_busy():
                raise Refusal(BUSY)
            check_repair(self._phase)
