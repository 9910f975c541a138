"""Moving an application to another category: when, what is asked anew, and what is kept aside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.applications import Status
from domain.edition import EditionTemplate
from domain.final_files import GONE_UP, Entry
from domain.form import check_submission
from domain.phases import Phase
from domain.questions import Question
from domain.refusals import N_, Refusal
from domain.texts import Text

Answers = Mapping[str, object]

UNKNOWN = N_("Choisissez une catégorie parmi celles proposées.")
THE_SAME = N_("Cette candidature est déjà dans cette catégorie.")
JUDGED = N_(
    "L’évaluation a commencé : une candidature ne change plus de catégorie, puisque des jurés ont pu la "
    "lire avec la grille de la sienne."
)
SENT_ALREADY = N_(
    "Cette candidature a déjà été envoyée : demandez à l’organisation de la changer de catégorie, elle "
    "verra ce qu’il faudrait compléter."
)
A_PARTNER_WAITS = N_(
    "Cette catégorie ne se présente pas avec un partenaire : retirez d’abord le vôtre de ce dossier."
)
_CALL_AND_SCREENING = frozenset({Phase.OPEN, Phase.SCREENING})


@dataclass(frozen=True, slots=True)
class Change:
    """A file that would change, and what the form of its new category then says."""

    answers: dict[str, object]
    aside: dict[str, object]
    new_aside: tuple[Text, ...]
    missing: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which file is to change to what, and where its cycle stands."""

    before: str
    after: str
    phase: Phase
    entry: Entry
    is_dealt: bool


def check_change(template: EditionTemplate, asked: Asked) -> None:
    """Refuse a category that is none, or the same, and any change once a jury may have read the file."""
    if asked.after not in {each.code for each in template.categories}:
        raise Refusal(UNKNOWN)
    if asked.after == asked.before:
        raise Refusal(THE_SAME)
    if asked.entry in GONE_UP or asked.is_dealt or asked.phase not in _CALL_AND_SCREENING:
        raise Refusal(JUDGED)


def check_own_change(*, before: str, after: str, version: int, leaves_a_partner: bool) -> None:
    """Refuse a company the same category, any once it has sent its file, or one without its partner."""
    if after == before:
        raise Refusal(THE_SAME)
    if version:
        raise Refusal(SENT_ALREADY)
    if leaves_a_partner:
        raise Refusal(A_PARTNER_WAITS)


def changed(template: EditionTemplate, category: str, answers: Answers, aside: Answers) -> Change:
    """The answers that the new category asks for, those kept aside, and what is missing or wrong."""
    known = {**aside, **answers}
    questions = _questions(template, category)
    kept = {code: said for code, said in known.items() if code in questions}
    left = {code: said for code, said in known.items() if code not in questions}
    wrong = {each.code for each in check_submission(template, category, kept)}
    everywhere = {each.code: each for one in template.sections for each in one.questions}
    return Change(
        answers=kept,
        aside=left,
        new_aside=_labels(everywhere, [code for code in left if code in answers]),
        missing=_labels(questions, [code for code in questions if code in wrong]),
    )


def more_asked(
    template: EditionTemplate, before: str, after: str, answers: Answers, aside: Answers
) -> Change:
    """The same, saying as missing only what the present category would not ask as well."""
    change = changed(template, after, answers, aside)
    already = changed(template, before, answers, aside).missing
    return replace(change, missing=tuple(each for each in change.missing if each not in already))


def due_at(closes_at: datetime, at: datetime, within: timedelta) -> datetime:
    """Until when what is missing may be sent: as for complements, and never before the closing."""
    return max(closes_at, at + within)


def lands_in(status: Status, version: int, *, lacks: bool) -> Status:
    """Where the file stands then: to complete if something is missing, else to be screened again."""
    if not version:
        return status
    if lacks or status is Status.COMPLEMENTS:
        return Status.COMPLEMENTS
    return Status.SUBMITTED


def _questions(template: EditionTemplate, category: str) -> dict[str, Question]:
    sections = template.sections_for(category)
    return {each.code: each for section in sections for each in section.questions}


def _labels(questions: Mapping[str, Question], codes: Collection[str]) -> tuple[Text, ...]:
    return tuple(questions[code].label for code in codes if code in questions)
