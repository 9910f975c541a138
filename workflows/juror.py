"""The service of one juror in one cycle, from the invitation to the thanks."""

from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.juries import Juries
    from activities.letters.post import Post
    from activities.refusing import refusing
    from domain.calendar import CycleCalendar, reminder_instants
    from domain.jurors import JurorStatus, JurorTask, check_answer
    from domain.phases import ORDER, Phase
    from domain.refusals import N_, Refusal
    from domain.wire import names
    from domain.wire.asked import Asked
    from domain.wire.cycle import CycleMoved
    from domain.wire.juror import (
        AnswerInvitation,
        CardState,
        CloseCard,
        JurorRef,
        JurorState,
        RemindJuror,
        RunJuror,
        SettleAnswer,
        SettleCard,
        SettleConflicts,
    )
    from domain.wire.letters import SendLettersAbout
    from workflows.calling import BRIEF, DATABASE, PATIENT, POST, refusals_handed_on

from workflows.dealing import deal_again


@workflow.defn
class JurorWorkflow:
    """Waits with a juror: for the answer, the conflicts, the score cards."""

    @workflow.init
    def __init__(self, juror: RunJuror) -> None:
        self._juror = juror.juror
        self._cycle = juror.cycle
        self._calendar: CycleCalendar = juror.calendar
        self._phase = juror.phase
        self._state = JurorState(JurorStatus.INVITED)
        self._successors: list[str] = []
        self._letters_due = True
        self._woken = False
        self._news = False
        self._joined_late = False

    @workflow.run
    async def run(self, juror: RunJuror) -> JurorState:  # noqa: ARG002  (read by __init__)
        """Accompany a juror from the invitation to the end of the evaluation."""
        await self._invite()
        if self._state.status is JurorStatus.ACCEPTED:
            await self._serve()
        elif not self._is_past(Phase.EVALUATION):
            await self._call_the_reserve()
        await workflow.wait_condition(workflow.all_handlers_finished)
        await self._catch_up()
        return self._state

    async def _invite(self) -> None:
        """Send the invitation, remind of it, and let it expire."""
        invited_at = workflow.now()
        expires_at = invited_at + self._calendar.invitation_expires_after
        await self._write_the_invitation(invited_at)
        reminders = [
            invited_at + period for period in sorted(self._calendar.invitation_reminders_after)
        ]
        for rank, instant in enumerate(i for i in reminders if i < expires_at):
            if await self._pause_until(instant, self._has_answered):
                return
            await self._remind(JurorTask.ANSWER, expires_at, rank)
        if not await self._pause_until(expires_at, self._has_answered):
            await self._expire()

    async def _serve(self) -> None:
        """Serve until the evaluation is over, and begin anew when its dates moved and it waits again."""
        while not self._is_past(Phase.EVALUATION):
            await self._until_evaluation()
            if self._joined_late and self._phase is Phase.EVALUATION:
                self._joined_late = False
                await deal_again(self._cycle)
            await self._until_every_card_is_closed()

    async def _until_evaluation(self) -> None:
        """Ask for conflicts as soon as the candidates are known, then wait for the evaluation."""
        await self._pause_until(None, lambda: self._is_past(Phase.OPEN))
        if self._phase is Phase.SCREENING:
            await self._ask_for_conflicts()
        await self._pause_until(None, lambda: self._is_past(Phase.SCREENING))

    async def _until_every_card_is_closed(self) -> None:
        """Remind of the cards that are left, at the dates of the calendar in force."""
        done: set[datetime] = set()
        while self._phase is Phase.EVALUATION:
            until = self._calendar.evaluation_until
            reminders = reminder_instants(until, self._calendar.juror_reminders_before)
            coming = (each for each in reminders if each > workflow.now() and each not in done)
            reminder = next(coming, None)
            if await self._pause_until(reminder, self._has_news) or reminder is None:
                continue
            done.add(reminder)
            await self._remind(JurorTask.SCORE, until, len(done))

    # What the juror asks, and what the others tell.

    @workflow.update
    async def answer(self, asked: AnswerInvitation) -> JurorState:
        """Accept or decline the invitation."""
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Juries.settle_answer,
                SettleAnswer(self._juror, asked.request, asked.arrived_at, asked.accepts),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary="Régler la réponse à l’invitation",
            )
        self._joined_late = self._is_past(Phase.SCREENING)
        self._settled(state)
        return state

    @answer.validator
    def _may_answer(self, asked: AnswerInvitation) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            check_answer(self._state.status)

    @workflow.update
    async def declare_conflicts(self, asked: Asked) -> JurorState:
        """Stand aside from the files named in the request; none is an answer too."""
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Juries.settle_conflicts,
                SettleConflicts(self._juror, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary="Enregistrer les conflits déclarés",
            )
        self._settled(state)
        return state

    @declare_conflicts.validator
    def _may_declare(self, asked: Asked) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            if self._state.status is not JurorStatus.ACCEPTED or not self._is_past(Phase.OPEN):
                raise Refusal(
                    N_("Les conflits se déclarent une fois l’invitation acceptée et l’appel clos.")
                )

    @workflow.update
    async def close_card(self, asked: CloseCard) -> CardState:
        """Seal a card, abstain or stand aside."""
        with refusals_handed_on():
            card = await workflow.execute_local_activity_method(
                Juries.settle_card,
                SettleCard(self._juror, asked.card, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Clore une fiche : {asked.act}",
            )
        self._successors.extend(card.wake)
        self._letters_due = True
        self._wake()
        return card

    @close_card.validator
    def _may_close(self, asked: CloseCard) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            if self._phase is not Phase.EVALUATION:
                raise Refusal(
                    N_("L’évaluation n’est pas ouverte : cette fiche ne peut pas être envoyée.")
                )

    @workflow.signal
    def cycle_moved(self, told: CycleMoved) -> None:
        """The cycle changed its phase or its dates."""
        self._phase = told.phase
        self._calendar = told.calendar
        self._letters_due = True
        self._wake()

    @workflow.query
    def state(self) -> JurorState:
        """Where the juror stands."""
        return self._state

    # How it waits.

    def _has_answered(self) -> bool:
        return self._state.status is not JurorStatus.INVITED or self._is_past(Phase.EVALUATION)

    def _has_news(self) -> bool:
        return self._news

    def _is_past(self, phase: Phase) -> bool:
        return self._phase is Phase.CANCELLED or ORDER.index(self._phase) > ORDER.index(phase)

    def _settled(self, state: JurorState) -> None:
        self._state = state
        self._successors.extend(state.wake)
        self._letters_due = True
        self._wake()

    def _wake(self) -> None:
        self._woken = True
        self._news = True

    async def _pause_until(self, instant: datetime | None, happened: Callable[[], bool]) -> bool:
        """Wait for something or for an instant, sending what is due; True when it happened."""
        self._news = False
        while not happened():
            left = None if instant is None else max(instant - workflow.now(), timedelta())
            try:
                await workflow.wait_condition(
                    lambda: self._woken,
                    timeout=left,
                    timeout_summary="Prochaine échéance du juré",
                )
            except TimeoutError:
                return False
            self._woken = False
            await self._catch_up()
        return True

    async def _catch_up(self) -> None:
        """Send the letters that are due, to the juror and to those who received a card instead."""
        if self._letters_due:
            self._letters_due = False
            await self._post(self._juror)
        while self._successors:
            await self._post(self._successors.pop())

    async def _post(self, juror: str) -> None:
        await workflow.execute_activity_method(
            Post.send_letters_about,
            SendLettersAbout(f"juror:{juror}"),
            task_queue=names.POST,
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Envoyer les lettres du juré",
        )

    async def _remind(self, task: JurorTask, until: datetime, rank: int) -> None:
        planned = await workflow.execute_activity_method(
            Juries.remind,
            RemindJuror(self._juror, task, until, rank),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Rappeler ce qui reste à faire",
        )
        if planned.count:
            self._letters_due = True
            await self._catch_up()

    async def _write_the_invitation(self, at: datetime) -> None:
        await workflow.execute_activity_method(
            Juries.invite,
            JurorRef(self._juror, at),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Écrire l’invitation",
        )
        await self._catch_up()

    async def _ask_for_conflicts(self) -> None:
        await workflow.execute_activity_method(
            Juries.ask_for_conflicts,
            JurorRef(self._juror, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Demander les conflits d’intérêts",
        )
        self._letters_due = True
        await self._catch_up()

    async def _expire(self) -> None:
        self._state = await workflow.execute_activity_method(
            Juries.expire,
            JurorRef(self._juror, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Laisser expirer l’invitation",
        )
        self._letters_due = True

    async def _call_the_reserve(self) -> None:
        await workflow.execute_activity_method(
            Juries.call_the_reserve,
            JurorRef(self._juror, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Appeler le juré suivant de la réserve",
        )
        self._letters_due = True
