"""Letters into words: a folder of templates, facts, and the language of the reader."""

import traceback
from pathlib import Path
from uuid import UUID

from jinja2 import TemplateNotFound, TemplateSyntaxError

from activities.letters.facts import UNSAYABLE, fact
from activities.letters.kinds import KINDS
from activities.letters.markup import check_markup
from activities.letters.parcel import Written, one_line, own_address
from activities.letters.samples import SAMPLES
from activities.letters.unsubscribing import path_for
from activities.letters.words import environment, plain_name, wrapped
from domain.refusals import N_
from domain.texts import Language
from settings import Settings, settings
from wording import typography
from wording.translations import ROOT, translations

TEMPLATES = ROOT / "templates"
UNTITLED = N_("sans titre")
UNNAMED = N_("l'entreprise")


class LetterTemplateError(Exception):
    """A template of letters is wrong; the message says which file, and where."""


class Writer:
    """The templates of letters, ready in both languages."""

    def __init__(self, settings: Settings, templates: Path = TEMPLATES) -> None:
        self._settings = settings
        self._base_url = settings.base_url.rstrip("/")
        self.sender = own_address(settings.mail_sender)
        self.contact = own_address(settings.mail_contact)
        self.templates = templates
        self._words = {language: environment(language, templates) for language in Language}

    def unsubscribe(self, person_id: UUID) -> str:
        """The address at which this person ends the letters that nobody needs."""
        return self._base_url + path_for(self._settings, person_id)

    def write(self, kind: str, language: str, name: str, facts: dict[str, object]) -> Written:
        """Give subject, text and HTML of a letter, as this person reads it."""
        spoken = language_of(language)
        words = self._words[spoken]
        context = {"zone": typography.PARIS} | _ready(facts, spoken)
        context |= {
            "facts": context,
            "name": plain_name(name),
            "contact": self.contact.addr_spec,
            "url": self._base_url + local(str(facts.get("token_path") or facts.get("link") or "/")),
        }
        subject = one_line(words.get_template(f"emails/{kind}/subject.txt").render(context))
        context["subject"] = subject
        text = words.get_template(f"emails/{kind}/body.txt").render(context)
        html = words.get_template(f"emails/{kind}/body.html").render(context)
        return Written(subject, wrapped(text), html)


def language_of(code: str) -> Language:
    """The language in which this person is written to."""
    return Language.ENGLISH if code == Language.ENGLISH else Language.FRENCH


def local(path: str) -> str:
    """A path of this service, or an error: a letter links nowhere else."""
    if not path.startswith("/") or path.startswith("//"):
        message = "A letter links to a path of this service, which starts with one slash."
        raise ValueError(message)
    return path


def check_letters(writer: Writer | None = None) -> None:
    """Write every kind in both languages, and raise with the file and the line of what is wrong."""
    writer = writer or Writer(settings())
    folders = {path.name for path in (writer.templates / "emails").iterdir() if path.is_dir()}
    if folders != KINDS.keys():
        message = f"Folders of templates/emails without a kind, or the reverse: {sorted(folders ^ KINDS.keys())}"
        raise LetterTemplateError(message)
    for path in sorted((writer.templates / "emails").rglob("*.html")):
        if problem := check_markup(path.read_text(encoding="utf-8")):
            message = f"{path}:{problem}"
            raise LetterTemplateError(message)
    for kind in KINDS:
        for facts in SAMPLES[kind]:
            for language in Language:
                _check(writer, kind, language, facts)


def _check(writer: Writer, kind: str, language: Language, facts: dict[str, object]) -> None:
    try:
        writer.write(kind, language, "Camille Robin", facts)
    except TemplateNotFound as error:
        message = f"{writer.templates / str(error.name)} is missing"
        raise LetterTemplateError(message) from error
    except TemplateSyntaxError as error:
        message = f"{error.filename}:{error.lineno} {error.message}"
        raise LetterTemplateError(message) from error
    except UNSAYABLE as error:
        message = f"{_place(writer.templates, error)} {error}"
        raise LetterTemplateError(message) from error


def _place(templates: Path, error: Exception) -> str:
    """The line of the template in which the error arose."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith(str(templates))]
    return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else str(templates)


def _ready(facts: dict[str, object], language: Language) -> dict[str, object]:
    """The facts as templates want them: instants are instants, and names hold on a line."""
    say = translations(language).gettext
    ready = {name: fact(name, value) for name, value in facts.items()}
    for name, otherwise in (("title", UNTITLED), ("company", UNNAMED)):
        if name in ready:
            ready[name] = ready[name] or say(otherwise)
    return ready
