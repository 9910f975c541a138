"""The home page: the open calls, the next dates, the last palmarès, and nothing under embargo."""

import pytest
from fastapi import FastAPI

from domain.applications import Status
from domain.phases import Phase
from storage.database import Database
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import a_cycle_in, a_document, a_sent_file, publish
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.conftest import SignIn
from tests.counting import queries


async def test_without_any_cycle_the_page_says_what_is_rewarded_and_what_will_come(
    client: Browser,
) -> None:
    shown = await client.get("/")

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "Aucun appel n'est ouvert aujourd'hui" in words
    assert "Qualité des parcours d'insertion" in words


async def test_an_open_call_leads_to_its_application(client: Browser, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)

    shown = await client.get("/")

    assert "il reste 5 jours" in words_of(shown.text)
    assert f'href="/candidatures/nouvelle?cycle={cycle.code.replace(":", "%3A")}"' in shown.text


async def test_a_cycle_under_embargo_announces_its_date_and_no_name(
    client: Browser, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.DECIDED)
    async with database.transaction() as session:
        await a_sent_file(session, cycle, company="Secret Industries", status=Status.ADMITTED)

    words = words_of((await client.get("/")).text)

    assert "Levée de l'embargo et publication du palmarès" in words
    assert "Secret Industries" not in words


async def test_the_last_palmares_names_its_laureates(client: Browser, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.PUBLISHED)
    async with database.transaction() as session:
        await publish(session, cycle, a_document(cycle))

    words = words_of((await client.get("/")).text)

    assert "Le dernier palmarès" in words
    assert "Menuiserie Boréale" in words


async def test_somebody_signed_in_finds_the_way_to_their_space(signed_in: SignIn) -> None:
    browser = await signed_in("paul@boreale.example")

    shown = await browser.get("/")

    assert 'class="button button-primary" href="/mon-espace"' in shown.text


@pytest.mark.parametrize("count", [1, 3])
async def test_the_page_asks_the_same_number_of_questions_whatever_the_number_of_calls(
    client: Browser, database: Database, application: FastAPI, count: int
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        for territory in ("REG-84", "REG-53", "REG-11")[:count]:
            cycle = await a_cycle(session, edition=edition, territory=territory)
            await publish(session, cycle, a_document(cycle))
    await client.get("/")

    with queries(application) as counted:
        await client.get("/")

    assert counted.count == 3
