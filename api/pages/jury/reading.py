"""A sent file as a juror reads it: its sections with their labels, without anybody's contacts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from domain.answers import NOT_TRACKED, TICKED, YEARS, decimal_in
from domain.edition import EditionTemplate
from domain.questions import Filler, Question, QuestionKind, Section
from domain.texts import Text

Value = str | bool | date | Decimal | tuple[str | Text, ...]

# Who to write to is the organiser's business: a juror judges an action, and contacts nobody.
CONTACT_KINDS = frozenset({QuestionKind.EMAIL, QuestionKind.PHONE})
CONTACT_SECTIONS = frozenset({"contacts"})
AMOUNTS = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.PERCENT})


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One answer, ready to be shown by its kind."""

    label: Text
    kind: QuestionKind
    value: Value


@dataclass(frozen=True, slots=True)
class ReadFigures:
    """One row of figures: a number, the word « non suivi » (None), or nothing, for each year."""

    label: Text
    years: tuple[Decimal | str | None, ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section that was answered; its figures make one table."""

    code: str
    title: Text
    answers: tuple[ReadAnswer, ...]
    figures: tuple[ReadFigures, ...]


def readable(
    template: EditionTemplate, category: str, answers: Mapping[str, object]
) -> tuple[ReadSection, ...]:
    """The sections of a file in the order of the form; what was left blank is not shown."""
    sections = (_section(each, answers) for each in _in_order(template, category))
    return tuple(section for section in sections if section.answers or section.figures)


def shown_questions(template: EditionTemplate, category: str) -> Iterator[Question]:
    """The questions that a juror may read, in the order of the form."""
    for section in _in_order(template, category):
        yield from (each for each in section.questions if each.kind not in CONTACT_KINDS)


def years_until(year: int) -> tuple[int, ...]:
    """The years that the figures of an edition are about, oldest first."""
    return tuple(year - back for back in reversed(range(len(YEARS))))


def _in_order(template: EditionTemplate, category: str) -> Iterator[Section]:
    asked = {
        section.code: section
        for filler in Filler
        for section in template.sections_for(category, filler)
    }
    for section in template.sections:
        if section.code in asked and section.code not in CONTACT_SECTIONS:
            yield asked[section.code]


def _section(section: Section, answers: Mapping[str, object]) -> ReadSection:
    shown = [each for each in section.questions if each.kind not in CONTACT_KINDS]
    # A section made of ticks binds the company, and tells nothing of its action.
    if all(each.kind is QuestionKind.TICK for each in shown):
        shown = []
    figures = [each for each in shown if each.kind is QuestionKind.YEAR_FIGURES]
    others = [each for each in shown if each.kind is not QuestionKind.YEAR_FIGURES]
    return ReadSection(
        code=section.code,
        title=section.title,
        answers=tuple(found for each in others if (found := _answer(each, answers))),
        figures=tuple(found for each in figures if (found := _figures(each, answers))),
    )


def _answer(question: Question, answers: Mapping[str, object]) -> ReadAnswer | None:
    given = answers.get(question.code)
    if question.kind is QuestionKind.TICK:
        return ReadAnswer(question.label, question.kind, given == TICKED)
    if isinstance(given, list):
        items = tuple(_chosen(question, str(each)) for each in cast("list[object]", given))
        return ReadAnswer(question.label, question.kind, items) if items else None
    text = str(given or "").strip()
    return ReadAnswer(question.label, question.kind, _value(question, text)) if text else None


def _value(question: Question, text: str) -> Value:
    if question.kind is QuestionKind.CHOICE:
        return (_chosen(question, text),)
    if question.kind in AMOUNTS:
        number = decimal_in(text)
        return text if number is None else number
    if question.kind is QuestionKind.DATE:
        return _day(text)
    return text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _chosen(question: Question, code: str) -> str | Text:
    labels = {choice.code: choice.label for choice in question.choices}
    return labels.get(code, code)


def _figures(question: Question, answers: Mapping[str, object]) -> ReadFigures | None:
    given = answers.get(question.code)
    if not isinstance(given, Mapping):
        return None
    typed = cast("Mapping[str, object]", given)
    return ReadFigures(question.label, tuple(_figure(str(typed.get(year) or "")) for year in YEARS))


def _figure(typed: str) -> Decimal | str | None:
    if typed == NOT_TRACKED:
        return None
    number = decimal_in(typed)
    return typed if number is None else number
