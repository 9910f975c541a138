"""Is this form right, is it complete, and what is left to do?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.answers import check_answer, count_characters, is_blank
from domain.complaints import Complaint, complaint_from
from domain.edition import EditionTemplate
from domain.questions import Filler, Question, QuestionKind, Section
from domain.refusals import N_, Refusal

__all__ = [
    "Completeness",
    "SectionProgress",
    "SectionStatus",
    "check_draft",
    "check_submission",
    "completeness",
    "count_characters",
]

Answers = Mapping[str, object]


class SectionStatus(StrEnum):
    """How far a section is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    NEEDS_ATTENTION = "needs_attention"


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """The required questions of a section, and how many are answered."""

    code: str
    done: int
    required: int
    status: SectionStatus


@dataclass(frozen=True, slots=True)
class Completeness:
    """The required questions of a form, and how many are answered."""

    done: int
    required: int
    sections: tuple[SectionProgress, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every section is right and every required question answered."""
        attention = SectionStatus.NEEDS_ATTENTION
        return self.done == self.required and all(
            section.status is not attention for section in self.sections
        )


def check_draft(
    template: EditionTemplate,
    category: str,
    answers: Answers,
    filler: Filler = Filler.CANDIDATE,
) -> tuple[Complaint, ...]:
    """What is wrong in what was typed; a draft may be incomplete."""
    questions = {each.code: each for each in _questions(template, category, filler)}
    return tuple(
        complaint
        for code, answer in answers.items()
        for complaint in _complaints(questions.get(code), code, answer)
    )


def check_submission(
    template: EditionTemplate,
    category: str,
    answers: Answers,
    filler: Filler = Filler.CANDIDATE,
) -> tuple[Complaint, ...]:
    """What is wrong or missing, in the order of the form."""
    wrong = check_draft(template, category, answers, filler)
    complained = {complaint.code for complaint in wrong}
    questions = tuple(_questions(template, category, filler))
    missing = tuple(
        _missing(question)
        for question in questions
        if question.code not in complained and _is_missing(question, answers)
    )
    places = {question.code: place for place, question in enumerate(questions)}
    return tuple(
        sorted((*wrong, *missing), key=lambda complaint: places.get(complaint.code, len(places)))
    )


def completeness(
    template: EditionTemplate,
    category: str,
    answers: Answers,
    filler: Filler = Filler.CANDIDATE,
) -> Completeness:
    """How much of the form is done, section by section."""
    sections = tuple(
        _progress(section, answers) for section in template.sections_for(category, filler)
    )
    return Completeness(
        done=sum(section.done for section in sections),
        required=sum(section.required for section in sections),
        sections=sections,
    )


def _questions(template: EditionTemplate, category: str, filler: Filler) -> Iterator[Question]:
    for section in template.sections_for(category, filler):
        yield from section.questions


def _complaints(question: Question | None, code: str, answer: object) -> tuple[Complaint, ...]:
    if question is None:
        return (Complaint(code, N_("Cette question n’est pas dans le formulaire.")),)
    try:
        check_answer(question, answer)
    except Refusal as refusal:
        return (complaint_from(code, refusal),)
    return ()


def _is_missing(question: Question, answers: Answers) -> bool:
    return question.required and is_blank(question, answers.get(question.code, ""))


def _missing(question: Question) -> Complaint:
    if question.kind is QuestionKind.TICK:
        return Complaint(question.code, N_("Cochez cette case pour envoyer votre candidature."))
    return Complaint(question.code, N_("Cette réponse est nécessaire."))


def _progress(section: Section, answers: Answers) -> SectionProgress:
    required = [question for question in section.questions if question.required]
    missing = [question for question in required if _is_missing(question, answers)]
    return SectionProgress(
        code=section.code,
        done=len(required) - len(missing),
        required=len(required),
        status=_status(section, answers, missing=len(missing)),
    )


def _status(section: Section, answers: Answers, missing: int) -> SectionStatus:
    typed = [each for each in section.questions if answers.get(each.code)]
    if any(_complaints(each, each.code, answers[each.code]) for each in typed):
        return SectionStatus.NEEDS_ATTENTION
    if not typed:
        return SectionStatus.NOT_STARTED
    return SectionStatus.IN_PROGRESS if missing else SectionStatus.COMPLETE
