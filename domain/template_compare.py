"""Two templates side by side: what was added, removed and changed, in words and numbers."""

from dataclasses import dataclass
from enum import StrEnum

from domain.edition import EditionTemplate
from domain.refusals import N_
from domain.rules_text.blocks import Words
from domain.template_facts import Fact, Key, facts_of


class ChangeKind(StrEnum):
    """What happened to a fact."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


KIND_NAMES = {
    ChangeKind.ADDED: N_("Ajouté"),
    ChangeKind.REMOVED: N_("Retiré"),
    ChangeKind.CHANGED: N_("Modifié"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``before`` is empty when it was added, ``after`` when it was removed."""

    key: Key
    kind: ChangeKind
    about: Words
    before: Words | str = ""
    after: Words | str = ""

    @property
    def difference(self) -> int | None:
        """By how much a number went up or down."""
        if isinstance(self.before, int) and isinstance(self.after, int):
            return self.after - self.before
        return None


def compare(before: EditionTemplate, after: EditionTemplate, year: int) -> tuple[Change, ...]:
    """Every difference, in the reading order of the newer template, what left it last."""
    return differences(facts_of(before, year), facts_of(after, year))


def differences(old: dict[Key, Fact], new: dict[Key, Fact]) -> tuple[Change, ...]:
    """What turns the first facts into the second ones."""
    kept = (_change(key, old.get(key), fact) for key, fact in new.items())
    gone = (
        Change(key, ChangeKind.REMOVED, fact.about, before=fact.value)
        for key, fact in old.items()
        if key not in new
    )
    return (*(change for change in kept if change is not None), *gone)


def _change(key: Key, old: Fact | None, new: Fact) -> Change | None:
    if old is None:
        return Change(key, ChangeKind.ADDED, new.about, after=new.value)
    if old.value == new.value:
        return None
    return Change(key, ChangeKind.CHANGED, new.about, old.value, new.value)
