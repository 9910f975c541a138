"""An id of a request that served already, for something else or for somebody else: it asks for nothing."""

from uuid import uuid4

import pytest

from domain.jurors import CardStatus
from storage.database import Database
from tests.api.pages.jury_world import (
    JUROR,
    a_desk,
    a_file,
    card_now,
    goes_to_work,
    requests_about,
)
from tests.browser import Browser
from tests.builders import a_card
from tests.conftest import SignIn


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(JUROR, name="Jeanne Jurée")


@pytest.mark.usefixtures("at_work")
async def test_the_request_of_one_card_closes_no_other(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database)
    await goes_to_work(browser.app.state.engine, desk.bench)
    async with database.transaction() as session:
        other = await a_card(session, desk.bench.juror, await a_file(session, desk.bench.cycle))
    said = {"request_id": str(uuid4()), "reason.abstain": "Je connais cette structure."}
    await browser.submit(f"{desk.url}/abstention", said)

    again = await browser.submit(f"{desk.bench.url}/fiches/{other.id}/abstention", said)

    assert again.status_code == 404
    assert (await card_now(database, other)).status == CardStatus.TO_SCORE
    assert await requests_about(database, f"card:{other.id}") == []
