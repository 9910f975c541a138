"""A doubt about an admitted file, from the organiser's desk to the company's answer, and out."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import update
from temporalio.client import Client

from domain.applications import Status
from domain.phases import Phase
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.doubts import Doubt
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
from tests.builders import a_person
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

OPENING = {"reason": "L'établissement est fermé.", "rules": "R02", "days": "5"}


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.EVALUATION)


@pytest.fixture
async def file(database: Database, cycle: Cycle) -> Application:
    async with database.transaction() as session:
        return await a_sent_file(session, cycle, status=Status.ADMITTED)


@pytest.fixture
def page(cycle: Cycle, file: Application) -> str:
    return f"/organisation/{cycle.code}/candidatures/{file.id}/recevabilite"


async def test_the_organiser_asks_the_company_answers_and_the_organiser_decides(
    engine: Postbox,
    application: FastAPI,
    signed_in: SignIn,
    database: Database,
    cycle: Cycle,
    file: Application,
    page: str,
) -> None:
    assert engine.host
    await goes_on(application.state.engine, cycle, file)
    organiser = await signed_in(ORGANISER, organises=[cycle.id])
    company = await signed_in(COMPANY)
    own = f"/candidatures/{file.id}/recevabilite"

    opened = await organiser.submit(f"{page}/ouvrir", OPENING | {"request_id": str(uuid4())})
    early = await organiser.submit(
        f"{page}/exclure", {"reason": "Trop tôt.", "request_id": str(uuid4())}
    )
    asked = await company.get(own)
    answered = await company.submit(
        own, {"reply": "Nous avons déménagé.", "request_id": str(uuid4())}
    )
    read = await organiser.get(page)
    excluded = await organiser.submit(
        f"{page}/exclure", {"reason": "Le registre le confirme.", "request_id": str(uuid4())}
    )

    assert (opened.status_code, early.status_code) == (303, 409)
    assert "attendez sa réponse" in words_of(early.text)
    assert "L'établissement est fermé." in words_of(asked.text)
    assert answered.headers["location"] == own
    assert "Nous avons déménagé." in words_of(read.text)
    assert excluded.headers["location"] == page
    assert await status_of(database, file.id) == Status.REFUSED
    assert "Le registre le confirme." in words_of(
        (await company.get(f"/candidatures/{file.id}")).text
    )


async def test_an_answer_without_words_keeps_the_form_and_says_so(
    signed_in: SignIn, database: Database, file: Application
) -> None:
    await _doubted(database, file)
    company = await signed_in(COMPANY)

    refused = await company.submit(f"/candidatures/{file.id}/recevabilite", {"reply": " "})

    assert refused.status_code == 422
    assert "Écrivez votre réponse" in words_of(refused.text)


async def test_after_the_delay_the_company_reads_that_it_is_over(
    signed_in: SignIn, database: Database, file: Application
) -> None:
    await _doubted(database, file)
    async with database.transaction() as session:
        await session.execute(update(Doubt).values(until=datetime.now(UTC) - timedelta(hours=1)))
    company = await signed_in(COMPANY)

    refused = await company.submit(f"/candidatures/{file.id}/recevabilite", {"reply": "Trop tard."})

    assert refused.status_code == 409
    assert "Le délai pour répondre a pris fin" in words_of(refused.text)


@pytest.mark.parametrize(("days", "reason"), [("0", "Fermé."), ("deux", "Fermé."), ("5", "")])
async def test_a_form_that_says_too_little_is_shown_again(
    signed_in: SignIn, cycle: Cycle, page: str, days: str, reason: str
) -> None:
    organiser = await signed_in(ORGANISER, organises=[cycle.id])

    refused = await organiser.submit(f"{page}/ouvrir", {"reason": reason, "days": days})

    assert refused.status_code == 422


async def test_nobody_else_reads_a_doubt(
    signed_in: SignIn, database: Database, file: Application, page: str
) -> None:
    await _doubted(database, file)
    stranger: Browser = await signed_in("curieuse@ailleurs.example")

    assert (await stranger.get(page)).status_code == 404
    assert (await stranger.get(f"/candidatures/{file.id}/recevabilite")).status_code == 404


async def _doubted(database: Database, file: Application) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        session.add(
            Doubt(
                application_id=file.id,
                reason="L'établissement est fermé.",
                opened_at=now,
                opened_by=(await a_person(session)).id,
                until=now + timedelta(days=5),
            )
        )
