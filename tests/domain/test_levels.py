from decimal import Decimal

import pytest

from domain.edition import EditionTemplate
from domain.edition_parsing import TemplateError, edition_from
from domain.levels import Level, at_level, level_of

Document = dict[str, object]


@pytest.mark.parametrize(
    ("territory", "level"),
    [
        pytest.param("REG-84", Level.TERRITORIAL, id="region"),
        pytest.param("OUEST", Level.TERRITORIAL, id="grouping"),
        pytest.param("national", Level.NATIONAL, id="final"),
        pytest.param("internal", Level.INTERNAL, id="company"),
    ],
)
def test_the_level_follows_from_the_territory(territory: str, level: Level) -> None:
    assert level_of(territory) is level


def test_the_final_adds_a_tenth_and_the_others_keep_nine_tenths(last: EditionTemplate) -> None:
    national = at_level(last, Level.NATIONAL)

    assert {each.code: each.coefficient for each in national.category("CLA").criteria} == {
        "VOL": Decimal("22.5"),
        "FIA": Decimal("13.5"),
        "IMP": Decimal(27),
        "PER": Decimal("13.5"),
        "REP": Decimal("13.5"),
        "RAY": Decimal(10),
    }


def test_the_final_has_its_own_jury(last: EditionTemplate) -> None:
    national = at_level(last, Level.NATIONAL)

    assert (national.jury.quorum, national.jury.seats) == (5, 9)


@pytest.mark.parametrize("level", [Level.TERRITORIAL, Level.INTERNAL])
def test_the_other_levels_keep_the_rules_of_the_edition(
    last: EditionTemplate, level: Level
) -> None:
    assert at_level(last, level) is last


def test_the_coefficients_of_a_territory_are_its_weights(last: EditionTemplate) -> None:
    coefficients = [each.coefficient for each in last.category("CLA").criteria]

    assert coefficients == [25, 15, 30, 15, 15]


def test_both_versions_say_the_same_final(shipped: EditionTemplate, last: EditionTemplate) -> None:
    assert (shipped.version, last.version) == (1, 2)
    assert shipped.national == last.national


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        pytest.param({"others_times": "0.8"}, "give way in proportion", id="weights"),
        pytest.param({"others_times": "neuf"}, "a decimal number is expected", id="not a number"),
        pytest.param({"quorum_percent": 101}, "between 1 and 100", id="quorum"),
        pytest.param(
            {
                "promotion": {
                    "quota": 0,
                    "confirm_within_days": 7,
                    "reminders_days_before": [3],
                }
            },
            "at least 1 is expected",
            id="nobody goes up",
        ),
        pytest.param(
            {
                "promotion": {
                    "quota": 1,
                    "confirm_within_days": 3,
                    "reminders_days_before": [3],
                }
            },
            "between the offer and its end",
            id="reminder before the offer",
        ),
    ],
)
def test_a_final_that_cannot_be_held_is_refused(
    last_document: Document, changed: Document, problem: str
) -> None:
    levels = last_document["levels"]
    assert isinstance(levels, dict)
    document = last_document | {"levels": {"national": levels["national"] | changed}}

    with pytest.raises(TemplateError, match=problem):
        edition_from(document)


def test_a_final_is_not_said_twice(last_document: Document) -> None:
    levels = last_document["levels"]
    assert isinstance(levels, dict)

    with pytest.raises(TemplateError, match="said twice"):
        edition_from(last_document | {"national": levels["national"]})
