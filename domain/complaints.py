"""What is wrong in what somebody typed, said beside the field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.refusals import Fact, Refusal


@dataclass(frozen=True, slots=True)
class Complaint:
    """A French sentence about one question or criterion; its facts fill ``%(name)s``."""

    code: str
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])

    def __str__(self) -> str:
        """Say the sentence, in French."""
        return self.sentence % self.facts if self.facts else self.sentence


def complaint_from(code: str, refusal: Refusal) -> Complaint:
    """The same words as a refusal, beside the field that caused it."""
    return Complaint(code, refusal.sentence, refusal.facts)
