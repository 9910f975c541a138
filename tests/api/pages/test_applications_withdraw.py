"""Withdrawing an application: said before, done once, with a reason."""

from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client

from domain.applications import Status
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import (
    EDITOR,
    OWNER,
    STRANGER,
    a_call,
    a_member,
    an_application_of,
    fresh,
    requests_of,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

REASON = {"reason": "Le projet est reporté."}


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def call(database: Database) -> Cycle:
    return await a_call(database)


@pytest.fixture
async def row(database: Database, call: Cycle) -> Application:
    return await an_application_of(database, call)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(row: Application) -> str:
    return f"/candidatures/{row.id}/retrait"


async def test_what_a_withdrawal_does_is_said_before(browser: Browser, row: Application) -> None:
    response = await browser.get(page(row))

    assert response.status_code == 200
    assert "Votre brouillon ne pourra plus être envoyé" in words_of(response.text)


@pytest.mark.usefixtures("engine")
async def test_a_withdrawn_application_says_so_and_is_withdrawn_once(
    browser: Browser, row: Application, database: Database
) -> None:
    first = await browser.submit(page(row), REASON)
    second = await browser.submit(page(row), REASON)
    home = await browser.get(f"/candidatures/{row.id}")

    assert (first.status_code, second.status_code) == (303, 409)
    assert "déjà close" in words_of(second.text)
    assert (await fresh(database, row)).status == Status.WITHDRAWN
    assert "Vous avez retiré cette candidature" in words_of(home.text)
    assert [one.payload for one in await requests_of(database, row)] == [REASON]


async def test_a_reason_is_needed(browser: Browser, row: Application, database: Database) -> None:
    response = await browser.submit(page(row), {"reason": " "})

    assert response.status_code == 422
    assert "Dites en quelques mots pourquoi" in words_of(response.text)
    assert await requests_of(database, row) == []


async def test_an_engine_that_is_away_keeps_the_withdrawal_and_the_file_says_so(
    browser: Browser, row: Application, database: Database
) -> None:
    response = await browser.submit(page(row), REASON)
    shown = words_of((await browser.get(response.headers["location"])).text)

    assert (response.status_code, response.headers["location"]) == (303, f"/candidatures/{row.id}")
    assert "Le service met plus de temps que prévu" in shown
    assert "Retrait en cours d'enregistrement" in shown
    assert [one.payload for one in await requests_of(database, row)] == [REASON]
    assert (await fresh(database, row)).status == Status.DRAFT


async def test_who_does_not_sign_does_not_withdraw(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    await a_member(database, row, EDITOR, "editor")
    nadia, stranger = await signed_in(EDITOR), await signed_in(STRANGER)

    answers = [await one.submit(page(row), REASON) for one in (nadia, stranger)]

    assert [answer.status_code for answer in answers] == [409, 404]
    assert await requests_of(database, row) == []


async def test_what_is_refused_has_nothing_left_to_withdraw(
    browser: Browser, database: Database, call: Cycle
) -> None:
    row = await an_application_of(database, call, status=Status.REFUSED)

    response = await browser.submit(page(row), REASON)

    assert response.status_code == 409
    assert await requests_of(database, row) == []
