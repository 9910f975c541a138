"""The file with which a company enters the charter: what it chose, where it goes, who answers.

Its JSON, as the draft keeps it: ``{"commitments": [codes], "targets": {indicator: {"baseline",
"target", "by"}}, "roles": {role: {"name", "function", "email"}}}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from domain.charter.document import CharterDocument, Commitment
from domain.charter.indicators import Indicator
from domain.registry import text_in, texts_in


@dataclass(frozen=True, slots=True)
class Target:
    """Where an indicator starts, where it goes and by which day, as they were typed."""

    baseline: str = ""
    target: str = ""
    by: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not (self.baseline or self.target or self.by)


NO_TARGET = Target()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role, as it was typed."""

    name: str = ""
    function: str = ""
    email: str = ""

    @property
    def person(self) -> str:
        """What tells this person from another: the address, or the name where there is none."""
        return (self.email or self.name).casefold()


NOBODY = Holder()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a company typed to enter the charter, whatever it still lacks."""

    commitments: tuple[str, ...] = ()
    targets: Mapping[str, Target] = field(default_factory=dict[str, Target])
    roles: Mapping[str, Holder] = field(default_factory=dict[str, Holder])

    def to_document(self) -> dict[str, object]:
        """The entry as JSON keeps it."""
        return {
            "commitments": list(self.commitments),
            "targets": {
                code: {"baseline": each.baseline, "target": each.target, "by": each.by}
                for code, each in self.targets.items()
            },
            "roles": {
                code: {"name": each.name, "function": each.function, "email": each.email}
                for code, each in self.roles.items()
            },
        }


def entry_from(document: Mapping[str, object]) -> Entry:
    """The entry of a row, whatever was typed or is missing there."""
    targets, roles = mapping_in(document, "targets"), mapping_in(document, "roles")
    return Entry(
        commitments=texts_in(document.get("commitments")),
        targets={code: _target(mapping_in(targets, code)) for code in targets},
        roles={code: _holder(mapping_in(roles, code)) for code in roles},
    )


def chosen(document: CharterDocument, entry: Entry) -> tuple[Commitment, ...]:
    """The commitments that the company took on, in the order of the charter."""
    return tuple(each for each in document.commitments if each.code in entry.commitments)


def followed(commitment: Commitment, entry: Entry) -> tuple[Indicator, ...]:
    """The indicators of a commitment for which the company typed a target."""
    return tuple(
        each
        for each in commitment.indicators
        if not entry.targets.get(each.code, NO_TARGET).is_blank
    )


def all_followed(document: CharterDocument, entry: Entry) -> tuple[Indicator, ...]:
    """Every indicator on which the company will report."""
    return tuple(
        each for commitment in chosen(document, entry) for each in followed(commitment, entry)
    )


def mapping_in(document: Mapping[str, object], key: str) -> Mapping[str, object]:
    """What stands under that key, when it is a mapping; nothing otherwise."""
    value = document.get(key)
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}


def _target(typed: Mapping[str, object]) -> Target:
    return Target(*(text_in(typed.get(key)) for key in ("baseline", "target", "by")))


def _holder(typed: Mapping[str, object]) -> Holder:
    return Holder(*(text_in(typed.get(key)) for key in ("name", "function", "email")))
