"""What the attestation says, at the moment of reading, and whether it is valid then."""

from dataclasses import dataclass
from datetime import date

from domain.charter.document import CharterDocument
from domain.charter.states import ENDED, IN_ORDER, State
from domain.charter.wording import day_in_words, filled, said, siren_in_groups
from domain.texts import Text


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears an attestation and where it stands; ``since_state``: first day of that state."""

    company: str
    siren: str
    since: date
    state: State
    since_state: date
    left_without_report: bool = False


@dataclass(frozen=True, slots=True)
class Attestation:
    """The sentences to show, and whether they may be shown as an attestation in force."""

    statement: Text
    notice: Text
    is_valid: bool

    def in_(self, language: str) -> str:
        """The whole of it, in one language."""
        return f"{self.statement.in_(language)} {self.notice.in_(language)}"


def is_valid(state: State) -> bool:
    """Whether a company in that state may show its attestation and its badge."""
    return state in IN_ORDER


def attestation_of(document: CharterDocument, bearer: Bearer, day: date) -> Attestation | None:
    """What may be said of a company that day; nothing of an entry that never was accepted."""
    texts = document.attestation
    if bearer.state not in texts.standings:
        return None
    sentence = texts.former if bearer.state in ENDED else texts.statement
    facts = {
        "company": said(bearer.company),
        "siren": said(siren_in_groups(bearer.siren)),
        "since": day_in_words(bearer.since),
        "day": day_in_words(day),
        "standing": standing_of(document, bearer),
    }
    valid = is_valid(bearer.state)
    return Attestation(
        statement=filled(sentence, facts),
        notice=_claim(document) if valid else texts.not_valid,
        is_valid=valid,
    )


def standing_of(document: CharterDocument, bearer: Bearer) -> Text:
    """What the state is called: leaving does not erase a report that was due."""
    texts = document.attestation
    withdrew_silently = bearer.state is State.WITHDRAWN and bearer.left_without_report
    called = texts.withdrawn_without_report if withdrew_silently else texts.standings[bearer.state]
    return filled(called, {"since_state": day_in_words(bearer.since_state)})


def _claim(document: CharterDocument) -> Text:
    """That it is no certification, unless a scheme or an authority says that it is."""
    texts = document.attestation
    if not document.may_say_label:
        return texts.disclaimer
    return filled(texts.with_scheme, {"scheme": said(document.certification_scheme)})
