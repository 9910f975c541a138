"""Lists of persons are seen; totals, partners and a colleague who is thanked are not."""

import pytest

from domain.charter.people_lists import looks_like_people


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Karim BENALI\nAnne DURAND\nLéa MARTIN", id="surnames in capitals"),
        pytest.param("- BENALI Karim\n- DURAND Anne\n- MARTIN Léa", id="surnames first"),
        pytest.param(
            "1. Karim Benali, 34 ans\n2. Anne Durand, 51 ans\n3. Léa Martin, 19 ans", id="ages"
        ),
        pytest.param("M. Benali, Mme Durand et Mme Martin ont signé un contrat.", id="titles"),
        pytest.param("a@exemple.fr b@exemple.fr c@exemple.fr", id="addresses"),
        pytest.param("Il a été embauché : 1 84 12 76 451 089 46.", id="a social security number"),
    ],
)
def test_a_list_of_persons_is_seen(text: str) -> None:
    assert looks_like_people(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("Douze personnes embauchées, dont huit en CDI.\nTrois sorties.", id="totals"),
        pytest.param("Atelier Nord\nChantier Sud\nRégie Ouest", id="partners"),
        pytest.param("Merci à Mme Durand, notre référente.", id="a colleague thanked"),
        pytest.param("Écrivez à insertion@boreale.example.", id="one address"),
        pytest.param("Achats : 120 000 € puis 150 000 €\nHeures : 1 200 puis 1 450", id="figures"),
    ],
)
def test_a_report_that_speaks_of_totals_is_not(text: str) -> None:
    assert not looks_like_people(text)
