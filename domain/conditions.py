"""Who may take part: the rules of eligibility, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.texts import Text


class RuleSource(StrEnum):
    """Where the answer to a rule comes from."""

    REGISTRY = "registry"
    FORM = "form"
    RECORDS = "records"
    DECLARED = "declared"


class RuleCheck(StrEnum):
    """The tests of eligibility that the software knows how to make."""

    REGISTERED = "registered"
    ACTIVE = "active"
    AGE = "age"
    NO_LIQUIDATION = "no_liquidation"
    CHARTER = "charter"
    RECENT_ACTION = "recent_action"
    TERRITORY = "territory"
    APPLICATION_LIMITS = "application_limits"
    NOT_A_RECENT_LAUREATE = "not_a_recent_laureate"
    PARTNER = "partner"
    NO_TIE_TO_ORGANISER = "no_tie_to_organiser"
    DECLARATIONS = "declarations"
    ADMITTED_KIND = "admitted_kind"


@dataclass(frozen=True, slots=True)
class Admission:
    """A kind of candidate that may enter, in every category or in some."""

    kind: str
    only_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition to take part, with its numbers and the questions that answer it."""

    code: str
    check: RuleCheck
    name: Text
    source: RuleSource
    blocking: bool
    settings: Mapping[str, int] = field(default_factory=dict[str, int])
    questions: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    admitted: tuple[Admission, ...] = ()
