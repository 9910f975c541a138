"""Templates into pages, in the language of the reader."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api import typography
from api.i18n import ROOT, translations
from domain.cycle_names import place_alone
from domain.questions import Choice
from domain.texts import Language

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
# What every template may name without its handler having said it.
_DEFAULTS: dict[str, object] = {
    "viewer": None,
    "path": "/",
    "flashes": (),
    "complaints": {},
    "csrf_token": "",
    "conformity": "non",
    "sign_in": "/connexion",
    "sign_out": "/deconnexion",
}


class Pages:
    """The templates of the service, ready in both languages."""

    def __init__(self, templates: Path = TEMPLATES, static: Path = STATIC) -> None:
        self._environments = {
            language: _environment(language, templates, static) for language in Language
        }

    def render(self, template: str, request_language: str, **context: object) -> str:
        """Give the page as HTML in that language."""
        environment = self._environments[Language(request_language)]
        return environment.get_template(template).render(_DEFAULTS | context)


@cache  # compiled once a process, however many applications it makes
def _environment(language: Language, templates: Path, static: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    install: Callable[..., None] = getattr(environment, "install_gettext_translations")  # noqa: B009  (added by the extension, unknown to the types)
    install(translations(language), newstyle=True)
    environment.filters.update(_filters(language))
    names = cast("dict[str, object]", environment.globals)  # jinja types it by its own defaults
    names |= {"language": language.value, "static": partial(_address, static, {})}
    return environment


def _filters(language: Language) -> dict[str, Callable[..., object]]:
    spoken = {
        "words": typography.words,
        "day": typography.day,
        "short_day": typography.short_day,
        "hour": typography.hour,
        "instant": typography.instant,
        "short_instant": typography.short_instant,
        "time_left": typography.time_left,
        "number": typography.number,
        "money": typography.money,
        "percent": typography.percent,
        "bytes": typography.size,
    }
    bound: dict[str, Callable[..., object]] = {
        name: partial(write, language=language) for name, write in spoken.items()
    }
    return bound | {
        "siret": typography.siret,
        "paragraphs": typography.paragraphs,
        "pair": _pair,
        "place": place_alone,
    }


def _pair(choice: Choice) -> tuple[str, object]:
    return choice.code, choice.label


def _address(folder: Path, known: dict[str, str], name: str) -> str:
    """Give the address of a static file, which changes when its content does."""
    if name not in known:
        known[name] = sha256((folder / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={known[name]}"
