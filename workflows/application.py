"""One application, from its first draft to the end of its cycle."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.applications import Applications
    from activities.letters.post import Post
    from activities.refusing import refusing
    from domain.applications import ENDED, Status, moved
    from domain.calendar import CycleCalendar, reminder_instants
    from domain.extensions import closing_for
    from domain.partners import check_alive
    from domain.phases import Phase
    from domain.wire import names
    from domain.wire.application import (
        ApplicationState,
        AskOfApplication,
        HearOfTheCharter,
        RunApplication,
        SettleApplication,
    )
    from domain.wire.cycle import CycleMoved
    from domain.wire.letters import SendLettersAbout
    from domain.wire.partner import (
        AskOfPartner,
        PartnerState,
        SettlePartner,
        TendPartner,
    )
    from workflows.calling import BRIEF, DATABASE, PATIENT, POST, refusals_handed_on

from workflows import drafting
from workflows.dealing import deal_late_file
from workflows.leading import offer_again

# What arrived before the instant may still be on its way to us after it.
SETTLING = timedelta(seconds=2)
# How long an application that is over waits for who made it run again.
DOORSTEP = timedelta(minutes=5)

OVER = frozenset({Phase.PUBLISHED, Phase.CLOSED, Phase.CANCELLED})


@workflow.defn
class ApplicationWorkflow:
    """Waits with a company: for its submission, the organiser's decision, the end of the cycle."""

    @workflow.init
    def __init__(self, application: RunApplication) -> None:
        self._application = application.application
        self._cycle = application.cycle
        self._calendar: CycleCalendar = application.calendar
        self._entry = application.entry
        self._state = ApplicationState(
            application.status, extended_until=application.extended_until
        )
        self._acts = 0
        self._cycle_is_over = False
        self._partner_at: datetime | None = None
        self._letters_due = False
        self._deal_due = False
        self._places: tuple[str, ...] = ()  # in the final, which it left to the next in rank
        self._charter_due = False
        self._woken = False
        self._interrupted = False
        self._comes_back = application.comes_back
        self._call_is_open_again = False

    @workflow.run
    async def run(self, application: RunApplication) -> ApplicationState:  # noqa: ARG002  (read by __init__)
        """Accompany an application to its refusal, its withdrawal, or the end of its cycle."""
        await self._until_it_has_come_back()
        await self._until_it_is_over()
        while self._call_is_open_again or not (
            self._is_over() and workflow.all_handlers_finished()
        ):
            await self._until_it_is_over()  # it came back while its last letters were leaving
        return self._state

    async def _until_it_has_come_back(self) -> None:
        """Let in who asks to come back after a withdrawal; when nobody does, it is over as it was."""
        if self._comes_back:
            with suppress(TimeoutError):
                await workflow.wait_condition(
                    lambda: not self._comes_back,
                    timeout=DOORSTEP,
                    timeout_summary="Retour après un retrait",
                )

    async def _until_it_is_over(self) -> None:
        await self._reopen_if_the_call_is()
        await self._until_it_is_submitted()
        await self._until_the_cycle_is_over()
        await workflow.wait_condition(workflow.all_handlers_finished)
        await self._catch_up()

    async def _until_it_is_submitted(self) -> None:
        """Remind of a draft at the dates of the calendar in force, and let it lapse after closing."""
        while self._is_draft() and not self._cycle_is_over:
            now = workflow.now()
            reminder = self._next_reminder(now)
            await self._pause_until(reminder or self._closing())
            if not self._is_draft() or self._interrupted:
                continue
            if reminder:
                await self._remind(reminder)
                continue
            await self._lapse()
            if self._is_draft():  # its dates have moved, and we are about to hear of it
                await self._pause_until(None)

    async def _until_the_cycle_is_over(self) -> None:
        while not self._is_over():
            await self._pause_until(None)

    # What people ask, and what the cycle tells.

    @workflow.update
    async def act(self, asked: AskOfApplication) -> ApplicationState:
        """Submit, complete, withdraw, come back; admit, refuse, ask for complements, give more time."""
        self._comes_back = False
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Applications.settle,
                SettleApplication(self._application, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._state = state
        self._acts += 1
        self._partner_at = state.partner_at
        self._deal_due = state.deal_again
        self._places = (*self._places, *state.offer_again)
        self._letters_due = True
        self._wake()
        return state

    @act.validator
    def _may_act(self, asked: AskOfApplication) -> None:
        with refusing():
            moved(self._state.status, asked.act, self._entry)

    @workflow.update
    async def ask_partner(self, asked: AskOfPartner) -> PartnerState:
        """Invite a partner, withdraw the invitation, or countersign."""
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Applications.settle_partner,
                SettlePartner(self._application, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._state = replace(self._state, version=state.version)
        self._partner_at = state.look_at
        self._letters_due = True
        self._wake()
        return state

    @ask_partner.validator
    def _may_ask_partner(self, asked: AskOfPartner) -> None:  # noqa: ARG002  (every validator receives what its update does)
        with refusing():
            check_alive(self._state.status)

    @workflow.signal
    def cycle_moved(self, told: CycleMoved) -> None:
        """The cycle changed its phase or its dates."""
        self._calendar = told.calendar
        self._cycle_is_over = told.phase in OVER
        is_lapsed = self._state.status is Status.LAPSED
        self._call_is_open_again = is_lapsed and told.phase is Phase.OPEN
        if self._partner_at is not None:  # its delay hangs on the closing, which may have moved
            self._partner_at = workflow.now() - SETTLING
        self._wake()

    @workflow.signal
    def charter_decided(self) -> None:
        """The charter has decided on the company: its rule is read again."""
        self._charter_due = True
        self._wake()

    @workflow.query
    def state(self) -> ApplicationState:
        """Where the application stands."""
        return self._state

    # How it waits.

    def _is_over(self) -> bool:
        return self._state.status in ENDED or self._cycle_is_over

    def _is_draft(self) -> bool:
        return self._state.status is Status.DRAFT

    def _closes_at(self) -> datetime:
        return closing_for(self._calendar, self._state.extended_until)

    def _closing(self) -> datetime:
        return self._closes_at() + self._calendar.tolerance + SETTLING

    def _next_reminder(self, now: datetime) -> datetime | None:
        reminders = reminder_instants(self._closes_at(), self._calendar.draft_reminders_before)
        return next((instant for instant in reminders if instant > now), None)

    def _partner_due(self) -> datetime | None:
        return None if self._partner_at is None else self._partner_at + SETTLING

    def _wake(self) -> None:
        self._woken = True

    async def _pause_until(self, instant: datetime | None) -> None:
        """Wait for an instant, or for something to happen; then do what it calls for."""
        self._interrupted = True
        until = min((each for each in (instant, self._partner_due()) if each), default=None)
        left = None if until is None else max(until - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._woken, timeout=left, timeout_summary="Prochaine échéance du dossier"
            )
        except TimeoutError:
            self._interrupted = until != instant
        self._woken = False
        await self._catch_up()

    async def _catch_up(self) -> None:
        """Hear of the charter, send the letters of a move, deal a late file, tend its partner."""
        if self._charter_due:
            self._charter_due = False
            await self._hear_of_the_charter()
        if self._letters_due:
            self._letters_due = False
            await self._post()
        if self._deal_due:
            self._deal_due = False
            await deal_late_file(self._cycle)
        while self._places:
            place, *others = self._places
            self._places = tuple(others)
            await offer_again(place)
        due = self._partner_due()
        if due is not None and due <= workflow.now():
            await self._tend_the_partner()

    async def _remind(self, instant: datetime) -> None:
        if await drafting.remind(self._application, self._closes_at(), instant):
            await self._post()

    async def _hear_of_the_charter(self) -> None:
        news = await workflow.execute_activity_method(
            Applications.hear_of_the_charter,
            HearOfTheCharter(self._application, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Relire la règle de la charte",
        )
        self._letters_due = self._letters_due or bool(news.count)

    async def _lapse(self) -> None:
        acts = self._acts
        state = await drafting.lapse(self._application)
        if acts == self._acts:  # else what was asked meanwhile says more
            self._state = state
        await self._post()

    async def _reopen_if_the_call_is(self) -> None:
        """Be a draft again, when the call takes applications again and nobody took the place."""
        if self._call_is_open_again:
            self._call_is_open_again = False
            self._state = await drafting.reopen(self._application)
            await self._post()

    async def _tend_the_partner(self) -> None:
        self._partner_at = None
        tended = await workflow.execute_activity_method(
            Applications.tend_partner,
            TendPartner(self._application, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Rappeler le partenaire, ou constater la fin d’un délai",
        )
        self._partner_at = self._partner_at or tended.look_at
        await self._post()

    async def _post(self) -> None:
        await workflow.execute_activity_method(
            Post.send_letters_about,
            SendLettersAbout(names.application_id(self._application)),
            task_queue=names.POST,
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Envoyer les lettres du dossier",
        )
