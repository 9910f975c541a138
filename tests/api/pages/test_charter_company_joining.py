"""Beginning an adherence: the SIRET, what the register says, who is there already, who must wait."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.charter.states import State
from embedded.registry.application import create_registry
from settings import Settings
from storage.database import Database
from tests.activities.serving import served
from tests.api.pages.charter_world import (
    BOREALE,
    OWNER,
    STRANGER,
    TODAY,
    an_adherence,
    members_of,
    put,
    the_adherences,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.conftest import SignIn

JOIN = "/charte/adherer"
CLOSED = "00010126100014"
UNKNOWN = "73282932000074"


@pytest.fixture(scope="module")
async def register() -> AsyncIterator[str]:
    async with served(create_registry()) as url:
        yield url


@pytest.fixture
def configured(configured: Settings, register: str) -> Settings:
    return configured.model_copy(update={"registry_url": register})


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def confirmed(siret: str = BOREALE, **more: str) -> dict[str, str]:
    return {"siret": siret, "confirmed": "yes", "company": "Menuiserie Boréale", **more}


async def test_nobody_begins_without_signing_in(client: Browser) -> None:
    response = await client.get(JOIN)

    assert (response.status_code, response.headers["location"]) == (
        303,
        "/connexion?next=%2Fcharte%2Fadherer",
    )


async def test_the_home_page_leads_there(client: Browser) -> None:
    response = await client.get("/")

    assert f'href="{JOIN}"' in response.text


async def test_what_the_register_knows_is_shown_to_be_confirmed(
    browser: Browser, database: Database
) -> None:
    response = await browser.submit(JOIN, {"siret": "000 100 073 00014"})

    words = words_of(response.text)
    assert response.status_code == 200
    assert "MENUISERIE BORÉALE (EXEMPLE)" in words
    assert "Petite ou moyenne entreprise (de 10 à 249 personnes)" in words
    assert 'name="size"' not in response.text
    assert await the_adherences(database) == []


async def test_a_confirmed_company_has_its_file_and_its_owner(
    browser: Browser, database: Database
) -> None:
    response = await browser.submit(JOIN, confirmed())

    (row,) = await the_adherences(database)
    assert (response.status_code, response.headers["location"]) == (303, f"/adhesions/{row.id}")
    assert (row.state, row.company, row.siren) == (
        State.DRAFT,
        "Menuiserie Boréale",
        BOREALE[:9],
    )
    assert (row.size, row.size_declared) == ("PME", False)
    assert await members_of(database, row) == {("owner", browser.person_id)}


async def test_the_size_is_asked_when_the_register_does_not_say_it(
    browser: Browser, database: Database
) -> None:
    asked = await browser.submit(JOIN, {"siret": UNKNOWN})
    without = await browser.submit(JOIN, confirmed(UNKNOWN))
    wrong = await browser.submit(JOIN, confirmed(UNKNOWN, size="XXL"))
    response = await browser.submit(JOIN, confirmed(UNKNOWN, size="TPE"))

    (row,) = await the_adherences(database)
    assert 'name="size"' in asked.text
    assert (without.status_code, wrong.status_code) == (422, 422)
    assert "Indiquez la taille de votre structure." in words_of(without.text)
    assert 'value="Menuiserie Boréale"' in without.text
    assert response.status_code == 303
    assert (row.size, row.size_declared) == ("TPE", True)


@pytest.mark.parametrize(
    ("siret", "sentence"),
    [
        ("", "Indiquez votre SIRET."),
        ("123", "Un SIRET compte 14 chiffres ; celui-ci en compte 3."),
        ("73282932000079", "erreur de frappe"),
    ],
)
async def test_a_wrong_siret_is_said_and_kept(
    browser: Browser, database: Database, siret: str, sentence: str
) -> None:
    response = await browser.submit(JOIN, {"siret": siret})

    assert response.status_code == 422
    assert sentence in words_of(response.text)
    assert f'value="{siret}"' in response.text
    assert await the_adherences(database) == []


async def test_a_name_is_needed(browser: Browser, database: Database) -> None:
    response = await browser.submit(JOIN, confirmed(company=" "))

    assert response.status_code == 422
    assert "Indiquez le nom de votre structure" in words_of(response.text)
    assert await the_adherences(database) == []


async def test_a_closed_establishment_is_told_so(browser: Browser) -> None:
    response = await browser.submit(JOIN, {"siret": CLOSED})

    assert "cet établissement est fermé" in words_of(response.text)


async def test_who_has_a_role_is_led_to_the_file_of_the_company(
    browser: Browser, database: Database
) -> None:
    row = await an_adherence(database)

    first = await browser.submit(JOIN, {"siret": BOREALE})
    again = await browser.submit(JOIN, confirmed())

    for response in (first, again):
        assert (response.status_code, response.headers["location"]) == (
            303,
            f"/adhesions/{row.id}",
        )
    assert len(await the_adherences(database)) == 1


async def test_a_colleague_without_a_role_is_told_whom_to_ask(
    database: Database, signed_in: SignIn
) -> None:
    row = await an_adherence(database)
    stranger = await signed_in(STRANGER)

    response = await stranger.submit(JOIN, {"siret": BOREALE})

    assert response.status_code == 409
    assert "ou au référent insertion de votre organisation" in words_of(response.text)
    assert str(row.id) not in response.text
    assert OWNER not in response.text


async def test_two_colleagues_at_the_same_instant_open_one_file(
    browser: Browser, database: Database, signed_in: SignIn
) -> None:
    nadia = await signed_in(STRANGER)

    answers = await asyncio.gather(*(one.submit(JOIN, confirmed()) for one in (browser, nadia)))

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(await the_adherences(database)) == 1


async def test_who_was_refused_waits_and_is_told_until_when(
    browser: Browser, database: Database
) -> None:
    row = await an_adherence(database)
    await put(database, row, state=State.REFUSED, ended_on=TODAY - timedelta(days=10))

    asked = await browser.submit(JOIN, {"siret": BOREALE})
    sent = await browser.submit(JOIN, confirmed())

    assert (asked.status_code, sent.status_code) == (409, 409)
    assert "Une nouvelle adhésion de cette structure est possible à partir du" in words_of(
        asked.text
    )
    assert len(await the_adherences(database)) == 1


async def test_who_gave_a_file_up_may_open_another(browser: Browser, database: Database) -> None:
    row = await an_adherence(database)
    await put(database, row, state=State.ABANDONED, ended_on=TODAY)

    response = await browser.submit(JOIN, confirmed())

    assert response.status_code == 303
    assert len(await the_adherences(database)) == 2


async def test_a_form_without_its_token_opens_nothing(browser: Browser, database: Database) -> None:
    response = await browser.post(JOIN, data=confirmed())

    assert response.status_code == 403
    assert await the_adherences(database) == []
