"""What a company that did not win is told: strengths, one lead, two means, or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.edition import EditionTemplate
from domain.feedback import Feedback, Heard, feedback_on
from domain.judging import Category, JuryRules

MARKS = {"ACC": "3.33", "SUI": "4.67", "IMP": "4.00", "PER": "2.33", "REP": "3.00"}
RULES = JuryRules("IMP")
FIELD = (4, Decimal("58.25"))


@pytest.fixture
def quality(shipped: EditionTemplate) -> Category:
    return shipped.category("QUA")


def heard(valid: int = 3, marks: Mapping[str, str] = MARKS) -> Heard:
    """What the frozen ranking keeps of a file."""
    averages = {code: Decimal(mark) for code, mark in marks.items()}
    return Heard(valid, Decimal("69.00"), averages)


def codes(feedback: Feedback) -> tuple[tuple[str, ...], str | None]:
    """The criteria of a feedback, by their codes."""
    lead = feedback.lead.code if feedback.lead else None
    return tuple(each.code for each in feedback.strengths), lead


def test_two_strengths_and_one_lead_come_from_the_averages(quality: Category) -> None:
    feedback = feedback_on(quality, RULES, heard(), FIELD)

    assert codes(feedback) == (("SUI", "IMP"), "PER")
    assert (feedback.mean, feedback.category_mean) == (Decimal("69.00"), Decimal("58.25"))


def test_equals_are_told_apart_by_their_weight(quality: Category) -> None:
    level = {"ACC": "4.00", "SUI": "4.00", "IMP": "4.00", "PER": "2.00", "REP": "2.00"}

    assert codes(feedback_on(quality, RULES, heard(marks=level), FIELD)) == (
        ("IMP", "ACC"),
        "PER",
    )


def test_what_is_lowest_is_no_strength(quality: Category) -> None:
    uneven = {"ACC": "2.00", "SUI": "5.00", "IMP": "2.00", "PER": "2.00", "REP": "2.00"}

    assert codes(feedback_on(quality, RULES, heard(marks=uneven), FIELD)) == (("SUI",), "IMP")


def test_marks_that_are_all_alike_point_nowhere(quality: Category) -> None:
    flat = dict.fromkeys(MARKS, "4.00")

    assert codes(feedback_on(quality, RULES, heard(marks=flat), FIELD)) == ((), None)


def test_a_category_of_two_criteria_has_one_strength(quality: Category) -> None:
    narrow = replace(quality, criteria=quality.criteria[:2])
    given = heard(marks={"ACC": "3.00", "SUI": "4.00"})

    assert codes(feedback_on(narrow, RULES, given, FIELD)) == (("SUI",), "ACC")


@pytest.mark.parametrize(
    ("valid", "floor"),
    [
        pytest.param(0, 3, id="nobody"),
        pytest.param(2, 3, id="below the minimum of the règlement"),
        pytest.param(1, 1, id="one juror alone, whatever the règlement says"),
    ],
)
def test_below_the_minimum_of_scores_nothing_is_told(
    quality: Category, valid: int, floor: int
) -> None:
    rules = JuryRules("IMP", floor_of_valid_scores=floor)

    assert feedback_on(quality, rules, heard(valid), FIELD) == Feedback()


@pytest.mark.parametrize(("files", "is_told"), [(2, False), (3, True)])
def test_the_mean_of_a_category_hides_those_of_others(
    quality: Category, files: int, *, is_told: bool
) -> None:
    feedback = feedback_on(quality, RULES, heard(), (files, Decimal("58.25")))

    assert (feedback.category_mean is not None) is is_told


def test_a_file_that_nobody_ranked_is_told_nothing(quality: Category) -> None:
    assert feedback_on(quality, RULES, None, FIELD) == Feedback()
