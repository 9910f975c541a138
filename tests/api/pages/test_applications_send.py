"""Sending an application: what it must hold, the receipt, and every way in which it does not leave."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import col, select
from temporalio.client import Client

from domain.applications import Act, Status
from domain.phases import Phase
from domain.wire.application import AskOfApplication
from settings import Settings
from storage.database import Database
from storage.requests import write_request
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import (
    COMPLETE,
    EDITOR,
    OWNER,
    STRANGER,
    a_call,
    a_member,
    an_application_of,
    fresh,
    hidden,
    requests_of,
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


async def test_missing_answers_keep_it_from_leaving_and_are_listed_with_their_pages(
    browser: Browser, database: Database, call: Cycle
) -> None:
    row = await an_application_of(database, call, answers=COMPLETE | {"need": "", "website": "x"})

    response = await browser.submit(page(row, "envoyer"), SIGNED)

    assert response.status_code == 422
    assert f'href="{page(row, "story")}#field-need"' in response.text
    assert f'href="{page(row, "organisation")}#field-website"' in response.text
    assert 'value="Nadia Chêne"' in response.text
    assert await requests_of(database, row) == []


async def test_a_signature_is_needed(
    browser: Browser, row: Application, database: Database
) -> None:
    response = await browser.submit(page(row, "envoyer"), {"signatory": "  "})

    assert response.status_code == 422
    assert "Indiquez le nom de la personne qui signe" in response.text
    assert await requests_of(database, row) == []


async def test_an_engine_that_is_away_leaves_the_request_with_its_hour(
    browser: Browser, row: Application, database: Database
) -> None:
    fields = SIGNED | {"request_id": str(uuid4())}

    response = await browser.submit(page(row, "envoyer"), fields)

    asked = await requests_of(database, row)
    assert response.status_code == 409
    assert "Votre demande est enregistrée avec son heure d'arrivée" in words_of(response.text)
    assert hidden(response.text, "request_id") == fields["request_id"]
    assert [(one.kind, one.settled, one.payload) for one in asked] == [("submit", False, SIGNED)]
    assert (await fresh(database, row)).status == Status.DRAFT


@pytest.mark.parametrize("role", ["editor", "reader"])
async def test_who_does_not_sign_does_not_send(
    row: Application, database: Database, signed_in: SignIn, role: str
) -> None:
    await a_member(database, row, EDITOR, role)
    nadia = await signed_in(EDITOR)

    response = await nadia.submit(page(row, "envoyer"), SIGNED)

    assert response.status_code == 409
    assert "peut l'envoyer" in words_of(response.text)
    assert await requests_of(database, row) == []


async def test_a_stranger_sends_reads_and_exports_nothing(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    stranger = await signed_in(STRANGER)

    answers = [
        await stranger.submit(page(row, "envoyer"), SIGNED),
        *[
            await stranger.get(page(row, name))
            for name in ("relecture", "recepisse", "export.json")
        ],
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert await requests_of(database, row) == []


async def test_after_closing_it_does_not_leave_and_says_why(
    browser: Browser, database: Database
) -> None:
    call = await a_call(database, phase=Phase.SCREENING, left=timedelta(days=-1))
    row = await an_application_of(database, call, answers=COMPLETE)

    response = await browser.submit(page(row, "envoyer"), SIGNED)

    assert response.status_code == 409
    assert "Les candidatures sont closes" in words_of(response.text)
    assert await requests_of(database, row) == []


async def test_a_form_without_its_token_sends_nothing(
    browser: Browser, row: Application, database: Database
) -> None:
    response = await browser.post(page(row, "envoyer"), data=SIGNED)

    assert response.status_code == 403
    assert await requests_of(database, row) == []


async def test_a_request_id_of_somebody_else_asks_for_nothing(
    browser: Browser, row: Application, database: Database, call: Cycle
) -> None:
    other = await an_application_of(database, call, answers=COMPLETE, category="INN")
    fields = SIGNED | {"request_id": str(uuid4())}
    async with database.transaction() as session:
        await write_request(
            session,
            request_id=UUID(fields["request_id"]),
            kind="submit",
            subject=f"application:{other.id}",
            by_person=browser.person_id,
        )

    response = await browser.submit(page(row, "envoyer"), fields)

    assert response.status_code == 404
    assert await requests_of(database, row) == []


async def test_before_anything_was_sent_the_receipt_leads_to_the_task_list(
    browser: Browser, row: Application
) -> None:
    response = await browser.get(page(row, "recepisse"))

    assert response.headers["location"] == f"/candidatures/{row.id}"
