"""The two languages: French sentences are the keys, English is merged from ``locales/en/*.po``."""

import gettext
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.texts import Language
from wording.typography import APOSTROPHE, NARROW, NO_BREAK, day, english, french, instant

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "locales" / "en"
# Where sentences are looked for, besides the templates.
CODE = ("activities", "api", "domain", "storage", "workflows")
_KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "translate": (2,),
}
_PLAIN = str.maketrans({APOSTROPHE: "'", NO_BREAK: " ", NARROW: " "})
_TRIMMED = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
_PREFERENCE = re.compile(r"\s*([a-zA-Z]+)(?:-[\w-]+)?\s*(?:;\s*q\s*=\s*([\d.]+))?")

Key = str | tuple[str, ...]


class _French(gettext.NullTranslations):
    """The sentences themselves, well set; zero is singular, as in French grammar."""

    def gettext(self, message: str) -> str:
        return french(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return french(msgid1 if abs(n) < 2 else msgid2)  # noqa: PLR2004  (French plural starts at two)


class _English(gettext.GNUTranslations):
    """The merged catalogues; what nobody translated is said in French."""

    def gettext(self, message: str) -> str:
        return english(super().gettext(_plain(message)))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return english(super().ngettext(_plain(msgid1), _plain(msgid2), n))


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Give the sentences of one language, read once."""
    if language != Language.ENGLISH:
        return _French()
    compiled = io.BytesIO()
    write_mo(compiled, _merged(_read(CATALOGUES)))
    compiled.seek(0)
    said = _English(compiled)
    said.add_fallback(_French())
    return said


def translate(language: str, sentence: str, **facts: object) -> str:
    """Say one sentence in one language, with its facts filled in, dates in words."""
    said = translations(language).gettext(sentence)
    if not facts:
        return said.replace("%%", "%")
    return said % {name: _written(fact, language) for name, fact in facts.items()}


def language_of(accept_language: str | None, cookie: str | None) -> Language:
    """Choose by the person's choice, then by what the browser prefers, then French."""
    known = {language.value for language in Language}
    if cookie in known:
        return Language(cookie)
    ranked = sorted(_preferences(accept_language or ""), reverse=True)
    return next((Language(code) for _, _, code in ranked if code in known), Language.FRENCH)


def missing_translations() -> list[str]:
    """List the sentences of templates and code that have no English, as ``file:line sentence``."""
    merged = _merged(_read(CATALOGUES))
    said = {_key(message.id) for message in merged if _is_said(message)}
    return sorted(
        {
            f"{where} {key}"
            for where, key in _sentences()
            if _singular(key) not in map(_singular, said)
        }
    )


def conflicting_translations() -> list[str]:
    """List the sentences that two catalogues translate differently."""
    first: dict[str, tuple[str, object]] = {}
    conflicts: list[str] = []
    for name, catalogue in _read(CATALOGUES):
        for message in filter(_is_said, catalogue):
            key = _singular(_key(message.id))
            known = first.setdefault(key, (name, message.string))
            if known[1] != message.string:
                conflicts.append(f"{known[0]} and {name}: {key}")
    return conflicts


def _written(fact: object, language: str) -> object:
    if isinstance(fact, datetime):
        return instant(fact, language=language)
    return day(fact, language) if isinstance(fact, date) else fact


def _preferences(header: str) -> Iterator[tuple[float, int, str]]:
    for place, part in enumerate(header.split(",")):
        found = _PREFERENCE.fullmatch(part)
        if found:
            try:
                weight = float(found[2] or 1)
            except ValueError:
                continue
            yield weight, -place, found[1].lower()


def _read(folder: Path) -> list[tuple[str, Catalog]]:
    catalogues: list[tuple[str, Catalog]] = []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogues.append((path.name, read_po(file, locale="en", abort_invalid=True)))
    return catalogues


def _merged(catalogues: list[tuple[str, Catalog]]) -> Catalog:
    merged = Catalog(locale="en", charset="utf-8")
    for _, catalogue in catalogues:
        for message in filter(_is_said, catalogue):
            merged.add(_key(message.id), message.string)
    return merged


def _is_said(message: Message) -> bool:
    strings = message.string or ""
    return bool(message.id and strings) and all(strings) and not message.fuzzy


def _key(identity: str | Sequence[str]) -> Key:
    return _plain(identity) if isinstance(identity, str) else tuple(map(_plain, identity))


def _plain(sentence: str) -> str:
    """Give the key of a sentence, however its spaces and apostrophes were typed."""
    return sentence.translate(_PLAIN)


def _singular(key: Key) -> str:
    return key if isinstance(key, str) else key[0]


def _sentences() -> Iterator[tuple[str, Key]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".svg", ".txt"}:
            yield from _sentences_of("jinja2.ext:babel_extract", path)
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _sentences_of("python", path)


def _sentences_of(method: str, path: Path) -> Iterator[tuple[str, Key]]:
    found = extract_from_file(method, path, keywords=_KEYWORDS, options=_TRIMMED)
    for line, identity, _, _ in found:
        yield f"{path.relative_to(ROOT)}:{line}", _key(identity)
