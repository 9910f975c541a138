"""Coming back after a withdrawal: said before, by who may, until the end of screening."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio.client import Client

from domain.applications import Status
from domain.phases import Phase
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
from tests.api.pages.desk_world import ORGANISER
from tests.browser import Browser
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

REASON = {"reason": "Le projet reprend."}


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
    return f"/candidatures/{row.id}/retour"


async def screened(database: Database, version: int = 1) -> tuple[Cycle, Application]:
    """A file that was withdrawn, in a call that closed yesterday."""
    call = await a_call(database, phase=Phase.SCREENING, left=timedelta(days=-1))
    row = await an_application_of(database, call, status=Status.WITHDRAWN)
    async with database.transaction() as session:
        (await session.get_one(Application, row.id)).version = version
    return call, row


@pytest.mark.usefixtures("engine")
async def test_a_draft_that_was_withdrawn_comes_back_and_lives_again(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(f"/candidatures/{row.id}/retrait", {"reason": "Une erreur."})
    home = await browser.get(f"/candidatures/{row.id}")

    back = await browser.submit(page(row), REASON)
    again = await browser.submit(f"/candidatures/{row.id}/retrait", {"reason": "Finalement, non."})

    assert "Faire revenir la candidature" in words_of(home.text)
    assert (back.status_code, back.headers["location"]) == (303, f"/candidatures/{row.id}")
    assert again.status_code == 303
    assert (await fresh(database, row)).status == Status.WITHDRAWN


@pytest.mark.usefixtures("engine")
async def test_after_the_closing_the_organiser_is_asked_and_takes_it_back(
    browser: Browser, database: Database, signed_in: SignIn
) -> None:
    call, row = await screened(database)
    organiser = await signed_in(ORGANISER, organises=[call.id])
    desk = f"/organisation/{call.code}/candidatures/{row.id}"

    asked = await browser.submit(page(row), REASON)
    waiting = await fresh(database, row)
    shown = await organiser.get(desk)
    silent = await organiser.submit(f"{desk}/reprise", {"back": " "})
    taken = await organiser.submit(f"{desk}/reprise", {"back": "Demande arrivée à temps."})

    assert (asked.status_code, waiting.status) == (303, Status.RETURNING)
    assert "Le retour demandé" in words_of(shown.text)
    assert silent.status_code == 422
    assert taken.status_code == 303
    assert (await fresh(database, row)).status == Status.SUBMITTED


@pytest.mark.usefixtures("engine")
async def test_a_return_that_is_declined_says_why_on_the_page(
    browser: Browser, database: Database, signed_in: SignIn
) -> None:
    call, row = await screened(database)
    organiser = await signed_in(ORGANISER, organises=[call.id])
    await browser.submit(page(row), REASON)

    await organiser.submit(
        f"/organisation/{call.code}/candidatures/{row.id}/retour-decline",
        {"away": "Le dossier n'était pas complet."},
    )
    home = words_of((await browser.get(f"/candidatures/{row.id}")).text)

    assert (await fresh(database, row)).status == Status.WITHDRAWN
    assert "Le dossier n'était pas complet." in home


async def test_a_draft_never_sent_has_nothing_to_come_back_to_after_the_closing(
    browser: Browser, database: Database
) -> None:
    _, row = await screened(database, version=0)

    home = await browser.get(f"/candidatures/{row.id}")
    answer = await browser.submit(page(row), REASON)

    assert "Demander le retour" not in words_of(home.text)
    assert answer.status_code == 409
    assert "il n'y a rien à examiner" in words_of(answer.text)
    assert await requests_of(database, row) == []


async def test_a_reason_is_needed(browser: Browser, database: Database, call: Cycle) -> None:
    row = await an_application_of(database, call, status=Status.WITHDRAWN)

    response = await browser.submit(page(row), {"reason": " "})

    assert response.status_code == 422
    assert "Dites en quelques mots pourquoi" in words_of(response.text)
    assert await requests_of(database, row) == []


async def test_who_does_not_sign_does_not_bring_it_back(
    database: Database, call: Cycle, signed_in: SignIn
) -> None:
    row = await an_application_of(database, call, status=Status.WITHDRAWN)
    await a_member(database, row, EDITOR, "editor")
    nadia, stranger = await signed_in(EDITOR), await signed_in(STRANGER)

    answers = [await one.submit(page(row), REASON) for one in (nadia, stranger)]

    assert [answer.status_code for answer in answers] == [409, 404]
    assert await requests_of(database, row) == []


async def test_an_engine_that_is_away_keeps_the_return_and_the_file_says_so(
    browser: Browser, database: Database, call: Cycle
) -> None:
    row = await an_application_of(database, call, status=Status.WITHDRAWN)

    response = await browser.submit(page(row), REASON)
    shown = words_of((await browser.get(f"/candidatures/{row.id}")).text)

    assert response.status_code == 303
    assert "Retour en cours d'enregistrement" in shown
    assert [one.payload for one in await requests_of(database, row)] == [REASON]
