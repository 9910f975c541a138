"""Naming who goes on, once the register says that the establishment is closed."""

from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client

from domain.charter.states import State
from embedded.registry.application import create_registry
from settings import Settings
from storage.database import Database
from tests.activities.serving import served
from tests.api.pages.charter_world import BOREALE, an_adherence, fresh, requests_of
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.report_world import ADA, NOW, Due, a_due_report, put_adherence
from tests.browser import Browser
from tests.conftest import SignIn


@pytest.fixture(scope="module")
async def register() -> AsyncIterator[str]:
    async with served(create_registry()) as url:
        yield url


@pytest.fixture
def configured(configured: Settings, register: str) -> Settings:
    return configured.model_copy(update={"registry_url": register})


@pytest.fixture
async def due(database: Database) -> Due:
    due = await a_due_report(database)
    await put_adherence(database, due, state=State.CEASED, ceased_on=NOW.date(), since=NOW)
    return due


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(ADA, name="Ada Martin")


def page(due: Due) -> str:
    return f"/adhesions/{due.adherence.id}/successeur"


async def test_the_register_is_asked_then_the_successor_is_named(
    temporal_client: Client, database: Database, configured: Settings, ada: Browser, due: Due
) -> None:
    async with working(temporal_client, database, configured):
        known = await ada.submit(page(due), {"siret": "000 100 073 00014"})
        fields = {name: hidden(known.text, name) for name in ("siret", "request_id", "confirmed")}
        named = await ada.submit(page(due), fields)
    home = await ada.get(f"/adhesions/{due.adherence.id}")

    assert "Menuiserie" in words_of(known.text).title()
    assert named.status_code == 303
    assert (await fresh(database, due.adherence)).successor_siret == BOREALE
    assert "Vous avez désigné le successeur" in words_of(home.text)


async def test_a_company_that_adheres_already_cannot_succeed(
    database: Database, ada: Browser, due: Due
) -> None:
    await an_adherence(database)

    answer = await ada.submit(page(due), {"siret": BOREALE})

    assert answer.status_code == 422
    assert "Ce successeur a déjà sa propre adhésion" in words_of(answer.text)
    assert await requests_of(database, due.adherence) == []


async def test_an_establishment_that_is_closed_too_cannot_succeed(
    database: Database, ada: Browser, due: Due
) -> None:
    answer = await ada.submit(page(due), {"siret": "00010126100014"})

    assert answer.status_code == 422
    assert "Cet établissement est fermé lui aussi" in words_of(answer.text)
    assert (await fresh(database, due.adherence)).successor_siret is None
