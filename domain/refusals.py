"""What the rules answer when they say no: a sentence that a person may read."""

from datetime import datetime

Fact = str | int | datetime


def N_(sentence: str) -> str:  # noqa: N802  (the name by which gettext finds sentences)
    """Mark a French sentence for translation."""
    return sentence


class Refusal(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """A rule said no; ``sentence`` is French, with ``%(name)s`` filled from ``facts``."""

    def __init__(self, sentence: str, **facts: Fact) -> None:
        self.sentence = sentence
        self.facts = facts
        super().__init__(sentence % facts if facts else sentence)


class NotRunning(Refusal):
    """Nothing waits for what was asked: what it is about has ended, or was never started."""


class Unanswered(Refusal):
    """Nobody has answered yet; what was asked is kept, and is carried again until somebody does."""


class Faulted(Unanswered):
    """The service failed at what was asked, as if it had not been there."""
