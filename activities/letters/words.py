"""The words of letters: a Jinja environment for each language, and how lines are set."""

import re
import textwrap
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from activities.letters.parcel import ADDRESS, one_line
from activities.letters.sentences import IN
from domain.charter.states import PUBLIC_NAMES, State
from domain.refusals import read_again
from domain.texts import Language
from wording import typography
from wording.translations import translate, translations

WIDTH = 76
LONGEST_NAME = 120
# A dot or « :// » that a mail program would take for the middle of an address of the web.
CLICKABLE = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2,})|(?<=\w:)(?=//)")
WORD_JOINER = "\u2060"
ELIDED = re.compile("[aeiouàâäéèêëîïôöùûüæœ]", re.IGNORECASE)
A_REFERENCE = re.compile(r"\b[\w-]*\d[\w-]*-[\w-]+")


def environment(language: Language, templates: Path) -> Environment:
    """The templates in one language, strict about what they name."""
    words = Environment(
        loader=FileSystemLoader(templates),
        extensions=[IN[language]],
        undefined=StrictUndefined,
        autoescape=_is_html,  # noqa: S701  (what is HTML is escaped)
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A letter looks at ten files: to ask each time whether they changed is most of its reading.
        auto_reload=False,
    )
    words.policies["ext.i18n.trimmed"] = True
    install: Callable[..., None] = getattr(words, "install_gettext_translations")  # noqa: B009  (added by the extension, unknown to the types)
    install(translations(language), newstyle=True)
    words.filters |= {
        "day": partial(typography.day, language=language),
        "instant": partial(typography.instant, language=language),
        "mark": partial(_mark, language=language),
        "of": partial(_of, language=language),
        "paragraphs": typography.paragraphs,
        "quoted": _quoted,
        "refused": partial(_refused, language=language),
        "whole": _whole,
        "sentence": translations(language).gettext,
        "siret": typography.siret,
        "standing": partial(_standing, language=language),
    }
    names = cast("dict[str, object]", words.globals)  # jinja types it by its own defaults
    names["language"] = language.value
    return words


def plain_name(text: str) -> str:
    """A name that people typed, on one line, short, and that no mail program makes clickable."""
    line = one_line(text)
    if ADDRESS.fullmatch(line):
        return line
    short = line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"
    return CLICKABLE.sub(lambda found: found[0] + WORD_JOINER, short)


def wrapped(text: str) -> str:
    """The text in lines of at most 76 columns, its links whole, one empty line between paragraphs."""
    lines = [_wrapped_line(line) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


# Most lines of a mailing are those of the letter before.
@lru_cache(maxsize=2048)
def _wrapped_line(line: str) -> str:
    words = line.strip(" ")
    indent = " " * (len(line) - len(line.lstrip(" ")))
    if len(indent) + len(words) <= WIDTH and "\t" not in words:
        # As it would come back from what follows, which most lines do not need.
        return indent + words if words else ""
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  " * words.startswith("- "),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _is_html(template: str | None) -> bool:
    return template is not None and template.endswith(".html")


def _mark(value: object, language: Language) -> str:
    """A mean out of a hundred, without decimals; nothing when there is none."""
    try:
        return typography.number(Decimal(str(value)), 0, language=language)
    except InvalidOperation:
        return ""


def _of(name: str, language: Language) -> str:
    """« d’Atelier Bois », « de Menuiserie Bois », or “of” them; an h may be silent or not, so it keeps « de »."""
    if language == Language.ENGLISH:
        return f"of {name}"
    return f"d’{name}" if ELIDED.match(name) else f"de {name}"


def _quoted(text: str) -> str:
    """People's text in a letter without markup: set in by two spaces."""
    return textwrap.indent(text.replace("\r\n", "\n").strip(), "  ")


def _refused(refusal: Mapping[str, Any], language: Language) -> str:
    """The sentence of a refusal that was written down."""
    again = read_again(refusal["sentence"], refusal["facts"])
    return translate(language, again.sentence, **again.facts)


def _standing(code: str, language: Language) -> str:
    """What the public reads of the state of an adherence."""
    return translations(language).gettext(PUBLIC_NAMES[State(code)])


def _whole(title: str) -> Markup:
    """A title in which no reference is cut at its hyphens."""
    safe = str(escape(title))  # no longer Markup, whose join would escape the spans
    return Markup(A_REFERENCE.sub(r'<span style="white-space:nowrap">\g<0></span>', safe))  # noqa: S704  (escaped just here)
