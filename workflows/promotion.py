"""The places of one category of one territory in the final: offered until somebody takes them."""

from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.letters.post import Post
    from activities.promotions import Promotions
    from domain.promotion import PlaceStatus
    from domain.promotion_dates import PromotionDue, PromotionTimer, next_due
    from domain.wire import names
    from domain.wire.letters import SendLettersAbout
    from domain.wire.promotion import (
        AskOfPromotion,
        PromotionFallsDue,
        PromotionRef,
        PromotionState,
        RunPromotion,
        SettlePromotion,
    )
    from workflows.calling import BRIEF, DATABASE, PATIENT, POST, refusals_handed_on


@workflow.defn
class PromotionWorkflow:
    """Waits for each company that is offered a place, its own full delay, then asks the next."""

    @workflow.init
    def __init__(self, promotion: RunPromotion) -> None:
        self._promotion = promotion.promotion
        self._rules = promotion.rules
        self._state = PromotionState(PlaceStatus.WAITING)
        self._last: datetime = workflow.now()
        self._is_begun = False
        self._news = False
        self._woken = False
        self._letters_due = False

    @workflow.run
    async def run(self, promotion: RunPromotion) -> PromotionState:  # noqa: ARG002  (read by __init__)
        """Offer the places to one after the other, until each is taken or nobody is left."""
        await self._offer_places()
        while self._is_waiting():
            due = next_due(self._state.offers, self._rules, self._last)
            if due is None or await self._is_awaited(due.at):
                await self._look_again()
            else:
                await self._fall_due(due)
        await workflow.wait_condition(workflow.all_handlers_finished)
        await self._catch_up()
        await self._tell_the_edition()
        return self._state

    # What companies answer, and what others tell.

    @workflow.update
    async def act(self, asked: AskOfPromotion) -> PromotionState:
        """Confirm a place, or decline it.

        No validator: an answer that the end of a delay has taken already is answered as such.
        """
        await workflow.wait_condition(lambda: self._is_begun)
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Promotions.settle,
                SettlePromotion(self._promotion, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la réponse : {asked.act}",
            )
        self._become(state)
        self._woken = True
        return state

    @workflow.signal
    def look_again(self) -> None:
        """A date of the final moved, or the jury corrected its decision."""
        self._news = True
        self._woken = True

    @workflow.query
    def state(self) -> PromotionState:
        """Where the places stand."""
        return self._state

    # How it waits.

    def _is_waiting(self) -> bool:
        return self._state.status is PlaceStatus.WAITING

    def _become(self, state: PromotionState) -> None:
        """Take the newest state: an answer and a date may be settled in another order than heard of."""
        if state.turn >= self._state.turn:
            self._state = state
        self._letters_due = True

    async def _is_awaited(self, instant: datetime) -> bool:
        """Wait for an instant; True when something happened first."""
        left = max(instant - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._woken,
                timeout=left,
                timeout_summary="Fin du délai pour confirmer, ou rappel",
            )
        except TimeoutError:
            return False
        self._woken = False
        return True

    async def _look_again(self) -> None:
        if self._news:
            self._news = False
            await self._offer_places()
        await self._catch_up()

    async def _offer_places(self) -> None:
        state = await workflow.execute_activity_method(
            Promotions.offer_places,
            PromotionRef(self._promotion, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Proposer les places libres",
        )
        self._become(state)
        self._is_begun = True
        await self._catch_up()

    async def _fall_due(self, due: PromotionDue) -> None:
        what = "rappel" if due.what is PromotionTimer.REMIND else "fin du délai"
        state = await workflow.execute_activity_method(
            Promotions.fall_due,
            PromotionFallsDue(self._promotion, due, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary=f"Échéance d’une place : {what}",
        )
        self._last = max(self._last, due.at)
        self._become(state)
        await self._catch_up()

    async def _catch_up(self) -> None:
        """Start the files that went up, then send the letters."""
        if not self._letters_due:
            return
        self._letters_due = False
        await workflow.execute_activity_method(
            Promotions.start_final_files,
            PromotionRef(self._promotion, workflow.now()),
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Ouvrir les dossiers de la finale",
        )
        await workflow.execute_activity_method(
            Post.send_letters_about,
            SendLettersAbout(names.promotion_subject(self._promotion)),
            task_queue=names.POST,
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Envoyer les lettres de la place",
        )

    async def _tell_the_edition(self) -> None:
        await workflow.execute_activity_method(
            Promotions.tell_edition,
            PromotionRef(self._promotion, workflow.now()),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Dire à l’édition que la place est réglée",
        )
