"""One cycle of the trophies, from its preparation to its end."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.cycles import Cycles
    from activities.refusing import refusing
    from activities.telling import Telling
    from domain.calendar import CycleCalendar
    from domain.early_end import ended_early, ends_at
    from domain.phases import ENDED, Phase, check_cancel, check_end
    from domain.refusals import N_, Refusal
    from domain.wire import names
    from domain.wire.asked import Asked
    from domain.wire.cycle import (
        CycleMoved,
        CycleRef,
        CycleState,
        EndPhase,
        EnterPhase,
        RunCycle,
        SignMinutes,
        TellEveryone,
        Told,
    )
    from domain.wire.letters import SendMailing
    from workflows.calling import BRIEF, CURSOR, DATABASE, HEARTBEAT, PATIENT, refusals_handed_on

from workflows.leading import tell_the_edition
from workflows.mailing import MailingWorkflow
from workflows.publication import PublicationWorkflow

Tell = Callable[[Telling, TellEveryone], Awaitable[Told]]


class CycleCancelledError(Exception):
    """An organiser cancelled the cycle; what was planned is off."""


@workflow.defn
class CycleWorkflow:
    """Carries a cycle from phase to phase, at its dates or when an organiser says so."""

    @workflow.init
    def __init__(self, cycle: RunCycle) -> None:
        self._cycle = cycle.cycle
        self._calendar: CycleCalendar = cycle.calendar
        self._phase = Phase.PREPARED
        self._early: EndPhase | None = None
        self._cancellation: Asked | None = None
        self._is_ranked = False

    @workflow.run
    async def run(self, cycle: RunCycle) -> CycleState:  # noqa: ARG002  (read by __init__)
        """Carry one cycle from its preparation to its end, or to its cancellation."""
        try:
            await self._prepare()
            await self._call_for_applications()
            await self._screen()
            await self._evaluate()
            await self._deliberate()
            await self._hold_the_embargo()
            await self._publish()
        except CycleCancelledError:
            await self._announce_the_cancellation()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.state()

    async def _prepare(self) -> None:
        await self._until_the_end_of(Phase.PREPARED)
        await self._enter(Phase.OPEN)

    async def _call_for_applications(self) -> None:
        await self._until_the_end_of(Phase.OPEN)
        moved = await self._enter(Phase.SCREENING)
        await self._tell_drafts(moved)
        await self._tell_jurors(moved)

    async def _screen(self) -> None:
        await self._until_the_end_of(Phase.SCREENING)
        # Jurors know first: a card that they can see is a card that they can send.
        await self._tell_jurors(await self._enter(Phase.EVALUATION))
        await self._deal()
        await self._mail(f"deal:{self._cycle}")

    async def _evaluate(self) -> None:
        await self._until_the_end_of(Phase.EVALUATION)
        moved = await self._enter(Phase.DELIBERATION)
        await self._freeze_the_ranking()
        self._is_ranked = True
        await self._tell_jurors(moved)

    async def _deliberate(self) -> None:
        """Wait for the chair's signature; a late jury is told, never overruled."""
        await self._mail(f"deliberation:{self._cycle}")
        signed = await self._until(self._is_decided, self._calendar.deliberation_until)
        if not signed:
            await self._remind_the_chair()
            await self._until(self._is_decided)

    async def _hold_the_embargo(self) -> None:
        await tell_the_edition(self._cycle, self._phase)
        await self._until_the_end_of(Phase.DECIDED)

    async def _publish(self) -> None:
        lifted = self._early
        await workflow.execute_child_workflow(
            PublicationWorkflow.run,
            CycleRef(
                self._cycle,
                at=lifted.arrived_at if lifted else workflow.now(),
                request=lifted.request if lifted else None,
            ),
            id=names.publication_id(self._cycle),
            static_summary="Publier le palmarès",
        )
        moved = self._published(lifted)
        await tell_the_edition(self._cycle, self._phase)
        await self._tell_applications(moved)
        await self._tell_jurors(moved)
        await self._until_the_end_of(Phase.PUBLISHED)
        await self._enter(Phase.CLOSED)

    async def _announce_the_cancellation(self) -> None:
        moved = await self._enter(Phase.CANCELLED)
        await self._tell_applications(moved)
        await self._tell_jurors(moved)
        await self._mail(f"cancelled:{self._cycle}")

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
            if self._early is not None or self._cancellation is not None:
                raise Refusal(N_("Ce cycle change de phase en ce moment : rechargez la page."))
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
    async def sign_minutes(self, asked: Asked) -> CycleState:
        """Seal the jury's decisions by the chair's signature, once the ranking is there to check them."""
        await workflow.wait_condition(lambda: self._is_ranked)
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Cycles.sign_minutes,
                SignMinutes(self._cycle, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary="Signer le procès-verbal",
            )
        self._phase = state.phase
        return self.state()

    @sign_minutes.validator
    def _may_sign(self, asked: Asked) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            if self._phase is not Phase.DELIBERATION:
                raise Refusal(N_("Le procès-verbal ne se signe que pendant la délibération."))

    @workflow.query
    def state(self) -> CycleState:
        """Where the cycle stands, and until when."""
        return CycleState(self._phase, ends_at(self._calendar, self._phase))

    # How it waits and moves.

    def _is_decided(self) -> bool:
        return self._phase is Phase.DECIDED

    async def _until_the_end_of(self, phase: Phase) -> None:
        self._phase = phase
        await self._until(lambda: self._early is not None, ends_at(self._calendar, phase))

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

    def _published(self, lifted: EndPhase | None) -> CycleMoved:
        if lifted is not None:
            self._calendar = ended_early(self._calendar, Phase.DECIDED, lifted.arrived_at)
        # Else the request that lifted the embargo early would close the cycle at once too.
        self._early = None
        self._phase = Phase.PUBLISHED
        return CycleMoved(self._phase, self._calendar)

    async def _enter(self, phase: Phase) -> CycleMoved:
        request = self._cancellation if phase is Phase.CANCELLED else self._early
        moved = await workflow.execute_activity_method(
            Cycles.enter_phase,
            EnterPhase(
                self._cycle,
                phase,
                at=request.arrived_at if request else workflow.now(),
                request=request.request if request else None,
            ),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary=f"Passer à la phase : {phase}",
        )
        self._early = None
        self._phase = moved.phase
        self._calendar = moved.calendar
        await tell_the_edition(self._cycle, self._phase)
        return moved

    async def _deal(self) -> None:
        await workflow.execute_activity_method(
            Cycles.deal,
            CycleRef(self._cycle, workflow.now()),
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary="Attribuer les dossiers aux jurés",
        )

    async def _freeze_the_ranking(self) -> None:
        await workflow.execute_activity_method(
            Cycles.freeze_ranking,
            CycleRef(self._cycle, workflow.now()),
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary="Arrêter le classement",
        )

    async def _remind_the_chair(self) -> None:
        await workflow.execute_activity_method(
            Cycles.remind_the_chair,
            CycleRef(self._cycle, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Rappeler la délibération",
        )
        await self._mail(f"deliberation:{self._cycle}")

    async def _tell_drafts(self, moved: CycleMoved) -> None:
        await self._tell(Telling.tell_drafts, moved, "Prévenir les brouillons")

    async def _tell_applications(self, moved: CycleMoved) -> None:
        await self._tell(Telling.tell_applications, moved, "Prévenir les candidatures")

    async def _tell_jurors(self, moved: CycleMoved) -> None:
        await self._tell(Telling.tell_jurors, moved, "Prévenir les jurés")

    async def _tell(self, whom: Tell, moved: CycleMoved, summary: str) -> None:
        await workflow.execute_activity_method(
            whom,
            TellEveryone(self._cycle, moved),
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary=summary,
        )

    async def _mail(self, mailing: str) -> None:
        await workflow.start_child_workflow(
            MailingWorkflow.run,
            SendMailing(mailing),
            id=names.mailing_id(f"{mailing}:{workflow.uuid4()}"),
            parent_close_policy=ParentClosePolicy.ABANDON,
            static_summary="Envoyer les lettres",
        )
