"""One correction of a published palmarès: proposed by one person, confirmed by another."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.corrections import Corrections
    from activities.letters.post import Post
    from activities.refusing import refusing
    from domain.corrections import CorrectionStep, check_answerable
    from domain.wire import names
    from domain.wire.correction import (
        AskOfCorrection,
        CorrectionState,
        LapseCorrection,
        RunCorrection,
        SettleCorrection,
    )
    from domain.wire.letters import SendLettersAbout
    from workflows.calling import BRIEF, DATABASE, PATIENT, POST, refusals_handed_on


@workflow.defn
class CorrectionWorkflow:
    """Waits for a second person, who publishes the corrected version or dismisses it."""

    @workflow.init
    def __init__(self, correction: RunCorrection) -> None:
        self._correction = correction.correction
        self._until = correction.until
        self._step = CorrectionStep.PROPOSED
        self._settled: set[str] = set()

    @workflow.run
    async def run(self, correction: RunCorrection) -> CorrectionState:  # noqa: ARG002  (read by __init__)
        """Ask a second person, wait for the answer, and tell those whom it concerns."""
        await self._send_the_letters()
        await self._until_somebody_answers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        await self._send_the_letters()
        return CorrectionState(self._step)

    async def _until_somebody_answers(self) -> None:
        left = max(self._until - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._step is not CorrectionStep.PROPOSED,
                timeout=left,
                timeout_summary="Réponse d’une seconde personne",
            )
        except TimeoutError:
            state = await workflow.execute_activity_method(
                Corrections.lapse,
                LapseCorrection(self._correction, workflow.now()),
                start_to_close_timeout=DATABASE,
                retry_policy=PATIENT,
                summary="Clore une proposition restée sans réponse",
            )
            self._step = state.step

    @workflow.update
    async def act(self, asked: AskOfCorrection) -> CorrectionState:
        """Confirm or dismiss."""
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Corrections.settle,
                SettleCorrection(self._correction, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._settled.add(asked.request)
        self._step = state.step
        return state

    @act.validator
    def _may_act(self, asked: AskOfCorrection) -> None:
        with refusing():
            if asked.request not in self._settled:
                check_answerable(self._step)

    @workflow.query
    def state(self) -> CorrectionState:
        """Where the correction stands."""
        return CorrectionState(self._step)

    async def _send_the_letters(self) -> None:
        await workflow.execute_activity_method(
            Post.send_letters_about,
            SendLettersAbout(names.correction_id(self._correction)),
            task_queue=names.POST,
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Envoyer les lettres de la correction",
        )
