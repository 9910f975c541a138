"""What each kind of question accepts as an answer.

Answers are JSON: a string for most kinds, a list of strings for lists, and
``{"n2": …, "n1": …, "n": …}`` for figures of three years. A tick that is set is ``"yes"``.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast
from urllib.parse import urlsplit

from domain.questions import Question, QuestionKind
from domain.refusals import N_, Refusal
from domain.siret import parse_siren, parse_siret

TICKED = "yes"
NOT_TRACKED = "not_tracked"
YEARS = ("n2", "n1", "n")
LISTS = (QuestionKind.CHOICES, QuestionKind.SIRETS, QuestionKind.COMMUNES)
PERCENT_MAXIMUM = 100
PHONE_DIGITS = range(8, 16)
LONGEST_EMAIL = 254
LONGEST_URL = 2000

# Unicode's Cc and Cs, but for line ends and tabs; a class, because whole files are searched.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
SPACES = re.compile("[ \u00a0\u2009\u202f]")
NUMBER = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,2})?")
WHOLE = re.compile(r"[0-9]{1,15}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
PHONE = re.compile("[+]?[0-9 .()\u00a0\u202f-]+")
PLACE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}|DEP-(?:[0-9]{2,3}|2[AB])")

WRONG_SHAPE = N_("Cette réponse n’a pas la forme attendue.")


def count_characters(text: str) -> int:
    """Code points, a line end counting for one however the browser sent it."""
    return len(text.replace("\r\n", "\n"))


def is_blank(question: Question, answer: object) -> bool:
    """Whether nothing was answered; figures are blank until the three years are there."""
    if question.kind is QuestionKind.TICK:
        return answer != TICKED
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        figures = cast("Mapping[str, object]", answer)
        return any(not str(figures.get(year, "")).strip() for year in YEARS)
    return not answer


def check_answer(question: Question, answer: object) -> None:
    """Refuse an answer that its question cannot take; what is blank is never refused."""
    if question.kind is QuestionKind.YEAR_FIGURES:
        _check_figures(answer)
    elif question.kind in LISTS:
        _check_list(question, answer)
    elif not isinstance(answer, str):
        raise Refusal(WRONG_SHAPE)
    elif answer.strip():
        _check_printable(answer)
        CHECKS[question.kind](question, answer.strip())


def decimal_in(typed: str) -> Decimal | None:
    """The number that was typed the French way (1 234,56), if it is one."""
    compact = SPACES.sub("", typed)
    return Decimal(compact.replace(",", ".")) if NUMBER.fullmatch(compact) else None


def _check_printable(text: str) -> None:
    """Refuse control characters, which the database or a letter would choke on."""
    if UNPRINTABLE.search(text):
        raise Refusal(N_("Cette réponse contient un caractère qui ne s’imprime pas."))


def _check_figures(answer: object) -> None:
    if not isinstance(answer, Mapping):
        raise Refusal(WRONG_SHAPE)
    for year, figure in cast("Mapping[str, object]", answer).items():
        if year not in YEARS or not isinstance(figure, str):
            raise Refusal(WRONG_SHAPE)
        if figure.strip() and figure != NOT_TRACKED and decimal_in(figure) is None:
            raise Refusal(
                N_("Donnez un nombre positif pour chaque année, ou «\u00a0non suivi\u00a0».")
            )


def _check_list(question: Question, answer: object) -> None:
    if not isinstance(answer, list | tuple):
        raise Refusal(WRONG_SHAPE)
    items = cast("list[object]", answer)
    if question.limit and len(items) > question.limit:
        raise Refusal(
            N_("%(count)s réponses, pour %(limit)s au plus."),
            count=len(items),
            limit=question.limit,
        )
    for item in items:
        if not isinstance(item, str):
            raise Refusal(WRONG_SHAPE)
        CHECKS[question.kind](question, item.strip())


def _text(question: Question, answer: str) -> None:
    if "\n" in answer or "\r" in answer:
        raise Refusal(N_("Écrivez sur une seule ligne."))
    _long_text(question, answer)


def _long_text(question: Question, answer: str) -> None:
    count = count_characters(answer)
    if question.limit and count > question.limit:
        raise Refusal(
            N_("%(count)s caractères, pour %(limit)s au plus\u00a0: il y en a %(excess)s de trop."),
            count=count,
            limit=question.limit,
            excess=count - question.limit,
        )


def _choice(question: Question, answer: str) -> None:
    if answer not in [choice.code for choice in question.choices]:
        raise Refusal(N_("Choisissez parmi les réponses proposées."))


def _number(_question: Question, answer: str) -> None:
    if not WHOLE.fullmatch(SPACES.sub("", answer)):
        raise Refusal(N_("Donnez un nombre entier, positif ou nul."))


def _money(_question: Question, answer: str) -> None:
    if decimal_in(answer) is None:
        raise Refusal(N_("Donnez un montant en euros, avec deux décimales au plus."))


def _percent(_question: Question, answer: str) -> None:
    number = decimal_in(answer)
    if number is None or number > PERCENT_MAXIMUM:
        raise Refusal(N_("Donnez un pourcentage entre 0 et 100."))


def _date(_question: Question, answer: str) -> None:
    sentence = N_("Donnez une date qui existe, au format année-mois-jour.")
    if not DATE.fullmatch(answer):
        raise Refusal(sentence)
    try:
        date.fromisoformat(answer)
    except ValueError:
        raise Refusal(sentence) from None


def _email(_question: Question, answer: str) -> None:
    if not EMAIL.fullmatch(answer) or len(answer) > LONGEST_EMAIL:
        raise Refusal(
            N_("Cette adresse de courriel semble incomplète. Exemple\u00a0: nom@exemple.fr.")
        )


def _phone(_question: Question, answer: str) -> None:
    digits = sum(each.isdigit() for each in answer)
    if not PHONE.fullmatch(answer) or digits not in PHONE_DIGITS:
        raise Refusal(N_("Ce numéro de téléphone semble incomplet. Exemple\u00a0: 01 23 45 67 89."))


def _url(_question: Question, answer: str) -> None:
    if not _is_web_address(answer):
        raise Refusal(N_("Donnez une adresse complète, qui commence par https:// ou http://."))


def _is_web_address(typed: str) -> bool:
    if len(typed) > LONGEST_URL or any(each.isspace() for each in typed):
        return False
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip(".")


def _tick(_question: Question, answer: str) -> None:
    if answer != TICKED:
        raise Refusal(WRONG_SHAPE)


def _place(_question: Question, answer: str) -> None:
    if not PLACE.fullmatch(answer):
        raise Refusal(
            N_(
                "«\u00a0%(typed)s\u00a0» n’est ni un code commune (75056) ni un code de département (DEP-75)."
            ),
            typed=answer[:20],
        )


CHECKS: dict[QuestionKind, Callable[[Question, str], object]] = {
    QuestionKind.SIRET: lambda _question, answer: parse_siret(answer),
    QuestionKind.SIRETS: lambda _question, answer: parse_siret(answer),
    QuestionKind.SIREN: lambda _question, answer: parse_siren(answer),
    QuestionKind.TEXT: _text,
    QuestionKind.LONG_TEXT: _long_text,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choice,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: _money,
    QuestionKind.PERCENT: _percent,
    QuestionKind.DATE: _date,
    QuestionKind.EMAIL: _email,
    QuestionKind.PHONE: _phone,
    QuestionKind.URL: _url,
    QuestionKind.TICK: _tick,
    QuestionKind.COMMUNES: _place,
}
