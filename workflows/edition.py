"""One year of the trophies, from its preparation to the end of its national final."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.editions import Editions
    from activities.letters.post import Post
    from activities.refusing import refusing
    from domain.editions import (
        EditionAct,
        EditionPhase,
        check_edition,
        final_may_begin,
        is_awaited,
        is_decided,
    )
    from domain.phases import Phase
    from domain.wire import names
    from domain.wire.edition import (
        AskOfEdition,
        EditionPlan,
        EditionRef,
        EditionState,
        EnterEditionPhase,
        MoveCycles,
        PromotionSettled,
        RunEdition,
        SettleEdition,
        TerritoryMoved,
    )
    from domain.wire.letters import SendLettersAbout
    from workflows.calling import (
        BRIEF,
        CURSOR,
        DATABASE,
        HEARTBEAT,
        PATIENT,
        POST,
        refusals_handed_on,
    )

Steer = Callable[[Editions, EditionRef], Awaitable[None]]


class EditionCancelledError(Exception):
    """The national organiser cancelled the edition; its cycles are off."""


@workflow.defn
class EditionWorkflow:
    """Leads the territories of a year, then their final; it holds none of them as a child."""

    @workflow.init
    def __init__(self, edition: RunEdition) -> None:
        self._edition = edition.edition
        self._plan = edition.plan
        self._heard: dict[str, Phase] = {}
        self._promotions: set[tuple[str, str]] = set()
        self._settled: set[str] = set()
        self._following: list[asyncio.Task[None]] = []

    @workflow.run
    async def run(self, edition: RunEdition) -> EditionState:  # noqa: ARG002  (read by __init__)
        """Lead an edition from its confirmation to the end of its final, or to its cancellation."""
        try:
            await self._have_it_confirmed()
            await self._start_the_territories()
            await self._hear_the_territories()
            await self._begin_the_final()
            await self._follow_the_final()
        except EditionCancelledError:
            await self._cancel_the_cycles()
        await workflow.wait_condition(
            lambda: (
                workflow.all_handlers_finished() and all(each.done() for each in self._following)
            )
        )
        return self.state()

    async def _have_it_confirmed(self) -> None:
        """Nothing opens unconfirmed, however late it is; each reminder reads the dates again."""
        while self._phase is EditionPhase.PREPARED:
            await self._ask_to_confirm()
            planned = self._plan.remind_at
            coming = [at for at in planned if at > workflow.now()]
            await self._until(
                lambda: (
                    self._phase is not EditionPhase.PREPARED or self._plan.remind_at != planned  # noqa: B023  (asked before the next turn)
                ),
                min(coming, default=None),
            )

    async def _start_the_territories(self) -> None:
        self._check_that_it_goes_on()
        await self._steer(Editions.start_territories, "Démarrer les cycles des territoires")

    async def _hear_the_territories(self) -> None:
        while self._phase is EditionPhase.TERRITORIAL:
            cutoff = self._plan.cutoff_at
            waits_for_cutoff = cutoff is not None and workflow.now() < cutoff
            await self._until(
                lambda: (
                    self._phase is not EditionPhase.TERRITORIAL
                    or self._may_begin()
                    or self._plan.cutoff_at != cutoff  # noqa: B023  (asked before the next turn)
                ),
                cutoff if waits_for_cutoff else None,
            )
            if self._phase is EditionPhase.TERRITORIAL and self._may_begin():
                await self._enter(EditionPhase.FINAL)

    async def _begin_the_final(self) -> None:
        self._check_that_it_goes_on()
        await self._steer(Editions.start_final, "Démarrer la finale nationale")
        await self._post()

    async def _follow_the_final(self) -> None:
        await self._until(lambda: self._final_is(Phase.PUBLISHED, Phase.CLOSED, Phase.CANCELLED))
        if self._final_is(Phase.PUBLISHED, Phase.CLOSED):
            await self._enter(EditionPhase.PUBLISHED)
            await self._until(lambda: self._final_is(Phase.CLOSED))
        await self._enter(EditionPhase.CLOSED)

    async def _cancel_the_cycles(self) -> None:
        await self._steer(Editions.cancel_cycles, "Annuler les cycles de l’édition")

    # What people ask, and what cycles tell.

    @workflow.update
    async def act(self, asked: AskOfEdition) -> EditionState:
        """Confirm, begin the final without the late ones, change its terms, cancel."""
        with refusals_handed_on():
            self._plan = await workflow.execute_local_activity_method(
                Editions.settle,
                SettleEdition(self._edition, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._settled.add(asked.request)
        if asked.act is EditionAct.MOVE:
            # The dates of the edition are in force; its cycles follow one after the other.
            self._following.append(asyncio.create_task(self._move_the_cycles(asked.request)))
        return self.state()

    @act.validator
    def _may_act(self, asked: AskOfEdition) -> None:
        """Refuse what the phase does not allow, unless it is this very request that led here."""
        with refusing():
            if asked.request not in self._settled:
                check_edition(self._phase, asked.act)

    @workflow.signal
    async def territory_moved(self, moved: TerritoryMoved) -> None:
        """A territory, or the final, entered a phase."""
        self._heard[moved.cycle] = moved.phase

    @workflow.signal
    async def promotion_settled(self, settled: PromotionSettled) -> None:
        """It is known who goes up from a category of a territory."""
        self._promotions.add((settled.cycle, settled.category))

    @workflow.query
    def state(self) -> EditionState:
        """Where the edition stands, and how many of its territories have decided."""
        phases = self._territories()
        return EditionState(
            self._phase,
            decided=sum(map(is_decided, phases)),
            awaited=sum(map(is_awaited, phases)),
            promotions_settled=len(self._promotions),
        )

    # How it waits and moves.

    @property
    def _phase(self) -> EditionPhase:
        return self._plan.phase

    def _territories(self) -> tuple[Phase, ...]:
        return tuple(self._heard.get(each.cycle, each.phase) for each in self._plan.territories)

    def _may_begin(self) -> bool:
        cutoff = self._plan.cutoff_at or datetime.max.replace(tzinfo=workflow.now().tzinfo)
        return final_may_begin(self._territories(), self._plan.quorum, cutoff, workflow.now())

    def _final_is(self, *phases: Phase) -> bool:
        final = self._plan.national
        return final is not None and self._heard.get(final.cycle, final.phase) in phases

    async def _until(self, happened: Callable[[], bool], instant: datetime | None = None) -> None:
        """Wait for something or for an instant; a cancellation ends every wait."""
        left = None if instant is None else max(instant - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: happened() or self._phase is EditionPhase.CANCELLED,
                timeout=left,
                timeout_summary=f"Prochaine date de l’édition : {self._phase}",
            )
        except TimeoutError:
            return
        self._check_that_it_goes_on()

    def _check_that_it_goes_on(self) -> None:
        if self._phase is EditionPhase.CANCELLED:
            raise EditionCancelledError

    async def _enter(self, phase: EditionPhase) -> None:
        self._take(
            await workflow.execute_activity_method(
                Editions.enter,
                EnterEditionPhase(self._edition, phase, workflow.now()),
                start_to_close_timeout=DATABASE,
                retry_policy=PATIENT,
                summary=f"Passer à la phase : {phase}",
            )
        )

    async def _move_the_cycles(self, request: str) -> None:
        await workflow.execute_activity_method(
            Editions.move_cycles,
            MoveCycles(self._edition, request),
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary="Déplacer les dates des cycles",
        )

    async def _ask_to_confirm(self) -> None:
        self._take(
            await workflow.execute_activity_method(
                Editions.remind,
                EditionRef(self._edition, workflow.now()),
                start_to_close_timeout=DATABASE,
                retry_policy=PATIENT,
                summary="Demander la confirmation de l’édition",
            )
        )
        await self._post()

    def _take(self, plan: EditionPlan) -> None:
        """Take what an activity read, unless an update has gone further meanwhile."""
        if not self._is_behind(plan.phase):
            self._plan = plan

    def _is_behind(self, phase: EditionPhase) -> bool:
        order = list(EditionPhase)
        return order.index(phase) < order.index(self._phase)

    async def _steer(self, act: Steer, summary: str) -> None:
        await workflow.execute_activity_method(
            act,
            EditionRef(self._edition, workflow.now()),
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary=summary,
        )

    async def _post(self) -> None:
        await workflow.execute_activity_method(
            Post.send_letters_about,
            SendLettersAbout(names.edition_subject(self._edition)),
            task_queue=names.POST,
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Envoyer les lettres de l’édition",
        )
