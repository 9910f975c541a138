"""Answers as the controls of a page take them, and as people read them again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from api.pages.applications.typed import years_of
from domain.answers import NOT_TRACKED, TICKED, decimal_in
from domain.questions import Question, QuestionKind
from domain.refusals import N_
from domain.registry import day_in
from domain.siret import SIREN_LENGTH, SIRET_LENGTH
from domain.texts import Text
from wording.translations import translate
from wording.typography import day, money, number, siret

UNTRACKED = N_("non suivi")
YES = N_("Oui")
LISTS = (QuestionKind.SIRETS, QuestionKind.COMMUNES)


def control_value(question: Question, answer: object, year: int) -> object:
    """The value that the control of a question shows."""
    if question.kind is QuestionKind.YEAR_FIGURES:
        return _by_year(answer, year)
    if question.kind in LISTS:
        return "\n".join(_items(answer))
    if question.kind is QuestionKind.CHOICES:
        return _items(answer)
    if question.kind is QuestionKind.TICK:
        return answer == TICKED
    return answer if isinstance(answer, str) else ""


@dataclass(frozen=True, slots=True)
class Said:
    """A question with its answer in words; no line means that nothing was answered."""

    code: str
    label: Text
    lines: tuple[str, ...]
    is_prose: bool = False
    is_fixed: bool = False


def is_fixed(question: Question) -> bool:
    """Whether the question was answered for good when the application was opened."""
    return question.code == "siret" and question.kind is QuestionKind.SIRET


def said(question: Question, answer: object, year: int, language: str) -> Said:
    """The answer as people read it again; what is wrong is shown as it was typed."""
    is_prose = question.kind is QuestionKind.LONG_TEXT
    lines = tuple(_lines(question, answer, year, language))
    return Said(question.code, question.label, lines, is_prose, is_fixed(question))


def _lines(question: Question, answer: object, year: int, language: str) -> Iterable[str]:
    if question.kind is QuestionKind.YEAR_FIGURES:
        return _figures_said(answer, year, language)
    if question.kind in LISTS or question.kind is QuestionKind.CHOICES:
        return [_one(question, item, language) for item in _items(answer)]
    if not isinstance(answer, str) or not answer.strip():
        return ()
    return (_one(question, answer, language),)


def _one(question: Question, typed: str, language: str) -> str:
    labels = {choice.code: choice.label.in_(language) for choice in question.choices}
    if question.kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
        return labels.get(typed, typed)
    if question.kind is QuestionKind.TICK:
        return translate(language, YES)
    if question.kind is QuestionKind.DATE:
        chosen = day_in(typed)
        return day(chosen, language) if chosen else typed
    if question.kind in {QuestionKind.SIRET, QuestionKind.SIRETS, QuestionKind.SIREN}:
        digits = "".join(each for each in typed if each.isdigit())
        return siret(digits) if len(digits) in {SIREN_LENGTH, SIRET_LENGTH} else typed
    return _figure(question, typed, language)


def _figure(question: Question, typed: str, language: str) -> str:
    value = decimal_in(typed)
    if value is None:
        return typed
    if question.kind is QuestionKind.MONEY:
        return money(value, language=language)
    if question.kind is QuestionKind.PERCENT:
        return f"{number(value, language=language)}\u00a0%"
    return number(value, language=language) if question.kind is QuestionKind.NUMBER else typed


def _figures_said(answer: object, year: int, language: str) -> Iterable[str]:
    for name, civil in years_of(year).items():
        figure = _figures(answer).get(name, "")
        value = decimal_in(figure)
        if figure == NOT_TRACKED:
            yield f"{civil}\u00a0: {translate(language, UNTRACKED)}"
        elif figure:
            yield f"{civil}\u00a0: {figure if value is None else number(value, language=language)}"


def _by_year(answer: object, year: int) -> dict[int | str, str | bool]:
    figures = _figures(answer)
    shown: dict[int | str, str | bool] = {
        civil: figures.get(name, "").replace(NOT_TRACKED, "")
        for name, civil in years_of(year).items()
    }
    return shown | {"untracked": NOT_TRACKED in figures.values()}


def _figures(answer: object) -> dict[str, str]:
    if not isinstance(answer, Mapping):
        return {}
    return {str(name): str(figure) for name, figure in cast("Mapping[str, str]", answer).items()}


def _items(answer: object) -> list[str]:
    return [str(item) for item in cast("list[str]", answer)] if isinstance(answer, list) else []
