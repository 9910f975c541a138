"""How workflows call activities: time-outs named by what is waited for, refusals handed on."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

DATABASE = timedelta(seconds=20)
# Long enough for a cursor over every application of a cycle; the heartbeat tells a dead worker sooner.
CURSOR = timedelta(hours=2)
HEARTBEAT = timedelta(seconds=15)
POST = timedelta(minutes=2)
# A public register answers in seconds, or not at all.
REGISTRY = timedelta(seconds=30)

PATIENT = RetryPolicy(
    initial_interval=timedelta(milliseconds=500),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=1),
)
# Somebody waits, and each attempt of a local activity may add to the history: after some twenty
# seconds the update fails, the request stays written down, and the sweep carries it again.
BRIEF = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=5),
    maximum_attempts=8,
)

# A public register may be away for an hour, and nobody waits for its answer.
UNHURRIED = RetryPolicy(
    initial_interval=timedelta(minutes=1),
    backoff_coefficient=4.0,
    maximum_interval=timedelta(hours=6),
)


@contextmanager
def refusals_handed_on() -> Generator[None]:
    """Answer an update with the refusal that an activity met, rather than with « activity failed »."""
    try:
        yield
    except ActivityError as error:
        if isinstance(error.cause, ApplicationError):
            raise error.cause from error
        raise
