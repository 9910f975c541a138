"""One company's adherence to the charter, which lives for years by itself."""

from datetime import timedelta

from temporalio import workflow
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.adherences import Adherences
    from activities.letters.post import Post
    from activities.refusing import refusing
    from activities.telling import Telling
    from domain.charter.closed_files import check_may_ask
    from domain.charter.dates import months_after, morning
    from domain.charter.situation import Situation
    from domain.charter.states import ENDED, State
    from domain.charter.timetable import Due, Timer, next_due
    from domain.wire import names
    from domain.wire.adherence import (
        AdherenceState,
        AskOfAdherence,
        FallDue,
        RunAdherence,
        RunPurge,
        SettleAdherence,
        TellApplications,
    )
    from domain.wire.letters import SendLettersAbout
    from workflows.calling import (
        BRIEF,
        DATABASE,
        PATIENT,
        POST,
        REGISTRY,
        UNHURRIED,
        refusals_handed_on,
    )

from workflows.purge import PurgeWorkflow

# What arrived before the instant may still be on its way to us after it.
SETTLING = timedelta(seconds=2)


@workflow.defn
class AdherenceWorkflow:
    """Waits with a signatory: for its file, the organiser, its yearly report, its term."""

    @workflow.init
    def __init__(self, adherence: RunAdherence) -> None:
        self._adherence = adherence.adherence
        self._periods = adherence.periods
        self._situation: Situation = adherence.situation
        self._last = adherence.done or Due(adherence.situation.since, Timer.OPEN_WINDOW)
        self._done: frozenset[Due] = frozenset()
        self._settled: set[str] = set()
        self._letters_due = False
        self._applications_wait = False
        self._woken = False

    @workflow.run
    async def run(self, adherence: RunAdherence) -> AdherenceState:  # noqa: ARG002  (read by __init__)
        """Accompany an adherence to its end, one year of the calendar at a time."""
        while self._situation.state not in ENDED:
            due = self._next()
            if await self._wait_for(due):
                await self._fall_due(due)
        while not workflow.all_handlers_finished() or self._owes_news():
            await workflow.wait_condition(workflow.all_handlers_finished)
            await self._catch_up()
        if self._situation.state is State.ABANDONED:
            await self._have_it_erased()
        return self.state()

    # What people ask.

    @workflow.update
    async def act(self, asked: AskOfAdherence) -> AdherenceState:
        """Sign, report, renew, leave; accept, refuse, suspend, remove."""
        with refusals_handed_on():
            situation = await workflow.execute_local_activity_method(
                Adherences.settle,
                SettleAdherence(self._adherence, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._settled.add(asked.request)
        self._become(situation)
        self._woken = True
        return self.state()

    @act.validator
    def _may_act(self, asked: AskOfAdherence) -> None:
        """Refuse what the state does not allow, unless it is this very request that led here."""
        with refusing():
            if asked.request not in self._settled:
                check_may_ask(self._situation, asked.act)

    @workflow.query
    def state(self) -> AdherenceState:
        """Where the adherence stands, and the next date of its calendar."""
        return AdherenceState(self._situation, self._next())

    # How it waits.

    def _next(self) -> Due | None:
        return next_due(self._situation, self._periods, self._last, self._done)

    def _become(self, situation: Situation) -> None:
        """Take the new situation, with the letters and the news that it brings."""
        if situation.state is not self._situation.state:
            self._applications_wait = True
        self._situation = situation
        self._done = frozenset()
        self._letters_due = True

    async def _wait_for(self, due: Due | None) -> bool:
        """Wait for a date; false when something happened first, and the dates are read again."""
        left = None if due is None else max(due.at + SETTLING - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._woken,
                timeout=left,
                timeout_summary="Prochaine échéance de l’adhésion",
            )
        except TimeoutError:
            return True
        self._woken = False
        await self._catch_up()
        return False

    async def _fall_due(self, due: Due | None) -> None:
        if due is None:
            return
        at_the_register = due.what is Timer.CHECK_REGISTRY
        situation = await workflow.execute_activity_method(
            Adherences.check_registry if at_the_register else Adherences.fall_due,
            FallDue(self._adherence, due, workflow.now()),
            start_to_close_timeout=REGISTRY if at_the_register else DATABASE,
            retry_policy=UNHURRIED if at_the_register else PATIENT,
            summary=f"Échéance : {due.what}",
        )
        done = self._done | {due}
        changed = situation != self._situation
        # A look at the register that finds everything as it was writes to nobody.
        if changed or not at_the_register:
            self._become(situation)
        # A move that changed nothing is not due a second time until something else moves.
        self._done = frozenset() if changed else done
        self._last = max(self._last, due, key=lambda each: each.place)
        await self._catch_up()
        if due.what is Timer.OPEN_WINDOW:
            await self._begin_another_year()

    async def _begin_another_year(self) -> None:
        """Leave the year that ends to the records, and go on with an empty history."""
        while not workflow.all_handlers_finished() or self._owes_news():
            await workflow.wait_condition(workflow.all_handlers_finished)
            await self._catch_up()
        workflow.continue_as_new(
            RunAdherence(self._adherence, self._periods, self._situation, self._last)
        )

    def _owes_news(self) -> bool:
        return self._letters_due or self._applications_wait

    async def _catch_up(self) -> None:
        """Send the letters that a move caused, and tell the applications that waited for it."""
        if self._letters_due:
            self._letters_due = False
            await self._post()
        if self._applications_wait:
            self._applications_wait = False
            await self._tell_applications()

    async def _post(self) -> None:
        await workflow.execute_activity_method(
            Post.send_letters_about,
            SendLettersAbout(names.adherence_subject(self._adherence)),
            task_queue=names.POST,
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Envoyer les lettres de l’adhésion",
        )

    async def _tell_applications(self) -> None:
        await workflow.execute_activity_method(
            Telling.tell_applications_of_the_charter,
            TellApplications(self._adherence),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Dire aux candidatures que la charte a décidé",
        )

    async def _have_it_erased(self) -> None:
        """What a company gave up is kept some months, then erased by a workflow of its own."""
        day = months_after(
            self._situation.day_of(self._situation.since), self._periods.purge_months
        )
        await workflow.start_child_workflow(
            PurgeWorkflow.run,
            RunPurge(self._adherence, morning(day, self._situation)),
            id=names.purge_id(self._adherence),
            parent_close_policy=ParentClosePolicy.ABANDON,
            static_summary="Effacer le dossier abandonné, dans quelques mois",
        )
