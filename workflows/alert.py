"""One complaint about a signatory: heard on both sides, decided, open to appeal."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.alerts import Alerts
    from activities.letters.post import Post
    from activities.refusing import refusing
    from domain.charter.alerts import (
        OVER,
        AlertDue,
        AlertSituation,
        Effect,
        check_allowed,
        next_due,
    )
    from domain.wire import names
    from domain.wire.alert import (
        AlertFallsDue,
        AlertState,
        AskOfAlert,
        CarryOut,
        RunAlert,
        SettleAlert,
    )
    from domain.wire.letters import SendLettersAbout
    from workflows.calling import BRIEF, DATABASE, PATIENT, POST, refusals_handed_on


@workflow.defn
class AlertWorkflow:
    """Waits for the organiser's word, the company's reply, the decision, and its appeal."""

    @workflow.init
    def __init__(self, alert: RunAlert) -> None:
        self._alert = alert.alert
        self._periods = alert.periods
        self._situation: AlertSituation = alert.situation
        self._last = alert.situation.since
        self._settled: set[str] = set()
        self._effects: list[Effect] = []
        self._letters_due = True
        self._woken = False

    @workflow.run
    async def run(self, alert: RunAlert) -> AlertState:  # noqa: ARG002  (read by __init__)
        """Accompany a complaint from its arrival to the end of its appeal."""
        await self._catch_up()
        while self._situation.step not in OVER:
            due = next_due(self._situation, self._periods, self._last)
            if await self._wait_for(due):
                await self._fall_due(due)
        while not workflow.all_handlers_finished() or self._letters_due or self._effects:
            await workflow.wait_condition(workflow.all_handlers_finished)
            await self._catch_up()
        return AlertState(self._situation)

    # What people ask.

    @workflow.update
    async def act(self, asked: AskOfAlert) -> AlertState:
        """Admit, dismiss, reply, decide, appeal, answer the appeal."""
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Alerts.settle,
                SettleAlert(self._alert, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._settled.add(asked.request)
        self._become(state)
        self._woken = True
        return state

    @act.validator
    def _may_act(self, asked: AskOfAlert) -> None:
        with refusing():
            if asked.request not in self._settled:
                check_allowed(self._situation.step, asked.act)

    @workflow.query
    def state(self) -> AlertState:
        """Where the complaint stands."""
        return AlertState(self._situation)

    # How it waits.

    def _become(self, state: AlertState) -> None:
        self._situation = state.situation
        if state.effect is not Effect.NONE:
            self._effects.append(state.effect)
        self._letters_due = True

    async def _wait_for(self, due: AlertDue | None) -> bool:
        """Wait for a date; false when something happened first."""
        left = None if due is None else max(due.at - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._woken,
                timeout=left,
                timeout_summary="Prochaine échéance du signalement",
            )
        except TimeoutError:
            return True
        self._woken = False
        await self._catch_up()
        return False

    async def _fall_due(self, due: AlertDue | None) -> None:
        if due is None:
            return
        state = await workflow.execute_activity_method(
            Alerts.fall_due,
            AlertFallsDue(self._alert, due, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary=f"Échéance : {due.what}",
        )
        self._last = max(self._last, due.at)
        self._become(state)
        await self._catch_up()

    async def _catch_up(self) -> None:
        """Do to the adherence what was decided, then send the letters."""
        while self._effects:
            effect = self._effects.pop(0)
            await workflow.execute_activity_method(
                Alerts.carry_out,
                CarryOut(self._alert, effect, workflow.now()),
                start_to_close_timeout=POST,
                retry_policy=PATIENT,
                summary=f"Appliquer à l’adhésion : {effect}",
            )
        if self._letters_due:
            self._letters_due = False
            await workflow.execute_activity_method(
                Post.send_letters_about,
                SendLettersAbout(names.alert_id(self._alert)),
                task_queue=names.POST,
                start_to_close_timeout=POST,
                retry_policy=PATIENT,
                summary="Envoyer les lettres du signalement",
            )
