"""What is wrong in a form, by field: French sentences with their facts, said when shown."""

from collections.abc import Mapping

from api.screen import Screen
from domain.refusals import Fact, Refusal

Said = tuple[str, Mapping[str, Fact]]
Complaints = Mapping[str, Said]


def only(name: str, sentence: str, **facts: Fact) -> Complaints:
    """One complaint, about that field, or about the whole form when the name is empty."""
    return {name: (sentence, facts)}


def refused(refusal: Refusal) -> Complaints:
    """The words of a refusal, about the whole form."""
    return {"": (refusal.sentence, refusal.facts)}


def in_words(screen: Screen, complaints: Complaints | None) -> dict[str, str]:
    """The complaints in the language of the reader."""
    return {
        name: screen.say(sentence, **facts)
        for name, (sentence, facts) in (complaints or {}).items()
    }
