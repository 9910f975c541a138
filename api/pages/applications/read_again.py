"""A whole application as people read it again, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.applications.paths import PARTNER, page_of
from api.pages.applications.shown import Said, said
from api.pages.applications.work import Work, sections_of
from domain.partners import partner_sections
from domain.texts import Text


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section with its answers in words, and where to change them."""

    title: Text
    url: str
    said: tuple[Said, ...]


def read_sections(
    work: Work, answers: Mapping[str, object], language: str
) -> tuple[ReadSection, ...]:
    """Every section of the category, with these answers, and its partner's when they are there."""
    partner = partner_sections(work.template, work.category.code)
    signed = [each for each in partner if any(one.code in answers for one in each.questions)]
    return tuple(
        ReadSection(
            section.title,
            page_of(work.id, PARTNER if section in signed else section.code),
            tuple(
                said(question, answers.get(question.code), work.year, language)
                for question in section.questions
            ),
        )
        for section in (*sections_of(work), *signed)
    )
