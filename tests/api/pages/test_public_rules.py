"""The rules: generated from the template that the cycle froze."""

import pytest
from fastapi import FastAPI

from domain.phases import Phase
from storage.database import Database
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import a_cycle_in
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.counting import queries


async def test_the_rules_say_everything_that_a_candidate_may_ask(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)

    shown = await client.get(f"/reglement/{cycle.code}")

    words = words_of(shown.text)
    assert shown.status_code == 200
    for said in (
        "Impact mesuré pour les personnes",
        "Réalisé, mesuré, prouvé",
        "jeudi 13 mai 2027 à 12 h 00, heure de Paris",
        "Au moins douze mois d'existence à la clôture",
        "la meilleure moyenne au critère d'impact",
        "5 pièces au plus, de 10 Mo chacune et 25 Mo en tout (PDF, JPEG, PNG).",
        "Une tolérance technique de 15 minutes",
        "trophees-insertion, version 2",
    ):
        assert said in words


async def test_another_template_needs_no_code(client: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template="sample-small")

    words = words_of((await client.get(f"/reglement/{cycle.code}")).text)

    assert "Équipe engagée" in words
    assert "Chaque critère reçoit une valeur entière de 1 à 4." in words


async def test_the_rules_are_read_in_english_too(client: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)

    shown = await client.get(f"/reglement/{cycle.code}", headers={"accept-language": "en"})

    assert "Measured impact for people" in words_of(shown.text)


async def test_the_rules_of_a_cancelled_cycle_stay_readable(
    client: Browser, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.CANCELLED)

    shown = await client.get(f"/reglement/{cycle.code}")

    assert shown.status_code == 200
    assert "Ce cycle a été annulé." in words_of(shown.text)


@pytest.mark.parametrize("count", [1, 3])
async def test_the_list_asks_one_question_whatever_its_length(
    client: Browser, database: Database, application: FastAPI, count: int
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        for territory in ("REG-84", "REG-53", "REG-11")[:count]:
            await a_cycle(session, edition=edition, territory=territory)

    with queries(application) as counted:
        shown = await client.get("/reglement")

    assert shown.text.count('class="card-title"') == count
    assert counted.count == 1


async def test_without_a_cycle_the_list_says_when_rules_appear(client: Browser) -> None:
    shown = await client.get("/reglement")

    assert "Aucun cycle n'est encore préparé" in words_of(shown.text)


async def test_a_code_that_nobody_gave_is_not_found(client: Browser) -> None:
    shown = await client.get("/reglement/rien")

    assert shown.status_code == 404
