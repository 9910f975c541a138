"""A company puts its draft in another category: tried first, kept aside, given back; not once sent."""

from typing import Any

import pytest

from domain.applications import Status
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_world import (
    COMPLETE,
    EDITOR,
    OWNER,
    a_call,
    a_member,
    an_application_of,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn


@pytest.fixture
async def call(database: Database) -> Cycle:
    return await a_call(database)


@pytest.fixture
async def row(database: Database, call: Cycle) -> Application:
    return await an_application_of(database, call, answers=COMPLETE)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(row: Application) -> str:
    return f"/candidatures/{row.id}/categorie"


async def kept(database: Database, row: Application) -> tuple[str, dict[str, Any], dict[str, Any]]:
    async with database.transaction() as session:
        found = await session.get_one(Application, row.id)
        return found.category, found.answers, found.set_aside


async def test_the_draft_says_what_another_category_asks_more_and_changes_nothing(
    browser: Browser, database: Database, row: Application
) -> None:
    begun = {code: said for code, said in COMPLETE.items() if code != "title"}
    async with database.transaction() as session:
        (await session.get_one(Application, row.id)).answers = begun

    tried = words_of((await browser.submit(f"{page(row)}/effets", {"category": "CLA"})).text)

    assert "Cette catégorie demande de plus" in tried
    assert "Titre de l'action" not in tried
    assert "Gardé à part" in tried
    assert (await kept(database, row))[:2] == ("QUA", begun)


async def test_what_was_kept_aside_comes_back_with_its_category(
    browser: Browser, database: Database, row: Application
) -> None:
    gone = await browser.submit(page(row), {"category": "CLA"})
    category, answers, aside = await kept(database, row)
    back = await browser.submit(page(row), {"category": "QUA"})

    assert (gone.status_code, back.status_code, category) == (303, 303, "CLA")
    assert aside
    assert {**answers, **aside} == COMPLETE
    assert (await kept(database, row))[:2] == ("QUA", COMPLETE)


@pytest.mark.parametrize(
    ("category", "status", "said"),
    [
        ("QUA", 409, "déjà dans cette catégorie"),
        ("XXX", 422, "Choisissez une catégorie"),
        ("", 422, "Choisissez une catégorie"),
    ],
)
async def test_a_category_that_is_none_or_the_same_is_refused(
    browser: Browser, database: Database, row: Application, category: str, status: int, said: str
) -> None:
    answer = await browser.submit(page(row), {"category": category})

    assert answer.status_code == status
    assert said in words_of(answer.text)
    assert (await kept(database, row))[:2] == ("QUA", COMPLETE)


async def test_a_company_has_one_file_in_each_category(
    browser: Browser, database: Database, call: Cycle, row: Application
) -> None:
    await an_application_of(database, call, category="CLA", owner="autre@boreale.example")

    answer = await browser.submit(page(row), {"category": "CLA"})

    assert answer.status_code == 409
    assert (await kept(database, row))[0] == "QUA"


async def test_once_sent_it_is_for_the_organiser(
    browser: Browser, database: Database, row: Application
) -> None:
    async with database.transaction() as session:
        found = await session.get_one(Application, row.id)
        found.status, found.version = Status.SUBMITTED, 1

    answer = await browser.submit(page(row), {"category": "CLA"})

    assert answer.status_code == 409
    assert "demandez à l'organisation" in words_of(answer.text)
    assert "/categorie" not in (await browser.get(f"/candidatures/{row.id}")).text


async def test_a_reader_changes_nothing(
    signed_in: SignIn, database: Database, row: Application
) -> None:
    await a_member(database, row, EDITOR, "reader")
    reader = await signed_in(EDITOR)

    answer = await reader.submit(page(row), {"category": "CLA"})

    assert answer.status_code == 409
    assert (await kept(database, row))[0] == "QUA"
