"""Many letters at once, behind those that somebody waits for."""

from temporalio import workflow
from temporalio.common import Priority

with workflow.unsafe.imports_passed_through():
    from activities.letters.post import Post
    from activities.mailings import Mailings
    from activities.refusing import refusing
    from domain.mailings import WAITING, MailingStep, after
    from domain.wire import names
    from domain.wire.letters import Posted, SendMailing
    from domain.wire.mailing import AskOfMailing, ConcludeMailing, MailingState, SettleMailing
    from workflows.calling import (
        BRIEF,
        CURSOR,
        DATABASE,
        HEARTBEAT,
        PATIENT,
        refusals_handed_on,
    )


@workflow.defn
class MailingWorkflow:
    """Sends every planned letter of a mailing, by a cursor in the ledger.

    What is held, paused or cancelled is no longer planned: the letters say it, and the post has
    nothing to ask. A mailing without a row of its own is sent once, and nobody looks after it.
    """

    @workflow.init
    def __init__(self, mailing: SendMailing) -> None:
        self._mailing = mailing
        self._step = mailing.step
        self._settled: set[str] = set()

    @workflow.run
    async def run(self, mailing: SendMailing) -> Posted:
        """Send them all; a worker that dies is followed by one that goes on from the ledger."""
        posted = await self._send()
        while mailing.row and not await self._is_over():
            self._continue_as_new_if_long()
            posted = await self._send()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return posted

    async def _is_over(self) -> bool:
        """Wait for whoever holds it; true once nothing is left, or somebody gave it up."""
        if self._step is MailingStep.SENDING:
            state = await self._conclude()
            if state.step is MailingStep.SENT:
                self._step = state.step
        await workflow.wait_condition(
            lambda: self._step not in WAITING and workflow.all_handlers_finished()
        )
        return self._step is not MailingStep.SENDING

    def _continue_as_new_if_long(self) -> None:
        if workflow.info().is_continue_as_new_suggested():
            workflow.continue_as_new(
                SendMailing(self._mailing.mailing, self._mailing.row, self._step)
            )

    async def _send(self) -> Posted:
        return await workflow.execute_activity_method(
            Post.send_mailing,
            self._mailing,
            task_queue=names.MAILINGS,
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            priority=Priority(priority_key=5),
            summary="Envoyer un courrier en nombre",
        )

    async def _conclude(self) -> MailingState:
        return await workflow.execute_activity_method(
            Mailings.conclude,
            ConcludeMailing(self._mailing.row, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Clore l’envoi s’il ne reste rien",
        )

    @workflow.update
    async def act(self, asked: AskOfMailing) -> MailingState:
        """Release, pause, resume or cancel."""
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Mailings.settle,
                SettleMailing(self._mailing.row, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._settled.add(asked.request)
        self._step = state.step
        return state

    @act.validator
    def _may_act(self, asked: AskOfMailing) -> None:
        with refusing():
            if asked.request not in self._settled:
                after(self._step, asked.act)

    @workflow.query
    def state(self) -> MailingState:
        """Where the mailing stands."""
        return MailingState(self._step)
