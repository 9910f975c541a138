"""Confirming an edition on its page: what it will open is shown first, and only the nation may."""

import re
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select
from temporalio.client import Client

from settings import Settings
from storage.database import Database
from storage.tables.cycles import Cycle
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.conftest import API_TOKEN, SignIn
from tests.workflows.postbox import Postbox

PAGE = "/organisation/editions/2031/confirmation"


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.usefixtures("engine")
async def test_an_edition_is_prepared_read_and_confirmed_once(
    client: Browser, signed_in: SignIn, database: Database
) -> None:
    wanted = {"template": "trophees-insertion", "year": 2031}
    key = {"Authorization": f"Bearer {API_TOKEN}"}
    prepared = await client.post("/api/v1/editions/prepare", json=wanted, headers=key)
    browser = await signed_in(ORGANISER, organises_everything=True)
    shown = await browser.get(PAGE)
    form = {name: hidden(shown.text, name) for name in ("request_id", "seen")}
    confirmed = await browser.submit(PAGE, form)
    await browser.submit(PAGE, form)
    again = await browser.get(PAGE)

    async with database.transaction() as session:
        territories = [each.territory for each in await session.scalars(select(Cycle))]
    assert (prepared.status_code, shown.status_code, confirmed.status_code) == (201, 200, 303)
    assert "18 territoires" in words_of(shown.text)
    assert "La Réunion" in words_of(shown.text)
    assert (len(territories), "national" in territories) == (19, True)
    assert "Confirmer cette édition" not in words_of(again.text)


async def test_whoever_organises_one_territory_confirms_nothing(
    signed_in: SignIn, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    assert (await browser.get(PAGE)).status_code == 403


async def test_an_edition_opened_by_hand_has_nothing_to_confirm(
    signed_in: SignIn, database: Database
) -> None:
    async with database.transaction() as session:
        await an_edition(session, year=2031)
    browser = await signed_in(ORGANISER, organises_everything=True)

    assert (await browser.get(PAGE)).status_code == 404
