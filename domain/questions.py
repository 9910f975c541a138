"""What candidates are asked: sections of questions."""

from dataclasses import dataclass
from enum import StrEnum

from domain.texts import NO_TEXT, Text


class QuestionKind(StrEnum):
    """The shapes that an answer may take."""

    SIRET = "siret"
    SIREN = "siren"
    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    YEAR_FIGURES = "year_figures"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    TICK = "tick"
    SIRETS = "sirets"
    COMMUNES = "communes"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer among those proposed."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form; ``limit`` counts characters, or items of a list."""

    code: str
    kind: QuestionKind
    label: Text
    help: Text = NO_TEXT
    limit: int | None = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    only_for: tuple[str, ...] = ()
    public: bool = False


class Filler(StrEnum):
    """Who writes a section."""

    CANDIDATE = "candidate"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are read and filled together."""

    code: str
    title: Text
    intro: Text
    questions: tuple[Question, ...]
    only_for: tuple[str, ...] = ()
    filled_by: Filler = Filler.CANDIDATE
