"""Answers that a form takes, made from its questions, so that another template needs no code."""

from domain.edition import EditionTemplate
from domain.questions import Question, QuestionKind

Answer = str | list[str] | dict[str, str]

SENTENCE = "Chaque personne accueillie a un tuteur, un parcours écrit et un point chaque mois. "
# As long as what people write in a box: half of what it takes.
SHARE = 2
DEFAULT_LIMIT = 400

FIXED: dict[QuestionKind, Answer] = {
    QuestionKind.NUMBER: "120",
    QuestionKind.MONEY: "45000,50",
    QuestionKind.PERCENT: "37,5",
    QuestionKind.YEAR_FIGURES: {"n2": "1200", "n1": "1450", "n": "1700"},
    QuestionKind.DATE: "2026-03-31",
    QuestionKind.EMAIL: "contact@exemple.fr",
    QuestionKind.PHONE: "01 23 45 67 89",
    QuestionKind.URL: "https://www.exemple.fr/outils",
    QuestionKind.TICK: "yes",
    QuestionKind.COMMUNES: ["59350"],
}


def complete_answers(template: EditionTemplate, category: str, siret: str) -> dict[str, Answer]:
    """An answer to every required question of a category."""
    return {
        question.code: _answer(question, siret)
        for section in template.sections_for(category)
        for question in section.questions
        if question.required
    }


def siret_number(rank: int) -> str:
    """The SIRET of a company that cannot exist: numbers of Insee never begin with 000."""
    siren = _with_key(f"000{rank:05d}")
    return _with_key(f"{siren}0001")


def _answer(question: Question, siret: str) -> Answer:
    numbers: dict[QuestionKind, Answer] = {
        QuestionKind.SIRET: siret,
        QuestionKind.SIREN: siret[:9],
        QuestionKind.SIRETS: [siret],
    }
    if question.kind is QuestionKind.CHOICES:
        return [question.choices[0].code]
    if question.kind is QuestionKind.CHOICE:
        return question.choices[0].code
    known = numbers | FIXED
    return known.get(question.kind) or _words((question.limit or DEFAULT_LIMIT) // SHARE)


def _words(length: int) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[:length].strip()


def _with_key(digits: str) -> str:
    """The digits, followed by the one that makes Luhn's sum a multiple of ten."""
    doubled = [int(each) * (2 - place % 2) for place, each in enumerate(reversed(digits))]
    total = sum(number - 9 if number > 9 else number for number in doubled)
    return f"{digits}{-total % 10}"
