"""What the engine answers, as a page wants it: a refusal, something closed, or nothing yet."""

import structlog
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.arriving import Arrived
from domain.refusals import N_, Faulted, NotRunning, Refusal, Unanswered, read_again

# What the client says of an engine that is down, slow, or that has stopped answering.
AWAY = frozenset(
    {RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED}
)
KEPT = N_(
    "Le service met plus de temps que prévu. Votre demande est arrivée le %(arrived_at)s : elle est "
    "gardée avec cette heure et sera traitée dès que possible. Vous n’avez rien à refaire."
)
STARTS_LATER = N_(
    "Le service met plus de temps que prévu. Ce que vous avez demandé est gardé et partira dès que "
    "possible. Vous n’avez rien à refaire."
)

log = structlog.get_logger()


def refusal_in(error: WorkflowUpdateFailedError, update: str, asked: Arrived) -> Refusal:
    """The domain's refusal that an update carried back; anything else is a failure of ours."""
    cause = error.cause
    while cause is not None and not isinstance(cause, ApplicationError):
        cause = cause.__cause__
    if isinstance(cause, ApplicationError) and cause.type == "Refusal" and cause.details:
        sentence, facts = cause.details[0], cause.details[1]
        return read_again(sentence, facts)
    kind = cause.type if isinstance(cause, ApplicationError) else type(error.cause).__qualname__
    log.error("request_failed_in_engine", kind=kind, update=update, request=asked.request)
    return Faulted(KEPT, arrived_at=asked.arrived_at)


def unreachable(error: RPCError, unanswered: Unanswered) -> Exception:
    """What an engine that did not take the question means to whoever asked it."""
    if error.status is RPCStatusCode.NOT_FOUND:
        return NotRunning(N_("Ce dossier est clos : il n’accepte plus de demande."))
    return unanswered if error.status in AWAY else error
