"""One cycle of the trophies, from its preparation to its end."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.refusing import refusing
    from domain.calendar import CycleCalendar
    from domain.early_end import ended_early, ends_at
    from domain.phases import BUSY, ENDED, Phase, check_act, check_cancel, check_end, check_signing
    from domain.refusals import Refusal
    from domain.wire.asked import Asked
    from domain.wire.cycle import (
        AskOfCycle,
        CycleMoved,
        CycleState,
        EndPhase,
        EnterPhase,
        MoveDates,
        RunCycle,
        SignMinutes,
    )

from workflows import cycle_errands as errands
from workflows.leading import offer_places_in_the_final, tell_the_edition
from workflows.repairing import Repairable


class CycleCancelledError(Exception):
    """An organiser cancelled the cycle; what was planned is off."""


@workflow.defn
class CycleWorkflow(Repairable):
    """Carries a cycle from phase to phase, at its dates or when an organiser says so."""

    @workflow.init
    def __init__(self, cycle: RunCycle) -> None:
        self._cycle = cycle.cycle
        self._calendar: CycleCalendar = cycle.calendar
        self._phase = Phase.PREPARED
        self._early: EndPhase | None = None
        self._cancellation: Asked | None = None
        self._is_ranked = False
        self._is_publishing = False
        # Versions of the calendar that people were not told of yet, and whether lapsed drafts revive.
        self._unannounced: list[int] = []
        self._last_move = 0
        self._reopens = False
        # A move of dates and a change of phase take turns, so that the last to be written is the last heard.
        self._turn = asyncio.Lock()

    @workflow.run
    async def run(self, cycle: RunCycle) -> CycleState:  # noqa: ARG002  (read by __init__)
        """Carry one cycle from its preparation to its end, or to its cancellation."""
        lives: dict[Phase, Callable[[], Awaitable[object]]] = {
            Phase.PREPARED: partial(self._passes_to, Phase.OPEN),
            Phase.OPEN: self._call_for_applications,
            Phase.SCREENING: self._screen,
            Phase.EVALUATION: self._evaluate,
            Phase.DELIBERATION: self._deliberate,
            Phase.DECIDED: self._publish,
            Phase.PUBLISHED: partial(self._passes_to, Phase.CLOSED),
        }
        try:
            while self._phase not in ENDED:
                await lives[self._phase]()
        except CycleCancelledError:
            await self._announce_the_cancellation()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.state()

    async def _call_for_applications(self) -> None:
        if await self._passes_to(Phase.SCREENING):
            await errands.tell_drafts(self._cycle, self._moved())
            await errands.tell_jurors(self._cycle, self._moved())

    async def _screen(self) -> None:
        if await self._passes_to(Phase.EVALUATION):
            # Jurors know first: a card that they can see is a card that they can send.
            await errands.tell_jurors(self._cycle, self._moved())
            await errands.deal(self._cycle)
            await errands.mail(f"deal:{self._cycle}")

    async def _evaluate(self) -> None:
        if await self._passes_to(Phase.DELIBERATION):
            moved = self._moved()
            await errands.freeze_the_ranking(self._cycle)
            self._is_ranked = True
            await errands.tell_jurors(self._cycle, moved)
            await errands.mail(f"deliberation:{self._cycle}")

    async def _deliberate(self) -> None:
        """Wait for the chair's signature; a late jury is told, never overruled."""
        reminded: datetime | None = None
        while not self._is_decided():
            until = self._calendar.deliberation_until
            left = None if until == reminded else until
            if await self._until(lambda: self._is_decided() or bool(self._unannounced), left):
                await self._announce_the_moves()
            else:
                reminded = until
                await errands.remind_the_chair(self._cycle)
        await tell_the_edition(self._cycle, self._phase)
        await offer_places_in_the_final(self._cycle)

    async def _publish(self) -> None:
        await self._until_the_end_of(Phase.DECIDED)
        async with self._turn:  # a move that is being written may still put it off
            self._is_publishing = self._early is not None or not self._is_ahead(Phase.DECIDED)
        if not self._is_publishing:
            return
        lifted = self._early
        await errands.publish(self._cycle, lifted)
        self._published(lifted)
        await tell_the_edition(self._cycle, self._phase)
        await errands.tell_applications(self._cycle, self._moved())
        await errands.tell_jurors(self._cycle, self._moved())

    async def _announce_the_cancellation(self) -> None:
        await self._enter(Phase.CANCELLED)
        await errands.tell_applications(self._cycle, self._moved())
        await errands.tell_jurors(self._cycle, self._moved())
        await errands.mail(f"cancelled:{self._cycle}")

    async def _announce_the_moves(self) -> None:
        """Write to those whom the dates that moved concern, and tell everybody who waits."""
        while self._unannounced:
            await errands.mail(f"dates:{self._cycle}:{self._unannounced.pop(0)}")
            await errands.tell_applications(self._cycle, self._moved())
            await errands.tell_jurors(self._cycle, self._moved())
            if self._reopens:
                self._reopens = False
                await errands.reopen_drafts(self._cycle, self._moved())
            await tell_the_edition(self._cycle, self._phase)

    # What people ask.

    @workflow.update
    async def end_phase(self, asked: EndPhase) -> CycleState:
        """End the running phase now; answers once the next one has begun."""
        self._early = asked
        await workflow.wait_condition(lambda: self._phase is not asked.phase)
        return self.state()

    @end_phase.validator
    def _may_end(self, asked: EndPhase) -> None:
        with refusing():
            if self._is_busy() or self._turn.locked():
                raise Refusal(BUSY)
            check_end(self._phase, asked.phase)

    @workflow.update
    async def cancel(self, asked: Asked) -> CycleState:
        """Cancel the cycle; answers once it is recorded."""
        self._cancellation = asked
        await workflow.wait_condition(lambda: self._phase in ENDED)
        if self._phase is not Phase.CANCELLED:  # it was closing while we asked
            with refusing():
                check_cancel(self._phase)
        return self.state()

    @cancel.validator
    def _may_cancel(self, asked: Asked) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            check_cancel(Phase.CANCELLED if self._cancellation else self._phase)

    @workflow.update
    async def move_dates(self, asked: Asked) -> CycleState:
        """Move dates; answers once they are in force, before those whom they concern are told."""
        async with self._turn:
            asking = MoveDates(self._cycle, asked.request, asked.arrived_at)
            self._hear(await errands.move_dates(asking))
        return self.state()

    @move_dates.validator
    def _may_move(self, asked: Asked) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            if self._is_busy():
                raise Refusal(BUSY)

    @workflow.update
    async def sign_minutes(self, asked: Asked) -> CycleState:
        """Seal the jury's decisions by the chair's signature, once the ranking is there to check them."""
        await workflow.wait_condition(lambda: self._is_ranked)
        async with self._turn:
            signing = SignMinutes(self._cycle, asked.request, asked.arrived_at)
            self._phase = (await errands.sign_minutes(signing)).phase
        return self.state()

    @sign_minutes.validator
    def _may_sign(self, asked: Asked) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            check_signing(self._phase)

    @workflow.update
    async def act(self, asked: AskOfCycle) -> CycleState:
        """Decide again under embargo, for a category whose laureate or nominee has gone."""
        async with self._turn:
            await errands.settle(self._cycle, asked)
        return self.state()

    @act.validator
    def _may_act(self, asked: AskOfCycle) -> None:
        with refusing():
            if self._is_busy():
                raise Refusal(BUSY)
            check_act(self._phase, asked.act)

    @workflow.query
    def state(self) -> CycleState:
        """Where the cycle stands, and until when."""
        return CycleState(self._phase, ends_at(self._calendar, self._phase))

    # How it waits and moves.

    def _is_decided(self) -> bool:
        return self._phase is Phase.DECIDED

    def _is_busy(self) -> bool:
        return bool(self._early or self._cancellation or self._is_publishing)

    def _is_ahead(self, phase: Phase) -> bool:
        end = ends_at(self._calendar, phase)
        return end is not None and end > workflow.now()

    def _is_disturbed(self) -> bool:
        return self._early is not None or bool(self._unannounced)

    def _moved(self) -> CycleMoved:
        return CycleMoved(self._phase, self._calendar)

    def _hear(self, moved: CycleMoved) -> None:
        """Take over what was written; a version says that people are to be told of it."""
        was_open = self._phase in {Phase.PREPARED, Phase.OPEN}
        self._phase, self._calendar = moved.phase, moved.calendar
        if moved.version > self._last_move:
            self._last_move = moved.version
            self._unannounced.append(moved.version)
            self._reopens = self._reopens or (not was_open and moved.phase is Phase.OPEN)

    async def _passes_to(self, following: Phase) -> bool:
        """Wait for the end of the phase, then enter the next; False when dates were moved meanwhile."""
        if not await self._until_the_end_of(self._phase):
            return False
        await self._enter(following)
        return self._phase is following

    async def _until_the_end_of(self, phase: Phase) -> bool:
        """Wait for the end of a phase by the dates in force at each moment; False when it was left."""
        while self._phase is phase:
            if not await self._until(self._is_disturbed, ends_at(self._calendar, phase)):
                return True
            if self._early is not None:
                return True
            await self._announce_the_moves()
        return False

    async def _until(self, happened: Callable[[], bool], instant: datetime | None = None) -> bool:
        """Wait for something or for an instant; True when it happened first."""
        left = None if instant is None else max(instant - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: happened() or self._cancellation is not None,
                timeout=left,
                timeout_summary=f"Fin de la phase : {self._phase}",
            )
        except TimeoutError:
            return False
        if self._cancellation is not None:
            raise CycleCancelledError
        return True

    def _published(self, lifted: EndPhase | None) -> None:
        if lifted is not None:
            self._calendar = ended_early(self._calendar, Phase.DECIDED, lifted.arrived_at)
        # Else the request that lifted the embargo early would close the cycle at once too.
        self._early = None
        self._is_publishing = False
        self._phase = Phase.PUBLISHED

    async def _enter(self, phase: Phase) -> None:
        async with self._turn:
            request = self._cancellation if phase is Phase.CANCELLED else self._early
            entering = EnterPhase(
                self._cycle,
                phase,
                at=request.arrived_at if request else workflow.now(),
                request=request.request if request else None,
            )
            moved = await errands.enter_phase(entering)
            self._early = None
            self._hear(moved)
        await tell_the_edition(self._cycle, self._phase)
