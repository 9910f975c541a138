"""Versions of the charter: read over before anything is kept, and said where the document is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from sqlalchemy import select

from storage.charters import charter_in_force, charter_versions, shipped_charters
from storage.database import Database
from storage.tables.records import JournalLine
from tests.api.pages.charter_desk_world import ACCEPTED, BASE, NOW, an_organiser
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.charters import a_signatory
from tests.conftest import SignIn

PAGE = f"{BASE}/versions"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
async def browser(signed_in: SignIn, application: FastAPI, database: Database) -> Browser:
    async with database.transaction() as session:
        await a_signatory(session, accepted=ACCEPTED)
    return await an_organiser(signed_in, application)


def a_version(*changes: Change) -> str:
    """The next version, in force in September, with what the test changes."""
    document = yaml.safe_load(yaml.safe_dump(dict(shipped_charters()[-1])))
    document |= {"version": 2, "in_force_from": "2027-09-01"}
    for change in changes:
        change(document)
    return yaml.safe_dump(document, allow_unicode=True)


def with_period(name: str, value: object) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["periods"][name] = value

    return change


def with_value(name: str, value: object) -> Change:
    def change(document: dict[str, Any]) -> None:
        document[name] = value

    return change


async def versions(database: Database) -> list[int]:
    async with database.transaction() as session:
        return [each.version for each in await charter_versions(session)]


async def test_the_page_says_which_version_is_in_force_and_who_keeps_it(browser: Browser) -> None:
    words = words_of((await browser.get(PAGE)).text)

    assert "Version 1 depuis le mardi 1er septembre 2026 En vigueur 1" in words
    assert "une nouvelle version ne déplace aucune de ses dates" in words


async def test_a_preview_says_what_changes_and_keeps_nothing(
    browser: Browser, database: Database
) -> None:
    shown = await browser.submit(PAGE, {"document": a_version(with_period("review_days", 15))})

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "3 changements" in words
    assert "periods.review_days 21 15" in words
    assert "1 adhésion en cours garde sa version." in words
    assert await versions(database) == [1]


async def test_a_file_is_read_as_well_as_what_is_pasted(browser: Browser) -> None:
    file = a_version(with_period("grace_days", 60)).encode()

    shown = await browser.submit(
        PAGE, {"document": ""}, {"file": ("charte.yaml", file, "text/yaml")}
    )

    assert "periods.grace_days 90 60" in words_of(shown.text)


async def test_a_version_is_registered_and_running_adherences_keep_theirs(
    browser: Browser, database: Database
) -> None:
    document = a_version(with_period("review_days", 15))
    async with database.transaction() as session:
        first = await charter_in_force(session, NOW.date())
        adherence = (await session.execute(select(JournalLine))).scalars().first()
    assert first is not None
    assert adherence is None

    done = await browser.submit(f"{PAGE}/enregistrer", {"document": document})

    async with database.transaction() as session:
        line = (await session.execute(select(JournalLine))).scalar_one()
        today = await charter_in_force(session, NOW.date())
    assert done.headers["location"] == PAGE
    assert await versions(database) == [2, 1]
    assert (line.act, line.before, line.after, line.actor) == (
        "register_version",
        "1",
        "2",
        f"person:{browser.person_id}",
    )
    assert today is not None
    assert today.version == 1


async def test_the_document_of_a_version_is_read_again_as_it_was(browser: Browser) -> None:
    answer = await browser.get(f"{PAGE}/1.yaml")

    assert yaml.safe_load(answer.text) == yaml.safe_load(
        yaml.safe_dump(dict(shipped_charters()[0]))
    )


@pytest.mark.parametrize(
    ("document", "said"),
    [
        pytest.param("", "Choisissez un fichier, ou collez le document.", id="nothing"),
        pytest.param("[1, 2]", "ce n'est pas du YAML", id="a list"),
        pytest.param("a: [", "à la ligne 1, colonne 5", id="not closed"),
        pytest.param("a: &x [1]\nb: *x", "à la ligne 2, colonne 4", id="a reference"),
        pytest.param("a: " + "[" * 3000, "ne peut pas être lu", id="too deep"),
        pytest.param('a: "\\0"', "ce n'est pas du YAML", id="a sign that is none"),
        pytest.param("a: .nan", "ce n'est pas du YAML", id="not a number"),
        pytest.param("a: 2026-13-45", "ce n'est pas du YAML", id="no such day"),
        pytest.param(
            "code: autre",
            "« le document entier » : « certification_scheme » manque.",
            id="incomplete",
        ),
        pytest.param(
            a_version(with_period("review_days", 0)),
            "À l'endroit « periods.review_days » : une période dure plus que rien",
            id="a period of nothing",
        ),
        pytest.param(
            a_version(with_period("weeks", 3)),
            "À l'endroit « periods » : « weeks » n'est lu par personne",
            id="an unknown key",
        ),
        pytest.param(
            a_version(with_period("removal_on", "02-30")),
            "À l'endroit « periods.removal_on » : ce jour n'existe pas chaque année.",
            id="an impossible day",
        ),
        pytest.param(
            a_version(with_value("name", {"fr": "Notre label", "en": "Our label"})),
            "demande un schéma de certification",
            id="a locked word",
        ),
        pytest.param(
            a_version(with_value("version", 1)),
            "la prochaine est la version 2",
            id="the same number",
        ),
        pytest.param(
            a_version(with_value("version", 7)),
            "la prochaine est la version 2",
            id="a number too far",
        ),
        pytest.param(
            a_version(with_value("in_force_from", "2027-01-01")),
            "donnez une date à partir du 10/04/2027",
            id="in the past",
        ),
        pytest.param(
            a_version(with_value("code", "autre-charte")),
            "celui de cette charte est « charte-insertion »",
            id="another charter",
        ),
    ],
)
async def test_a_document_that_is_wrong_says_where_and_stays_in_the_form(
    browser: Browser, database: Database, document: str, said: str
) -> None:
    for address in (PAGE, f"{PAGE}/enregistrer"):
        shown = await browser.submit(address, {"document": document})

        assert shown.status_code == 422
        assert said in words_of(shown.text)
        assert document[:20].replace("&", "&amp;").replace('"', "&#34;") in shown.text
    assert await versions(database) == [1]


async def test_a_file_that_is_no_text_is_refused(browser: Browser) -> None:
    picture = {"file": ("charte.yaml", b"\x89PNG\r\n\xff\xfe", "image/png")}

    shown = await browser.submit(PAGE, {"document": ""}, picture)

    assert shown.status_code == 422
    assert "Ce fichier n'est pas un texte" in words_of(shown.text)


async def test_a_version_registered_meanwhile_is_not_registered_again(
    browser: Browser, database: Database
) -> None:
    await browser.submit(f"{PAGE}/enregistrer", {"document": a_version()})

    shown = await browser.submit(f"{PAGE}/enregistrer", {"document": a_version()})

    assert shown.status_code == 422
    assert "la prochaine est la version 3" in words_of(shown.text)
    assert await versions(database) == [2, 1]
