"""What an article is made of: words that are not yet said in a language, and their shapes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.texts import Text


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, said in the hour of Paris and in that of a zone when it differs."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Size:
    """A number of bytes."""

    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """A French sentence to translate, with what fills it; a fact that is a ``str`` is said as it is."""

    sentence: str
    facts: Mapping[str, "str | Words"] = field(default_factory=dict[str, "str | Words"])


@dataclass(frozen=True, slots=True)
class Listed:
    """Several words, one after the other."""

    items: "tuple[str | Words, ...]"


Words = Said | Text | Moment | Size | Listed | date | Decimal | int


def said(sentence: str, **facts: "str | Words") -> Said:
    """A sentence and its facts."""
    return Said(sentence, facts)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class Points:
    """A list; its order counts when ``is_ordered``."""

    items: tuple[Words, ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What each thing is, or how much: labels and values."""

    rows: tuple[tuple["str | Words", "str | Words"], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, whose first column names its rows."""

    caption: Words
    intro: Words | None
    heads: tuple[Words, ...]
    rows: tuple[tuple["str | Words", ...], ...]


Block = Paragraph | Points | Figures | Table


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the rules; ``code`` is its anchor, ``title`` a French sentence or a name."""

    code: str
    title: str | Text
    blocks: tuple[Block, ...]
