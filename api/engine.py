"""How pages and programs ask the workflows: one method per question, refusals come back as such."""

from datetime import timedelta
from typing import Any, TypeVar

from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.refusals import N_, Refusal
from domain.wire import names
from domain.wire.application import ApplicationState, AskOfApplication, RunApplication
from domain.wire.asked import Asked
from domain.wire.cycle import CycleState, EndPhase, RunCycle
from domain.wire.juror import (
    AnswerInvitation,
    CardState,
    CloseCard,
    JurorState,
    RunJuror,
)
from domain.wire.letters import SendLetter

PATIENCE = timedelta(seconds=20)
# What the client says of an engine that is down, slow, or that has stopped answering.
AWAY = frozenset(
    {RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED}
)

Answer = TypeVar("Answer")


async def connect(address: str, namespace: str) -> Client:
    """A client that speaks our data."""
    return await Client.connect(
        address, namespace=namespace, data_converter=pydantic_data_converter
    )


class NotRunning(Refusal):
    """No workflow of that id is running: it has ended, or was never started."""


class Engine:
    """The workflows, as pages see them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def run_cycle(self, code: str, cycle: RunCycle) -> None:
        """Start the cycle of a row, or find it already running."""
        await self._start("CycleWorkflow", cycle, names.cycle_id(code))

    async def end_phase(self, code: str, asked: EndPhase) -> CycleState:
        """End the running phase before its date."""
        return await self._ask(names.cycle_id(code), "end_phase", asked, asked.request, CycleState)

    async def cancel_cycle(self, code: str, asked: Asked) -> CycleState:
        """Cancel a cycle, whatever its phase."""
        return await self._ask(names.cycle_id(code), "cancel", asked, asked.request, CycleState)

    async def sign_minutes(self, code: str, asked: Asked) -> CycleState:
        """Sign the minutes of a jury, which ends its deliberation."""
        return await self._ask(
            names.cycle_id(code), "sign_minutes", asked, asked.request, CycleState
        )

    async def run_application(self, application: RunApplication) -> None:
        """Start the life of an application, or find it already running."""
        await self._start(
            "ApplicationWorkflow", application, names.application_id(application.application)
        )

    async def ask_application(self, application: str, asked: AskOfApplication) -> ApplicationState:
        """Submit, complete, withdraw, admit, refuse or ask for complements."""
        return await self._ask(
            names.application_id(application), "act", asked, asked.request, ApplicationState
        )

    async def run_juror(self, juror: RunJuror) -> None:
        """Start a juror's service, which sends the invitation, or find it already running."""
        await self._start("JurorWorkflow", juror, names.juror_id(juror.cycle, juror.juror))

    async def answer_invitation(
        self, cycle: str, juror: str, asked: AnswerInvitation
    ) -> JurorState:
        """Accept or decline an invitation."""
        return await self._ask(
            names.juror_id(cycle, juror), "answer", asked, asked.request, JurorState
        )

    async def declare_conflicts(self, cycle: str, juror: str, asked: Asked) -> JurorState:
        """Declare the conflicts written in the request, even when there is none."""
        return await self._ask(
            names.juror_id(cycle, juror), "declare_conflicts", asked, asked.request, JurorState
        )

    async def close_card(self, cycle: str, juror: str, asked: CloseCard) -> CardState:
        """Seal a score card, abstain or stand aside."""
        return await self._ask(
            names.juror_id(cycle, juror), "close_card", asked, asked.request, CardState
        )

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
            raise _unreachable(error) from error

    async def _ask(
        self, workflow_id: str, update: str, given: object, request: str, answer: type[Answer]
    ) -> Answer:
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(workflow_id)
        try:
            return await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]  (of a workflow known by name)
                update, given, id=request, result_type=answer, rpc_timeout=PATIENCE
            )
        except WorkflowUpdateFailedError as error:
            raise _refusal_in(error) from error
        except WorkflowUpdateRPCTimeoutOrCancelledError as error:
            raise _slow() from error
        except RPCError as error:
            raise _unreachable(error) from error


def _refusal_in(error: WorkflowUpdateFailedError) -> Exception:
    """The domain's refusal that an update carried back, or the error itself."""
    cause = error.cause
    while cause is not None and not isinstance(cause, ApplicationError):
        cause = cause.__cause__
    if isinstance(cause, ApplicationError) and cause.type == "Refusal" and cause.details:
        sentence, facts = cause.details[0], cause.details[1]
        return Refusal(sentence, **facts)
    return error


def _unreachable(error: RPCError) -> Exception:
    if error.status is RPCStatusCode.NOT_FOUND:
        return NotRunning(N_("Ce dossier est clos : il n’accepte plus de demande."))
    if error.status in AWAY:
        return _slow()
    return error


def _slow() -> Refusal:
    return Refusal(
        N_(
            "Le service met plus de temps que prévu. Votre demande est enregistrée avec son heure "
            "d’arrivée : rechargez la page dans une minute pour en voir le résultat."
        )
    )
