"""Several people in one section: nothing of anybody is lost."""

from typing import Any

import pytest

from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_world import (
    BOREALE,
    EDITOR,
    OWNER,
    a_call,
    a_member,
    an_application_of,
    fresh,
    hidden,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn

REPLICATION = {"conditions": "Un atelier.", "shared_tools": "https://outils.example/guide"}


@pytest.fixture
async def call(database: Database) -> Cycle:
    return await a_call(database)


@pytest.fixture
async def row(database: Database, call: Cycle) -> Application:
    return await an_application_of(database, call)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(row: Application, section: str = "replication") -> str:
    return f"/candidatures/{row.id}/{section}"


async def typed_in(browser: Browser, url: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as somebody types them over the page that they see."""
    shown = await browser.get(url)
    return {"revision": hidden(shown.text, "revision"), **fields}


async def test_saving_while_typing_answers_what_the_next_save_compares_with(
    browser: Browser, row: Application, database: Database
) -> None:
    url = page(row)
    first = await typed_in(browser, url, {"conditions": "Un"})

    one = await browser.submit(f"{url}/brouillon", first)
    two = await browser.submit(
        f"{url}/brouillon", {"revision": one.json()["revision"], "conditions": "Un atelier."}
    )

    assert (one.status_code, two.status_code) == (200, 200)
    assert "saved_at" in two.json()
    assert (await fresh(database, row)).answers["conditions"] == "Un atelier."


async def test_two_colleagues_on_two_answers_keep_both(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    await a_member(database, row, EDITOR, "editor")
    nadia = await signed_in(EDITOR, name="Nadia Chêne")
    his = await typed_in(browser, page(row), {"conditions": "Les siennes.", "shared_tools": ""})
    hers = await typed_in(
        nadia, page(row), {"conditions": "", "shared_tools": "https://outils.example"}
    )

    await browser.submit(page(row), his)
    response = await nadia.submit(page(row), hers)

    assert response.status_code == 303
    assert (await fresh(database, row)).answers == {
        "siret": BOREALE,
        "conditions": "Les siennes.",
        "shared_tools": "https://outils.example",
    }


async def test_two_colleagues_on_one_answer_lose_nothing_and_are_told(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    await a_member(database, row, EDITOR, "editor")
    nadia = await signed_in(EDITOR, name="Nadia Chêne")
    his = await typed_in(browser, page(row), {"conditions": "Le texte de Paul."})
    hers = await typed_in(nadia, page(row), {"conditions": "Le texte de Nadia."})

    await browser.submit(page(row), his)
    quietly = await nadia.submit(f"{page(row)}/brouillon", hers)
    clash = await nadia.submit(page(row), hers)

    assert (quietly.status_code, clash.status_code) == (409, 409)
    assert "Une autre personne a écrit ici entre-temps" in words_of(clash.text)
    assert "Paul Bois" in clash.text
    assert "Le texte de Paul." in clash.text
    assert "Le texte de Nadia.</textarea>" in clash.text
    assert (await fresh(database, row)).answers["conditions"] == "Le texte de Paul."

    settled = await nadia.submit(
        page(row),
        {"revision": hidden(clash.text, "revision"), "conditions": "Le texte des deux."},
    )

    assert settled.status_code == 303
    assert (await fresh(database, row)).answers["conditions"] == "Le texte des deux."


async def test_the_page_says_who_saved_last(browser: Browser, row: Application) -> None:
    await browser.submit(page(row), REPLICATION)

    shown = await browser.get(page(row))

    assert "Enregistré par Paul Bois, le" in words_of(shown.text)
