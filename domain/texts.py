"""Words in the two languages of the service."""

from dataclasses import dataclass
from enum import StrEnum


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
