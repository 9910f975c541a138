"""What a complaint must say, and what of it never reaches the company."""

import pytest

from domain.charter.complaining import faults_of, repeated
from domain.refusals import Refusal

FACTS = "Le badge est imprimé sur les emballages vendus en magasin depuis le mois de mars."
AUTHOR = ("Rose Témoin", "rose@temoin.example")


@pytest.mark.parametrize(
    ("subject", "facts", "wrong"),
    [
        pytest.param("Badge", FACTS, set(), id="a subject and facts"),
        pytest.param("", FACTS, {"subject"}, id="no subject"),
        pytest.param("B" * 200, FACTS, set(), id="the longest subject"),
        pytest.param("B" * 201, FACTS, {"subject"}, id="a subject too long"),
        pytest.param("Badge\nEmballages", FACTS, {"subject"}, id="two lines"),
        pytest.param("Badge", "f" * 29, {"facts"}, id="facts too short"),
        pytest.param("Badge", "f" * 30, set(), id="the shortest facts"),
        pytest.param("Badge", "f" * 5000, set(), id="the longest facts"),
        pytest.param("", "f" * 5001, {"subject", "facts"}, id="everything"),
    ],
)
def test_a_complaint_says_what_it_is_about_and_what_happened(
    subject: str, facts: str, wrong: set[str]
) -> None:
    found: dict[str, Refusal] = faults_of(subject, facts)

    assert set(found) == wrong


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("L'usage du badge hors des supports admis est allégué.", "", id="own words"),
        pytest.param(
            "Il est dit que le badge est imprimé sur les emballages vendus ici.",
            "le badge est imprimé sur les emballages vendus",
            id="eight words in a row",
        ),
        pytest.param(
            "Selon lui : « BADGE est imprimé,\nsur les emballages vendus en magasin ».",
            "BADGE est imprimé,\nsur les emballages vendus en",
            id="whatever the case, the commas and the lines",
        ),
        pytest.param(
            "Le badge est imprimé sur les emballages.", "", id="seven words are anybody's"
        ),
        pytest.param("Une lettre de Rose Témoin le dit.", "Rose Témoin", id="the name"),
        pytest.param(
            "Écrivez à ROSE@temoin.example.", "rose@temoin.example", id="the address of the author"
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_the_company_reads_takes_nothing_from_the_author(words: str, found: str) -> None:
    assert repeated(words, FACTS, AUTHOR) == found
