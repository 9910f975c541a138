"""What every shipped document must hold, whatever it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
ORDINARY_SPACE = re.compile(r" [;:!?»%€]|« |'")


def _french(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"fr", "en"}:
            yield value["fr"]
        else:
            for child in value.values():
                yield from _french(child)
    elif isinstance(value, list):
        for child in value:
            yield from _french(child)


@pytest.mark.parametrize("name", ["shipped_document", "small_document", "territories"])
def test_french_texts_are_well_set(name: str, request: pytest.FixtureRequest) -> None:
    texts = list(_french(request.getfixturevalue(name)))

    badly_set = [text for text in texts if ORDINARY_SPACE.search(text)]

    assert badly_set == []
    assert texts


def test_there_are_18_regions_and_101_departements(territories: list[dict[str, object]]) -> None:
    departments = [code for each in territories for code in each["departments"]]

    assert len({each["code"] for each in territories}) == 18
    assert len(set(departments)) == len(departments) == 101


def test_codes_carry_their_prefix(territories: list[dict[str, object]]) -> None:
    for each in territories:
        assert re.fullmatch(r"REG-\d\d", each["code"])
        assert all(re.fullmatch(r"DEP-(\d\d\d?|2[AB])", code) for code in each["departments"])


def test_paris_is_not_in_the_region_that_bears_its_number(
    territories: list[dict[str, object]],
) -> None:
    home = {code: each["code"] for each in territories for code in each["departments"]}

    assert (home["DEP-75"], home["DEP-33"]) == ("REG-11", "REG-75")


def test_every_territory_has_a_time_zone(territories: list[dict[str, object]]) -> None:
    zones = {each["code"]: ZoneInfo(each["zone"]).key for each in territories}

    assert {code: zone for code, zone in zones.items() if zone != "Europe/Paris"} == {
        "REG-01": "America/Guadeloupe",
        "REG-02": "America/Martinique",
        "REG-03": "America/Cayenne",
        "REG-04": "Indian/Reunion",
        "REG-06": "Indian/Mayotte",
    }


def test_translations_keep_the_facts_of_their_sentence() -> None:
    with (ROOT / "locales/en/domain.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    placeholder = re.compile(r"%\(\w+\)s")

    for message in messages:
        assert sorted(placeholder.findall(message.string)) == sorted(
            placeholder.findall(message.id)
        )
