"""The stand-in answers as the public registry does, about companies that do not exist."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from embedded.registry.answers import Company
from embedded.registry.application import catalogue, create_registry

KNOWN = catalogue()


@pytest.fixture
async def registry() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_registry())
    async with httpx.AsyncClient(transport=transport, base_url="http://registry") as client:
        yield client


def the_company(name: str) -> Company:
    return next(company for company in KNOWN.companies if company.name.startswith(name))


def is_luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@pytest.mark.parametrize("company", KNOWN.companies, ids=lambda company: company.siret)
def test_every_number_is_well_formed_and_belongs_to_nobody(company: Company) -> None:
    numbers = [company.siret, company.siren, *(site.siret for site in company.sites)]
    assert [number for number in numbers if not is_luhn(number)] == []
    assert company.siren.startswith("000")


async def test_a_siret_finds_its_own_place(registry: httpx.AsyncClient) -> None:
    group = the_company("Groupe Hélianthe")
    branch = group.sites[0]

    (found,) = (await registry.get("/search", params={"q": branch.siret})).json()["results"]

    assert found["siren"] == group.siren
    assert found["siege"]["siret"] == group.siret
    assert [place["siret"] for place in found["matching_etablissements"]] == [branch.siret]
    assert found["matching_etablissements"][0]["region"] == "84"


async def test_an_unknown_number_finds_nothing(registry: httpx.AsyncClient) -> None:
    answer = (await registry.get("/search", params={"q": "00000000000000"})).json()
    assert (answer["results"], answer["total_results"]) == ([], 0)


@pytest.mark.parametrize(
    ("name", "fact", "value"),
    [
        ("Charpentes Oubliées", "etat_administratif", "C"),
        ("[NON-DIFFUSIBLE]", "nom_complet", "[NON-DIFFUSIBLE]"),
        ("Groupe Hélianthe", "categorie_entreprise", "GE"),
    ],
)
async def test_special_companies_are_there(
    registry: httpx.AsyncClient, name: str, fact: str, value: str
) -> None:
    siret = the_company(name).siret
    (found,) = (await registry.get("/search", params={"q": siret})).json()["results"]
    assert found[fact] == value


async def test_a_siae_says_its_types(registry: httpx.AsyncClient) -> None:
    siren = the_company("Recyclerie de la Loire").siren
    (found,) = (await registry.get("/search", params={"q": siren})).json()["results"]
    assert found["complements"]["type_siae"] == ["ACI", "EI"]


async def test_the_young_company_stays_young(registry: httpx.AsyncClient) -> None:
    siret = the_company("Jeune Pousse").siret
    (found,) = (await registry.get("/search", params={"q": siret})).json()["results"]
    today = datetime.now(UTC).date()
    assert found["date_creation"] == (today - timedelta(days=120)).isoformat()


async def test_a_busy_registry_says_when_to_come_back_and_then_answers(
    registry: httpx.AsyncClient,
) -> None:
    busy = KNOWN.throttled[0]

    answers = [await registry.get("/search", params={"q": busy.q}) for _ in range(busy.times + 1)]

    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "1"
    assert answers[-1].json()["total_results"] == 1


async def test_too_short_a_question_is_refused(registry: httpx.AsyncClient) -> None:
    assert (await registry.get("/search", params={"q": "ab"})).status_code == 400
