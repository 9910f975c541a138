"""What the rules answer when they say no: a sentence that a person may read."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

Fact = str | int | date  # an instant is a date too

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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


def written_down(refusal: Refusal) -> dict[str, Any]:
    """The refusal as JSON, its dates in ISO 8601: for whoever asks again, or reads of it later."""
    facts = {
        name: fact.isoformat() if isinstance(fact, date) else fact
        for name, fact in refusal.facts.items()
    }
    return {"sentence": refusal.sentence, "facts": facts}


def read_again(sentence: str, facts: Mapping[str, str | int]) -> Refusal:
    """The refusal that was written down, or that crossed the engine: its dates are dates again."""
    return Refusal(sentence, **{name: _as_it_was(fact) for name, fact in facts.items()})


def _as_it_was(fact: str | int) -> Fact:
    if not isinstance(fact, str):
        return fact
    with suppress(ValueError):  # a word that only looks like one
        if _INSTANT.fullmatch(fact):
            return datetime.fromisoformat(fact)
        if _DAY.fullmatch(fact):
            return date.fromisoformat(fact)
    return fact
