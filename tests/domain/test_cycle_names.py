"""How a cycle is called in a letter: whole in its words, short in its subject."""

import pytest

from domain.cycle_names import CycleName, called

TROPHIES = "Trophées de l’insertion 2027"


@pytest.mark.parametrize(
    ("edition", "place", "territory", "whole", "short"),
    [
        pytest.param(
            TROPHIES, "Bretagne", "REG-53", f"{TROPHIES}, Bretagne", "Bretagne 2027", id="a region"
        ),
        pytest.param(
            TROPHIES,
            "National",
            "national",
            f"{TROPHIES}, cycle national",
            "cycle national 2027",
            id="the nation",
        ),
        pytest.param(
            "Trophées de Batigo 2027",
            "Interne",
            "internal",
            "Trophées de Batigo 2027",
            "Trophées de Batigo 2027",
            id="one company",
        ),
        pytest.param(
            "Prix de la rade",
            "Brest",
            "DEP-29",
            "Prix de la rade 2027, Brest",
            "Brest 2027",
            id="an edition whose name lacks the year",
        ),
        pytest.param(
            TROPHIES,
            "Bretagne 2027",
            "REG-53",
            f"{TROPHIES}, Bretagne",
            "Bretagne 2027",
            id="a place that was given the year",
        ),
        pytest.param(
            TROPHIES,
            f"{TROPHIES}, Bretagne",
            "REG-53",
            f"{TROPHIES}, Bretagne",
            f"{TROPHIES}, Bretagne",
            id="a place that was given the whole name",
        ),
    ],
)
def test_a_cycle_is_called_by_its_edition_and_its_place(
    edition: str, place: str, territory: str, whole: str, short: str
) -> None:
    assert called(edition, 2027, place, territory) == CycleName(whole, short)
