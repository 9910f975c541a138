"""Writing a section: every answer kept as it was typed, right or wrong."""

from typing import Any

import pytest

from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_world import (
    BOREALE,
    OWNER,
    a_call,
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


async def test_a_section_asks_its_questions(browser: Browser, row: Application) -> None:
    response = await browser.get(page(row, "story"))

    assert response.status_code == 200
    assert "Besoin et contexte" in response.text
    assert 'data-limit="1500"' in response.text


async def test_what_is_typed_is_kept_and_the_next_section_comes(
    browser: Browser, row: Application, database: Database
) -> None:
    response = await browser.submit(page(row), REPLICATION)

    kept = await fresh(database, row)
    assert (response.status_code, response.headers["location"]) == (303, page(row, "documents"))
    assert kept.answers == {"siret": BOREALE, **REPLICATION}
    assert kept.saved_by == browser.person_id


async def test_the_last_section_leads_to_the_read_through(
    browser: Browser, row: Application
) -> None:
    response = await browser.submit(page(row, "declarations"), {"accepts_rules": "yes"})

    assert response.headers["location"] == page(row, "relecture")


async def test_every_kind_of_answer_comes_back_as_it_was_typed(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(
        page(row, "application"),
        {
            "title": "  Un tuteur pour chacun ",
            "public_summary": "Deux\r\nlignes.",
            "action_communes": "59350\r\nDEP-62, 75056",
            "action_started_on": "2025-03-01",
            "commitments": ["E1", "E5"],
        },
    )

    kept = await fresh(database, row)
    assert kept.title == "Un tuteur pour chacun"
    assert kept.answers == {
        "siret": BOREALE,
        "title": "Un tuteur pour chacun",
        "public_summary": "Deux\nlignes.",
        "action_communes": ["59350", "DEP-62", "75056"],
        "action_started_on": "2025-03-01",
        "commitments": ["E1", "E5"],
    }
    again = await browser.get(page(row, "application"))
    assert "59350\nDEP-62\n75056</textarea>" in again.text
    assert again.text.count(" checked") == 2


async def test_figures_by_year_are_kept_and_what_is_not_tracked_is_said(
    browser: Browser, row: Application, database: Database
) -> None:
    figures = {
        "people_supported.2025": "4",
        "people_supported.2026": "",
        "people_supported.2027": "12",
        "people_supported.untracked": "yes",
        "hours_done.2025": "non suivi",
        "hours_done.2026": "8 400",
        "hours_done.2027": "10250,5",
    }

    await browser.submit(page(row, "figures"), figures)

    kept = (await fresh(database, row)).answers
    assert kept["people_supported"] == {"n2": "4", "n1": "not_tracked", "n": "12"}
    assert kept["hours_done"] == {"n2": "not_tracked", "n1": "8 400", "n": "10250,5"}
    assert "hours_planned" not in kept


async def test_a_wrong_answer_is_kept_and_shown_with_its_sentence(
    browser: Browser, row: Application, database: Database
) -> None:
    response = await browser.submit(page(row), REPLICATION | {"shared_tools": "outils.example"})

    assert response.status_code == 422
    assert "Donnez une adresse complète" in words_of(response.text)
    assert 'value="outils.example"' in response.text
    assert "Adresse d'outils que vous partagez : Donnez" in words_of(response.text)
    assert "Tout est enregistré" in response.text
    assert (await fresh(database, row)).answers["shared_tools"] == "outils.example"
    again = await browser.get(page(row))
    assert "Donnez une adresse complète" in words_of(again.text)


async def test_a_wrong_answer_is_corrected_from_the_page_that_said_so(
    browser: Browser, row: Application, database: Database
) -> None:
    wrong = await browser.submit(page(row), REPLICATION | {"shared_tools": "outils.example"})

    right = await browser.submit(
        page(row), {"revision": hidden(wrong.text, "revision"), **REPLICATION}
    )

    assert right.status_code == 303
    assert (await fresh(database, row)).answers["shared_tools"] == REPLICATION["shared_tools"]


async def test_only_the_questions_of_the_section_are_kept(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(
        page(row), REPLICATION | {"title": "Ailleurs", "siret": "73282932000074", "status": "x"}
    )

    assert (await fresh(database, row)).answers == {"siret": BOREALE, **REPLICATION}


async def test_the_siret_is_shown_and_never_changed(
    browser: Browser, row: Application, database: Database
) -> None:
    shown = await browser.get(page(row, "organisation"))
    await browser.submit(page(row, "organisation"), {"siret": "73282932000074"})

    assert 'value="000 100 073 00014"' in shown.text.replace("\u00a0", " ")
    assert (await fresh(database, row)).answers["siret"] == BOREALE


async def test_an_answer_that_is_emptied_is_forgotten(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(page(row), REPLICATION)

    fields = await typed_in(browser, page(row), REPLICATION | {"shared_tools": ""})
    await browser.submit(page(row), fields)

    kept = (await fresh(database, row)).answers
    assert kept == {"siret": BOREALE, "conditions": "Un atelier."}


async def test_a_mass_of_text_is_refused_with_everything_still_there(
    browser: Browser, row: Application, database: Database
) -> None:
    mass = "Un atelier. " + "x" * 200_001

    response = await browser.submit(page(row), {"conditions": mass, "shared_tools": "un guide"})

    kept = await fresh(database, row)
    assert response.status_code == 413
    assert "Ce texte est trop long" in words_of(response.text)
    assert mass in response.text
    assert 'value="un guide"' in response.text
    assert kept.answers == {"siret": BOREALE}


async def test_a_mass_of_text_is_not_saved_while_one_types(
    browser: Browser, row: Application, database: Database
) -> None:
    response = await browser.submit(f"{page(row)}/brouillon", {"conditions": "x" * 200_001})

    kept = await fresh(database, row)
    assert response.status_code == 413
    assert response.json()["sentence"].startswith("Ce texte est trop long")
    assert kept.answers == {"siret": BOREALE}


async def test_what_people_type_is_never_taken_for_markup(
    browser: Browser, row: Application
) -> None:
    await browser.submit(page(row), {"conditions": "<script>alert(1)</script>"})

    shown = await browser.get(page(row))

    assert "<script>alert" not in shown.text
    assert "&lt;script&gt;" in shown.text


async def test_the_page_is_in_english_for_who_prefers_it(
    browser: Browser, row: Application
) -> None:
    browser.cookies.set("language", "en")

    shown = await browser.get(page(row))

    assert "Doing it elsewhere" in shown.text
    assert "Save and continue" in shown.text
