"""How a refusal of the domain crosses Temporal and comes back as itself."""

from collections.abc import Generator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from domain.refusals import Refusal


@contextmanager
def refusing() -> Generator[None]:
    """Turn a refusal into an answer that is final: asking again would not help."""
    try:
        yield
    except Refusal as refusal:
        # The sentence is a message id and its facts are codes and instants: nothing personal.
        raise ApplicationError(
            refusal.sentence,
            refusal.sentence,
            refusal.facts,
            type="Refusal",
            non_retryable=True,
        ) from refusal
