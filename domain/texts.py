"""Words in the two languages of the service."""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

# Letters and symbols by name, without any ink: the fillers of Hangul, and the blank of Braille.
_INKLESS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class Language(StrEnum):
    """A language in which every text of a template exists."""

    FRENCH = "fr"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in French and in English."""

    fr: str
    en: str

    def in_(self, language: str) -> str:
        """Say it in English when asked, in French otherwise."""
        return self.en if language == Language.ENGLISH else self.fr


NO_TEXT = Text("", "")


def is_blank(text: str) -> bool:
    """Whether nobody would see anything in it."""
    return all(_is_unseen(character) for character in text)


def _is_unseen(character: str) -> bool:
    return character.isspace() or category(character) in {"Cc", "Cf"} or character in _INKLESS
