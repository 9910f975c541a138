"""The differences between two templates, in the language of who reads them."""

from dataclasses import dataclass

from domain.template_compare import KIND_NAMES, Change, ChangeKind
from wording.articles import spoken
from wording.translations import translate
from wording.typography import number

TONES = {
    ChangeKind.ADDED: "good",
    ChangeKind.REMOVED: "danger",
    ChangeKind.CHANGED: "attention",
}


@dataclass(frozen=True, slots=True)
class SaidChange:
    """One difference to show; ``difference`` says by how much a number changed."""

    about: str
    kind: str
    tone: str
    before: str
    after: str
    difference: str


def said_changes(changes: tuple[Change, ...], language: str) -> tuple[SaidChange, ...]:
    """The differences, said."""
    return tuple(_said(change, language) for change in changes)


def _said(change: Change, language: str) -> SaidChange:
    up = change.difference
    return SaidChange(
        about=spoken(change.about, language),
        kind=translate(language, KIND_NAMES[change.kind]),
        tone=TONES[change.kind],
        before=spoken(change.before, language),
        after=spoken(change.after, language),
        difference=""
        if up is None
        else f"{'+' if up > 0 else '−'}{number(abs(up), language=language)}",  # noqa: RUF001  (the sign of a difference)
    )
