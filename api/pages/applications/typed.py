"""What was typed in a section, as answers; wrong or right, kept as it came."""

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

from api.posted import PostedForm
from domain.answers import NOT_TRACKED, TICKED, YEARS
from domain.drafting import marks_in
from domain.questions import Question, QuestionKind
from domain.refusals import N_, Refusal

Answer = str | list[str] | dict[str, str]

LONGEST_SECTION = 200_000
_BETWEEN = {
    QuestionKind.SIRETS: re.compile(r"[\n,;]+"),
    QuestionKind.COMMUNES: re.compile(r"[\s,;]+"),
}
_SAYS_UNTRACKED = re.compile(r"non suivie?s?|not tracked", re.IGNORECASE)


class TooLong(Refusal):
    """More text than a section keeps."""


def check_length(form: PostedForm) -> None:
    """Refuse a mass of text that nobody types."""
    if sum(len(value) for _, value in form.fields) > LONGEST_SECTION:
        raise TooLong(
            N_("Ce texte est trop long pour être enregistré : raccourcissez-le, puis réessayez.")
        )


def answers_in(form: PostedForm, questions: Iterable[Question], year: int) -> dict[str, Answer]:
    """The answers of these questions only."""
    return {question.code: answer_in(form, question, year) for question in questions}


def answer_in(form: PostedForm, question: Question, year: int) -> Answer:
    """One answer, in the shape that its kind keeps."""
    if question.kind is QuestionKind.YEAR_FIGURES:
        return _figures(form, question.code, year)
    if question.kind is QuestionKind.CHOICES:
        return form.getlist(question.code)
    if question.kind in _BETWEEN:
        items = _BETWEEN[question.kind].split(form.get(question.code))
        return [item.strip() for item in items if item.strip()]
    if question.kind is QuestionKind.TICK:
        return TICKED if form.get(question.code) == TICKED else ""
    if question.kind is QuestionKind.LONG_TEXT:
        return form.get(question.code)
    # Browsers trim some of these and not others: trimmed for all, a page compares with itself.
    return form.get(question.code).strip()


def seen_in(form: PostedForm) -> dict[str, str] | None:
    """The marks of the answers that the page showed, unless the form says nothing of it."""
    return marks_in(form.get("revision")) if "revision" in form else None


def request_id_in(form: PostedForm) -> UUID:
    """The id that the form carried, or a new one when it carried none that can be read."""
    try:
        return UUID(form.get("request_id"))
    except ValueError:
        return uuid4()


def years_of(year: int) -> dict[str, int]:
    """The civil years by the names under which figures are kept."""
    return dict(zip(YEARS, (year - 2, year - 1, year), strict=True))


def _figures(form: PostedForm, code: str, year: int) -> dict[str, str]:
    untracked = NOT_TRACKED if form.get(f"{code}.untracked") == TICKED else ""
    typed = {name: form.get(f"{code}.{civil}").strip() for name, civil in years_of(year).items()}
    return {
        name: NOT_TRACKED if _SAYS_UNTRACKED.fullmatch(figure) else figure or untracked
        for name, figure in typed.items()
    }
