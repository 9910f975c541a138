"""The questions of a section as its page lays them out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.pages.applications.shown import control_value, is_fixed
from domain.questions import Question, QuestionKind, Section
from storage.reads.company import Work


@dataclass(frozen=True, slots=True)
class Ask:
    """One question with what its control shows."""

    question: Question
    value: object
    kind: str = "ask"


@dataclass(frozen=True, slots=True)
class YearRow:
    """One figure of a table by year."""

    name: str
    label: str
    unit: str
    values: object


@dataclass(frozen=True, slots=True)
class YearTable:
    """Figures that follow one another, in one table."""

    rows: tuple[YearRow, ...]
    kind: str = "years"


@dataclass(frozen=True, slots=True)
class Fixed:
    """The SIRET, with which the application was opened and which stays."""

    question: Question
    value: str
    kind: str = "fixed"


Block = Ask | YearTable | Fixed


def written_questions(section: Section) -> tuple[Question, ...]:
    """The questions whose answers people write."""
    return tuple(question for question in section.questions if not is_fixed(question))


def blocks_of(
    work: Work, section: Section, answers: Mapping[str, object], language: str, optional: str
) -> tuple[Block, ...]:
    """The questions in order; ``optional`` is the word beside a figure that may stay empty."""
    groups = groupby(section.questions, lambda each: each.kind is QuestionKind.YEAR_FIGURES)
    blocks: list[Block] = []
    for are_figures, questions in groups:
        asked = list(questions)
        if are_figures and len(asked) > 1:
            rows = _rows(asked, work, answers, language, optional)
            blocks.append(YearTable(tuple(rows)))
        else:
            blocks.extend(_asks(asked, work, answers))
    return tuple(blocks)


def _asks(
    questions: Iterable[Question], work: Work, answers: Mapping[str, object]
) -> Iterator[Block]:
    for question in questions:
        if is_fixed(question):
            yield Fixed(question, work.siret)
        else:
            yield Ask(question, control_value(question, answers.get(question.code), work.year))


def _rows(
    questions: Sequence[Question],
    work: Work,
    answers: Mapping[str, object],
    language: str,
    optional: str,
) -> Iterator[YearRow]:
    for question in questions:
        yield YearRow(
            name=question.code,
            label=question.label.in_(language),
            unit="" if question.required else optional,
            values=control_value(question, answers.get(question.code), work.year),
        )
