"""Duplicates and changes of category on the organiser's desk: shown first, then done."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from temporalio.client import Client

from domain.applications import Status
from domain.phases import Phase
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import (
    COMPANY,
    ORGANISER,
    a_cycle_in,
    a_sent_file,
    goes_on,
    status_of,
)
from tests.browser import Browser
from tests.builders import an_application
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

WHY = "Le même projet."


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.SCREENING)


@pytest.fixture
async def file(database: Database, cycle: Cycle) -> Application:
    async with database.transaction() as session:
        return await a_sent_file(session, cycle)


@pytest.fixture
async def twin(database: Database, cycle: Cycle, file: Application) -> Application:
    """Another establishment of the same company, in the same category."""
    async with database.transaction() as session:
        return await an_application(
            session,
            cycle,
            status=Status.SUBMITTED,
            siret=f"{file.siren}00099",
            company="Menuiserie Boréale, Annecy",
            number="2027-K7M2",
        )


@pytest.fixture
async def organiser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


@pytest.mark.usefixtures("engine")
async def test_a_duplicate_is_closed_joined_and_undone(
    organiser: Browser,
    signed_in: SignIn,
    application: FastAPI,
    database: Database,
    cycle: Cycle,
    file: Application,
    twin: Application,
) -> None:
    await goes_on(application.state.engine, cycle, file)
    desk = f"/organisation/{cycle.code}"
    page = f"{desk}/candidatures/{file.id}/doublon"
    found = words_of((await organiser.get(f"{desk}/doublons")).text)
    assert "Annecy" in found

    closed = await organiser.submit(
        page, {"kept": str(twin.id), "reason": WHY, "request_id": str(uuid4())}
    )

    assert closed.headers["location"] == page
    assert await status_of(database, file.id) == Status.DUPLICATE
    company = await signed_in(COMPANY)
    home = await company.get(f"/candidatures/{file.id}")
    assert "Rejoindre le dossier gardé" in words_of(home.text)
    joined = await company.submit(f"/candidatures/{file.id}/rejoindre", {})
    assert joined.headers["location"] == f"/candidatures/{twin.id}"
    assert (await company.get(f"/candidatures/{twin.id}")).status_code == 200
    organiser = await signed_in(ORGANISER, organises=[cycle.id])
    await organiser.submit(f"{page}/annulation", {"reason": WHY, "request_id": str(uuid4())})
    assert await status_of(database, file.id) == Status.SUBMITTED


async def test_what_is_not_chosen_is_asked_for_and_what_was_typed_stays(
    organiser: Browser, cycle: Cycle, file: Application, twin: Application
) -> None:
    page = f"/organisation/{cycle.code}/candidatures/{file.id}/doublon"

    shown = await organiser.submit(page, {"reason": WHY, "request_id": str(uuid4())})

    assert shown.status_code == 422
    assert "Choisissez la candidature qui reste." in words_of(shown.text)
    assert WHY in shown.text
    assert str(twin.id) in shown.text


async def test_a_change_of_category_says_first_what_would_be_missing(
    organiser: Browser, database: Database, cycle: Cycle, file: Application
) -> None:
    page = f"/organisation/{cycle.code}/candidatures/{file.id}/categorie"

    shown = await organiser.submit(
        f"{page}/effets", {"category": "INN", "reason": WHY, "request_id": str(uuid4())}
    )

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "La nouvelle catégorie demande encore" in words
    assert "Ce complément serait demandé" in words
    assert await status_of(database, file.id) == Status.SUBMITTED


@pytest.mark.usefixtures("engine")
async def test_a_file_changes_category_and_is_to_be_completed(
    organiser: Browser, application: FastAPI, database: Database, cycle: Cycle, file: Application
) -> None:
    await goes_on(application.state.engine, cycle, file)
    here = f"/organisation/{cycle.code}/candidatures/{file.id}"

    done = await organiser.submit(
        f"{here}/categorie", {"category": "INN", "reason": WHY, "request_id": str(uuid4())}
    )

    assert done.headers["location"] == here
    assert await status_of(database, file.id) == Status.COMPLEMENTS


@pytest.mark.parametrize("path", ["doublon", "categorie"])
async def test_nobody_else_finds_these_pages(
    signed_in: SignIn, cycle: Cycle, file: Application, path: str
) -> None:
    company = await signed_in(COMPANY)

    shown = await company.get(f"/organisation/{cycle.code}/candidatures/{file.id}/{path}")

    assert shown.status_code in {403, 404}
