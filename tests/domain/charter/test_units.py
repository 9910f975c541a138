"""The unit of a value, in the singular where the language wants it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.charter.indicators import Kind
from domain.charter.units import unit_of
from domain.charter.values import Value
from domain.texts import Text
from tests.domain.charters import CHARTER

PEOPLE = next(each for each in CHARTER.indicators if each.unit.fr == "personnes")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ("0", "personne", "people"),
        ("1", "personne", "person"),
        ("1.5", "personne", "people"),
        ("2", "personnes", "people"),
        ("12", "personnes", "people"),
    ],
)
def test_one_person_is_not_people(value: str, french: str, english: str) -> None:
    found = [unit_of(PEOPLE, Decimal(value), language) for language in ("fr", "en")]

    assert found == [french, english]


@pytest.mark.parametrize("value", [None, date(2027, 1, 1)])
def test_what_is_no_count_keeps_the_unit_as_it_is_written(value: Value | None) -> None:
    assert unit_of(PEOPLE, value, "fr") == "personnes"


def test_a_unit_that_an_organiser_wrote_is_said_as_written() -> None:
    own = replace(PEOPLE, unit=Text("journées", "days"))

    assert unit_of(own, Decimal(1), "fr") == "journées"


def test_every_count_of_the_shipped_charter_has_its_singular_or_needs_none() -> None:
    counts = [each for each in CHARTER.indicators if each.kind in {Kind.NUMBER, Kind.RATIO}]
    same = {each.unit.fr for each in counts if unit_of(each, Decimal(1), "fr") == each.unit.fr}

    assert same == {"mois", "par an", "relais"}
