"""What an edition is made of: categories, scale, form, rules and jury, all of it data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.calendar import CalendarRules
from domain.conditions import Admission, Rule, RuleCheck, RuleSource
from domain.judging import (
    Anchor,
    Category,
    Criterion,
    JuryRules,
    NationalLevel,
    PrizeKind,
    PromotionRules,
    Scale,
    SpecialPrize,
    TieBreak,
)
from domain.questions import Choice, Filler, Question, QuestionKind, Section
from domain.texts import Language, Text
from domain.votes_rules import USUAL, VoteRules

__all__ = [
    "Admission",
    "Anchor",
    "AttachmentLimits",
    "CalendarRules",
    "Category",
    "Choice",
    "Criterion",
    "EditionTemplate",
    "Filler",
    "JuryRules",
    "Language",
    "NationalLevel",
    "PrizeKind",
    "PromotionRules",
    "Question",
    "QuestionKind",
    "Retention",
    "Rule",
    "RuleCheck",
    "RuleSource",
    "Scale",
    "Section",
    "SpecialPrize",
    "Text",
    "TieBreak",
]


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    """What may be attached to an application; sizes in bytes, types as media types."""

    count: int
    bytes_each: int
    bytes_total: int
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """How many months each kind of data is kept, after the event that its name says."""

    drafts_after_closing: int = 3
    attachments_after_publication: int = 6
    files_after_publication: int = 12
    juror_scores_after_publication: int = 12
    laureate_people_after_publication: int = 36
    accounts_after_last_action: int = 24
    newsletter_after_last_contact: int = 36
    technical_logs: int = 12
    account_warning_days: int = 30


@dataclass(frozen=True, slots=True)
class EditionTemplate:
    """Everything that an edition freezes on the day it opens."""

    code: str
    version: int
    name: Text
    categories: tuple[Category, ...]
    scale: Scale
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    attachments: AttachmentLimits
    jury: JuryRules
    calendars: tuple[CalendarRules, ...]
    national: NationalLevel | None = None
    prizes: tuple[SpecialPrize, ...] = ()
    retention: Retention = Retention()
    texts: Mapping[str, Text] = field(default_factory=dict[str, Text])
    vote: VoteRules = USUAL

    @property
    def calendar(self) -> CalendarRules:
        """The calendar of an edition of one level: the first of the template."""
        return self.calendars[0]

    def calendar_rules(self, code: str) -> CalendarRules:
        """The calendar of that code; raises KeyError when the template has none."""
        return {calendar.code: calendar for calendar in self.calendars}[code]

    def category(self, code: str) -> Category:
        """The category of that code; raises KeyError when the template has none."""
        return {category.code: category for category in self.categories}[code]

    def sections_for(
        self, category_code: str, filler: Filler = Filler.CANDIDATE
    ) -> tuple[Section, ...]:
        """The sections that this writer fills in that category, each with its own questions only."""
        return tuple(
            replace(section, questions=_asked_in(section.questions, category_code))
            for section in self.sections
            if section.filled_by is filler and _is_for(section.only_for, category_code)
        )


def _asked_in(questions: tuple[Question, ...], category_code: str) -> tuple[Question, ...]:
    return tuple(question for question in questions if _is_for(question.only_for, category_code))


def _is_for(only_for: tuple[str, ...], category_code: str) -> bool:
    return not only_for or category_code in only_for
