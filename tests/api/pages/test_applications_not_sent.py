"""Every way in which an application does not leave: a sentence, and nothing changed."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.applications import Status
from domain.phases import Phase
from domain.refusals import Refusal
from storage.acts.waiting import settle_as_refused
from storage.database import Database
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_world import (
    COMPLETE,
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

SIGNED = {"signatory": "Nadia Chêne"}


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


async def test_an_engine_that_is_away_leaves_the_request_with_its_hour_and_the_file_says_so(
    browser: Browser, row: Application, database: Database
) -> None:
    fields = SIGNED | {"request_id": str(uuid4())}

    response = await browser.submit(page(row, "envoyer"), fields)
    shown = words_of((await browser.get(response.headers["location"])).text)

    asked = await requests_of(database, row)
    assert (response.status_code, response.headers["location"]) == (303, f"/candidatures/{row.id}")
    assert "elle est gardée avec cette heure et sera traitée dès que possible" in shown
    assert "Envoyée, en cours d'enregistrement" in shown
    assert "Vous n'avez rien à refaire" in shown
    assert "Brouillon" not in shown
    assert [(str(one.id), one.kind, one.settled, one.payload) for one in asked] == [
        (fields["request_id"], "submit", False, SIGNED)
    ]
    assert (await fresh(database, row)).status == Status.DRAFT


async def test_what_was_sent_and_refused_since_is_said_on_the_file(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(page(row, "envoyer"), SIGNED)
    [asked] = await requests_of(database, row)
    async with database.transaction() as session:
        await settle_as_refused(session, asked.id, Refusal("Il manque des réponses."))

    shown = words_of((await browser.get(f"/candidatures/{row.id}")).text)

    assert "n'a pas été pris" in shown
    assert "Il manque des réponses." in shown
    assert "Brouillon" in shown


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
            for name in ("relecture", "recepisse", "envois/1", "export.json")
        ],
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404, 404]
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
