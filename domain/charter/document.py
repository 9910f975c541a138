"""A version of the charter: its text, its commitments, and what it asks of who adheres."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.charter.indicators import Indicator
from domain.charter.periods import CharterPeriods
from domain.charter.sizes import Size
from domain.charter.states import State
from domain.texts import NO_TEXT, Text


class Level(StrEnum):
    """How far the values of a report were verified, shown publicly."""

    DECLARED = "declaratif"
    SUPPORTED = "justifie"
    ATTESTED = "atteste"


class Degree(StrEnum):
    """How a question of the self-diagnosis is answered."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the text."""

    code: str
    title: Text
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise among those of the charter, and how it is followed and proven."""

    code: str
    name: Text
    gloss: Text
    indicators: tuple[Indicator, ...]
    evidence: tuple[Text, ...]
    basis: Text = NO_TEXT
    compulsory: bool = False


@dataclass(frozen=True, slots=True)
class DiagnosisQuestion:
    """One question that a company asks itself; its answer is never published."""

    code: str
    commitment: str
    asks: Text


@dataclass(frozen=True, slots=True)
class CharterRole:
    """A part that somebody plays in the company; ``signs`` is the head, who needs an address."""

    code: str
    name: Text
    gloss: Text
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Narrative:
    """A free account asked by the yearly report; ``limit`` counts characters."""

    code: str
    name: Text
    help: Text
    limit: int


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What the yearly report asks besides the values."""

    narratives: tuple[Narrative, ...]
    support: Text
    comment_limit: int
    explanation_limit: int


@dataclass(frozen=True, slots=True)
class LevelNamed:
    """A level of verification, as the public reads it."""

    code: Level
    name: Text
    gloss: Text


@dataclass(frozen=True, slots=True)
class AttestationTexts:
    """The sentences of the attestation; ``standings`` says the states that the public may see."""

    statement: Text
    former: Text
    disclaimer: Text
    not_valid: Text
    with_scheme: Text
    standings: Mapping[State, Text]
    withdrawn_without_report: Text


@dataclass(frozen=True, slots=True)
class CharterDocument:
    """Everything that an adherence keeps of the version with which it was signed."""

    code: str
    version: int
    in_force_from: date
    name: Text
    preamble: tuple[Text, ...]
    articles: tuple[Article, ...]
    commitments: tuple[Commitment, ...]
    minimum_optional: Mapping[Size, int]
    self_diagnosis: tuple[DiagnosisQuestion, ...]
    roles: tuple[CharterRole, ...]
    one_person_may_hold_all: frozenset[Size]
    report: ReportForm
    levels: tuple[LevelNamed, ...]
    attestation: AttestationTexts
    periods: CharterPeriods
    small_counts: int
    certification_scheme: str = ""

    @property
    def compulsory(self) -> tuple[Commitment, ...]:
        """What everybody takes on."""
        return tuple(each for each in self.commitments if each.compulsory)

    @property
    def optional(self) -> tuple[Commitment, ...]:
        """Among what each company chooses."""
        return tuple(each for each in self.commitments if not each.compulsory)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order of the commitments."""
        return tuple(each for commitment in self.commitments for each in commitment.indicators)

    @property
    def signatory(self) -> CharterRole:
        """The role of who signs."""
        return next(role for role in self.roles if role.signs)

    @property
    def may_say_label(self) -> bool:
        """Whether a certification scheme or an authority unlocks that word."""
        return bool(self.certification_scheme)

    def commitment(self, code: str) -> Commitment:
        """The commitment of that code; raises KeyError when the charter has none."""
        return {each.code: each for each in self.commitments}[code]

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code; raises KeyError when the charter has none."""
        return {each.code: each for each in self.indicators}[code]

    def minimum(self, size: Size) -> int:
        """How many commitments a company of that size chooses besides the compulsory ones."""
        return self.minimum_optional[size]
