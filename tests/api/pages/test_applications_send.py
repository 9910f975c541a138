"""Sending an application: the read-through, the receipt, what is sent again, the copy to keep."""

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import col, select
from temporalio.client import Client

from domain.applications import Act, Status
from domain.wire.application import AskOfApplication
from settings import Settings
from storage.database import Database
from storage.requests import write_request
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import (
    COMPLETE,
    OWNER,
    a_call,
    an_application_of,
    fresh,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

SIGNED = {"signatory": "Nadia Chêne"}


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
    return await an_application_of(database, call, answers=COMPLETE)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(row: Application, name: str) -> str:
    return f"/candidatures/{row.id}/{name}"


async def versions(database: Database) -> list[ApplicationVersion]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(ApplicationVersion).order_by(col(ApplicationVersion.version))
        )
        return list(rows.scalars())


async def ask_complements(
    database: Database, application: FastAPI, row: Application, by: UUID
) -> None:
    """What an organiser does, without their page."""
    async with database.transaction() as session:
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind=Act.ASK_COMPLEMENTS,
            subject=f"application:{row.id}",
            by_person=by,
            payload={"reason": "Joignez le relevé d'heures."},
        )
    await application.state.engine.ask_application(
        str(row.id), AskOfApplication(Act.ASK_COMPLEMENTS, asked.request, asked.arrived_at)
    )


async def test_the_read_through_shows_every_answer_in_words(
    browser: Browser, row: Application
) -> None:
    response = await browser.get(page(row, "relecture"))

    shown = words_of(response.text)
    assert response.status_code == 200
    assert "De 10 à 249 personnes" in shown
    assert "samedi 1er mars 2025" in shown
    assert "2026 : 9" in shown
    assert "Encore à faire" not in shown
    assert "Envoyer la candidature" in shown


async def test_the_read_through_says_what_is_missing_and_where(
    browser: Browser, database: Database, call: Cycle
) -> None:
    row = await an_application_of(database, call)

    response = await browser.get(page(row, "relecture"))

    assert "Encore à faire avant l'envoi" in words_of(response.text)
    assert f'href="{page(row, "story")}#field-need"' in response.text


@pytest.mark.usefixtures("engine")
async def test_a_complete_application_leaves_and_its_receipt_proves_it(
    browser: Browser, row: Application, database: Database
) -> None:
    sent = await browser.submit(page(row, "envoyer"), SIGNED | {"request_id": str(uuid4())})
    receipt = await browser.get(page(row, "recepisse"))

    kept, version = await fresh(database, row), (await versions(database))[0]
    assert sent.headers["location"] == page(row, "recepisse")
    assert (kept.status, kept.version) == (Status.SUBMITTED, 1)
    assert receipt.status_code == 200
    assert str(kept.number) in receipt.text
    assert version.fingerprint in receipt.text
    assert "heure de Paris" in words_of(receipt.text)
    assert "Nadia Chêne" in receipt.text


@pytest.mark.usefixtures("engine")
async def test_a_second_click_sends_nothing_twice(
    browser: Browser, row: Application, database: Database
) -> None:
    fields = SIGNED | {"request_id": str(uuid4())}

    first = await browser.submit(page(row, "envoyer"), fields)
    second = await browser.submit(page(row, "envoyer"), fields)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(await versions(database)) == 1


@pytest.mark.usefixtures("engine")
async def test_a_page_found_again_in_the_browser_s_history_sends_what_changed_since(
    browser: Browser, row: Application, database: Database
) -> None:
    fields = SIGNED | {"request_id": str(uuid4())}
    await browser.submit(page(row, "envoyer"), fields)
    await browser.submit(page(row, "replication"), {"conditions": "Un atelier, trois tuteurs."})

    await browser.submit(page(row, "envoyer"), fields)

    assert [one.answers["conditions"] for one in await versions(database)] == [
        COMPLETE["conditions"],
        "Un atelier, trois tuteurs.",
    ]


@pytest.mark.usefixtures("engine")
async def test_what_is_sent_again_keeps_what_was_sent_before(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(page(row, "envoyer"), SIGNED)
    await browser.submit(page(row, "replication"), {"conditions": "Un atelier, trois tuteurs."})
    home = await browser.get(f"/candidatures/{row.id}")
    review = await browser.get(page(row, "relecture"))

    await browser.submit(page(row, "envoyer"), SIGNED)

    first, second = await versions(database)
    assert "Modifications non renvoyées" in home.text
    assert "La version 1 est déjà arrivée et reste conservée" in words_of(review.text)
    assert first.answers["conditions"] == COMPLETE["conditions"]
    assert second.answers["conditions"] == "Un atelier, trois tuteurs."
    assert "Envois précédents" in (await browser.get(page(row, "recepisse"))).text
    assert COMPLETE["conditions"] in (await browser.get(page(row, "envois/1"))).text
    assert "Un atelier, trois tuteurs." in (await browser.get(page(row, "envois/2"))).text
    assert (await browser.get(page(row, "envois/3"))).status_code == 404


@pytest.mark.usefixtures("engine")
async def test_the_copy_to_keep_gives_back_what_the_fingerprint_covers(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(page(row, "envoyer"), SIGNED)

    response = await browser.get(page(row, "export.json"))

    sent = response.json()["versions"][0]["sent"]
    canonical = json.dumps(sent, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert response.headers["content-disposition"].startswith("attachment")
    assert sha256(canonical.encode()).hexdigest() == (await versions(database))[0].fingerprint


@pytest.mark.usefixtures("engine")
async def test_a_complement_is_asked_written_and_sent_back(
    browser: Browser, row: Application, database: Database, application: FastAPI
) -> None:
    await browser.submit(page(row, "envoyer"), SIGNED)
    await ask_complements(database, application, row, browser.person_id)
    home = await browser.get(f"/candidatures/{row.id}")
    await browser.submit(page(row, "replication"), {"conditions": "Précisé."})

    response = await browser.submit(page(row, "envoyer"), SIGNED)

    assert "Joignez le relevé d'heures." in words_of(home.text)
    assert response.status_code == 303
    assert [one.answers["conditions"] for one in await versions(database)] == [
        COMPLETE["conditions"],
        "Précisé.",
    ]
    assert (await fresh(database, row)).status == Status.SUBMITTED
