"""How pages, programs and sweeps ask the workflows: one method per question, refusals come back as such."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import structlog
from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from activities.answering import KEPT, STARTS_LATER, refusal_in, unreachable
from activities.arriving import Arrived
from activities.payloads import converter_with
from domain.refusals import Faulted, NotRunning, Refusal, Unanswered
from domain.wire import names
from domain.wire.adherence import AdherenceState, AskOfAdherence, RunAdherence
from domain.wire.alert import AlertState, AskOfAlert, RunAlert
from domain.wire.application import ApplicationState, AskOfApplication, RunApplication
from domain.wire.asked import Asked
from domain.wire.correction import AskOfCorrection, CorrectionState, RunCorrection
from domain.wire.cycle import AskOfCycle, CycleState, EndPhase, RunCycle
from domain.wire.edition import AskOfEdition, EditionState, RunEdition
from domain.wire.juror import (
    AnswerInvitation,
    CardState,
    CloseCard,
    JurorState,
    RunJuror,
)
from domain.wire.letters import SendLetter
from domain.wire.mailing import AskOfMailing, MailingState
from domain.wire.partner import AskOfPartner, PartnerState
from domain.wire.promotion import AskOfPromotion, PromotionState, RunPromotion
from domain.wire.vote import AskOfVote, RunVote, VoteState
from storage.acts.waiting import settle_as_refused
from storage.database import Database

__all__ = ["Engine", "Faulted", "NotRunning", "Unanswered", "connect"]

PATIENCE = timedelta(seconds=20)
Answer = TypeVar("Answer")

log = structlog.get_logger()


async def connect(address: str, namespace: str, keys: Mapping[str, bytes] | None = None) -> Client:
    """A client that speaks our data, encrypted where keys are given."""
    return await Client.connect(
        address, namespace=namespace, data_converter=converter_with(keys or {})
    )


class Engine:
    """The workflows, as pages see them; given a database, it keeps refusals with their requests."""

    def __init__(self, client: Client, database: Database | None = None, turn: int = 0) -> None:
        self._client = client
        self._database = database
        self._turn = turn

    def anew(self, turn: int) -> "Engine":
        """The same, asking once more what the service failed at; the same turn twice asks once.

        The engine remembers how an update ended, a failure too, so another turn has another id; the
        request itself is settled once, whatever the number of turns.
        """
        return Engine(self._client, self._database, turn)

    async def run_edition(self, code: str, edition: RunEdition) -> None:
        """Start leading the edition of a row, or find it already led."""
        await self._start("EditionWorkflow", edition, names.edition_id(code))

    async def ask_edition(self, code: str, asked: AskOfEdition) -> EditionState:
        """Confirm, begin the final, change its terms, cancel."""
        return await self._ask(names.edition_id(code), "act", asked, EditionState)

    async def run_cycle(self, code: str, cycle: RunCycle) -> None:
        """Start the cycle of a row, or find it already running."""
        await self._start("CycleWorkflow", cycle, names.cycle_id(code))

    async def end_phase(self, code: str, asked: EndPhase) -> CycleState:
        """End the running phase before its date."""
        return await self._ask(names.cycle_id(code), "end_phase", asked, CycleState)

    async def move_dates(self, code: str, asked: Asked) -> CycleState:
        """Move the dates that are written in the request."""
        return await self._ask(names.cycle_id(code), "move_dates", asked, CycleState)

    async def repair_deal(self, code: str, asked: Asked) -> CycleState:
        """Repair the deal of a cycle, with those who leave in the request."""
        return await self._ask(names.cycle_id(code), "repair_deal", asked, CycleState)

    async def cancel_cycle(self, code: str, asked: Asked) -> CycleState:
        """Cancel a cycle, whatever its phase."""
        return await self._ask(names.cycle_id(code), "cancel", asked, CycleState)

    async def ask_cycle(self, code: str, asked: AskOfCycle) -> CycleState:
        """Decide again under embargo."""
        return await self._ask(names.cycle_id(code), "act", asked, CycleState)

    async def sign_minutes(self, code: str, asked: Asked) -> CycleState:
        """Sign the minutes of a jury, which ends its deliberation."""
        return await self._ask(names.cycle_id(code), "sign_minutes", asked, CycleState)

    async def run_application(self, application: RunApplication) -> None:
        """Start the life of an application, or find it already running."""
        again = (
            WorkflowIDReusePolicy.ALLOW_DUPLICATE
            if application.comes_back
            else WorkflowIDReusePolicy.REJECT_DUPLICATE
        )
        await self._start(
            "ApplicationWorkflow",
            application,
            names.application_id(application.application),
            again=again,
        )

    async def ask_application(self, application: str, asked: AskOfApplication) -> ApplicationState:
        """Submit, complete, withdraw, come back; admit, refuse, ask for complements, take back."""
        return await self._ask(names.application_id(application), "act", asked, ApplicationState)

    async def ask_partner(self, application: str, asked: AskOfPartner) -> PartnerState:
        """Invite a partner, withdraw its invitation, or countersign."""
        return await self._ask(
            names.application_id(application), "ask_partner", asked, PartnerState
        )

    async def run_juror(self, juror: RunJuror) -> None:
        """Start a juror's service, which sends the invitation, or find it already running."""
        await self._start("JurorWorkflow", juror, names.juror_id(juror.cycle, juror.juror))

    async def answer_invitation(
        self, cycle: str, juror: str, asked: AnswerInvitation
    ) -> JurorState:
        """Accept or decline an invitation."""
        return await self._ask(names.juror_id(cycle, juror), "answer", asked, JurorState)

    async def declare_conflicts(self, cycle: str, juror: str, asked: Asked) -> JurorState:
        """Declare the conflicts written in the request, even when there is none."""
        return await self._ask(names.juror_id(cycle, juror), "declare_conflicts", asked, JurorState)

    async def close_card(self, cycle: str, juror: str, asked: CloseCard) -> CardState:
        """Seal a score card, abstain or stand aside."""
        return await self._ask(names.juror_id(cycle, juror), "close_card", asked, CardState)

    async def run_promotion(self, workflow_id: str, promotion: RunPromotion) -> None:
        """Have the places of a category offered, or find them waiting for an answer already."""
        await self._start(
            "PromotionWorkflow",
            promotion,
            workflow_id,
            # A place that was settled is offered again when the jury corrects its decision.
            again=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )

    async def ask_promotion(self, workflow_id: str, asked: AskOfPromotion) -> PromotionState:
        """Confirm a place in the final, or decline it."""
        return await self._ask(workflow_id, "act", asked, PromotionState)

    async def run_adherence(self, workflow_id: str, adherence: RunAdherence) -> None:
        """Start the life of an adherence, or find it already running."""
        await self._start(
            "AdherenceWorkflow",
            adherence,
            workflow_id,
            # A company that left, or was removed, may come back under the same number.
            again=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )

    async def ask_adherence(self, workflow_id: str, asked: AskOfAdherence) -> AdherenceState:
        """Sign, report, renew, leave; accept, refuse, suspend, remove."""
        return await self._ask(workflow_id, "act", asked, AdherenceState)

    async def run_alert(self, alert: RunAlert) -> None:
        """Start the life of a complaint, or find it already running."""
        await self._start("AlertWorkflow", alert, names.alert_id(alert.alert))

    async def ask_alert(self, alert: str, asked: AskOfAlert) -> AlertState:
        """Admit, dismiss, reply, decide, appeal, answer the appeal."""
        return await self._ask(names.alert_id(alert), "act", asked, AlertState)

    async def run_vote(self, edition: str, vote: RunVote) -> None:
        """Start the favourite vote of an edition, or find it already running."""
        await self._start("VoteWorkflow", vote, names.vote_id(edition))

    async def ask_vote(self, edition: str, asked: AskOfVote) -> VoteState:
        """Open now, move the dates, cancel, put a burst of voices aside, part the first."""
        return await self._ask(names.vote_id(edition), "act", asked, VoteState)

    async def run_correction(self, correction: RunCorrection) -> None:
        """Start the life of a correction, or find it already running."""
        await self._start(
            "CorrectionWorkflow", correction, names.correction_id(correction.correction)
        )

    async def ask_correction(self, correction: str, asked: AskOfCorrection) -> CorrectionState:
        """Confirm or dismiss a correction."""
        return await self._ask(names.correction_id(correction), "act", asked, CorrectionState)

    async def ask_mailing(self, key: str, asked: AskOfMailing) -> MailingState:
        """Release, pause, resume or cancel a mailing."""
        return await self._ask(names.mailing_id(key), "act", asked, MailingState)

    async def send_letter(self, key: str) -> None:
        """Have one letter of the ledger sent now, ahead of any mailing."""
        await self._start(
            "LetterWorkflow",
            SendLetter(key),
            names.letter_id(key),
            # A letter may be sent again on purpose; the ledger sees that it leaves once each time.
            again=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )

    async def _start(
        self,
        workflow: str,
        given: object,
        workflow_id: str,
        again: WorkflowIDReusePolicy = WorkflowIDReusePolicy.REJECT_DUPLICATE,
    ) -> None:
        try:
            await self._client.start_workflow(
                workflow,
                given,
                id=workflow_id,
                task_queue=names.CYCLES,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=again,
                rpc_timeout=PATIENCE,
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise unreachable(error, Unanswered(STARTS_LATER)) from error

    async def _ask(
        self, workflow_id: str, update: str, asked: Arrived, answer: type[Answer]
    ) -> Answer:
        try:
            return await self._answer(workflow_id, update, asked, answer)
        except (Unanswered, NotRunning):
            raise
        except Refusal as refusal:
            await self._keep(asked, refusal)
            raise

    async def _answer(
        self, workflow_id: str, update: str, asked: Arrived, answer: type[Answer]
    ) -> Answer:
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(workflow_id)
        try:
            return await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]  (of a workflow known by name)
                update, asked, id=self._id_of(asked), result_type=answer, rpc_timeout=PATIENCE
            )
        except WorkflowUpdateFailedError as error:
            raise refusal_in(error, update, asked) from error
        except WorkflowUpdateRPCTimeoutOrCancelledError as error:
            raise Unanswered(KEPT, arrived_at=asked.arrived_at) from error
        except RPCError as error:
            raise unreachable(error, Unanswered(KEPT, arrived_at=asked.arrived_at)) from error

    def _id_of(self, asked: Arrived) -> str:
        return f"{asked.request}:{self._turn}" if self._turn else asked.request

    async def _keep(self, asked: Arrived, refusal: Refusal) -> None:
        """What was refused waits no more: it must not be done later, when it would be allowed."""
        if self._database is None:
            return
        async with self._database.transaction() as session:
            await settle_as_refused(session, UUID(asked.request), refusal)
