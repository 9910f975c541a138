"""Sentences of templates, translated once, when the template is read."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import cast

from jinja2 import nodes
from jinja2.ext import InternationalizationExtension
from jinja2.parser import Parser

from domain.texts import Language
from wording.translations import translations

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
PLACE = re.compile(r"%\((\w+)\)s")


class Sentences(InternationalizationExtension, ABC):
    """``trans`` whose sentence is looked up at the reading of the template, as each language has its own.

    The extension of Jinja asks for the sentence in each letter, which was a third of its writing.
    What has a plural, or is said by ``_()``, is still looked up in the letter.
    """

    @abstractmethod
    def translated(self, sentence: str) -> str:
        """The sentence in the language of these templates."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002  (as Jinja calls it)
        """HTML without the indentation that only its authors read; its lines keep their numbers."""
        return (
            INDENTATION.sub("", source) if name is not None and name.endswith(".html") else source
        )

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        """The pieces of the translated sentence, with what fills it in between."""
        asked = super().parse(parser)
        if not isinstance(asked, nodes.Output):
            return asked
        call = asked.nodes[0]
        if not isinstance(call, nodes.Call) or cast("nodes.Name", call.node).name != "gettext":
            return asked
        (sentence,) = (cast("nodes.Const", each).value for each in call.args)
        values = {each.key: each.value for each in call.kwargs}
        said = nodes.Output(list(_pieces(self.translated(sentence), values)))
        return said.set_lineno(asked.lineno)


class French(Sentences):
    """The sentences themselves, well set."""

    def translated(self, sentence: str) -> str:
        """The sentence in French."""
        return translations(Language.FRENCH).gettext(sentence)


class English(Sentences):
    """What the catalogues say."""

    def translated(self, sentence: str) -> str:
        """The sentence in English."""
        return translations(Language.ENGLISH).gettext(sentence)


IN = {Language.FRENCH: French, Language.ENGLISH: English}


def _pieces(sentence: str, values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    # Text and names by turns: « Bonjour », then what fills « name ».
    for number, piece in enumerate(PLACE.split(sentence)):
        if number % 2:
            yield values[piece]
        elif piece:
            yield nodes.TemplateData(piece.replace("%%", "%"))
