"""What a rule of eligibility answers: an outcome, and the sentence that explains it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.conditions import Rule


class Outcome(StrEnum):
    """The answer of a rule."""

    PASS = "pass"  # noqa: S105  (not a password)
    FAIL = "fail"
    DECLARED = "declared"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of one candidate; the facts fill ``%(name)s`` in the sentence."""

    rule: Rule
    outcome: Outcome
    sentence: str
    facts: Mapping[str, str | int] = field(default_factory=dict[str, str | int])

    def __str__(self) -> str:
        """Say the sentence, in French."""
        return self.sentence % self.facts if self.facts else self.sentence


def passes(rule: Rule, sentence: str, **facts: str | int) -> Verdict:
    """The rule is met."""
    return Verdict(rule, Outcome.PASS, sentence, facts)


def fails(rule: Rule, sentence: str, **facts: str | int) -> Verdict:
    """The rule is not met."""
    return Verdict(rule, Outcome.FAIL, sentence, facts)


def waits(rule: Rule, sentence: str, **facts: str | int) -> Verdict:
    """Somebody, or a register, has to say."""
    return Verdict(rule, Outcome.TO_CHECK, sentence, facts)
