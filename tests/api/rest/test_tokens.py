from datetime import timedelta

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from api.clock import system_clock
from settings import Environment, Settings
from storage.api_tokens import Narrowing
from storage.database import Database
from tests.api.rest.conftest import give_key
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.conftest import API_TOKEN, SignIn

PRIVATE = (
    ("GET", "/api/v1/editions"),
    ("GET", "/api/v1/editions/2027"),
    ("POST", "/api/v1/editions"),
    ("GET", "/api/v1/cycles"),
    ("GET", "/api/v1/cycles/2027:REG-84"),
    ("POST", "/api/v1/cycles"),
    ("POST", "/api/v1/cycles/2027:REG-84/end-phase"),
    ("POST", "/api/v1/cycles/2027:REG-84/dates"),
    ("POST", "/api/v1/cycles/2027:REG-84/cancel"),
    ("GET", "/api/v1/cycles/2027:REG-84/jurors"),
    ("POST", "/api/v1/cycles/2027:REG-84/jurors"),
    ("POST", "/api/v1/cycles/2027:REG-84/jurors/import"),
    ("GET", "/api/v1/cycles/2027:REG-84/letters"),
    ("GET", "/api/v1/applications?cycle=2027:REG-84"),
    ("POST", "/api/v1/login-links"),
)


@pytest.mark.parametrize(("method", "path"), PRIVATE)
async def test_nothing_is_said_without_a_token(client: Browser, method: str, path: str) -> None:
    answer = await client.request(method, path)

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["title"] == "Connexion nécessaire"


async def test_a_wrong_token_is_no_token(client: Browser) -> None:
    client.headers["Authorization"] = "Bearer nonsense"

    assert (await client.get("/api/v1/cycles")).status_code == 401


async def test_the_session_of_a_browser_is_no_token(signed_in: SignIn) -> None:
    browser = await signed_in("lea@exemple.fr", organises_everything=True)

    assert (await browser.get("/api/v1/cycles")).status_code == 401


async def test_the_key_of_development_opens_nothing_in_production(configured: Settings) -> None:
    public = configured.model_copy(
        update={
            "environment": Environment.PRODUCTION,
            "secret_key": SecretStr("a secret of our own, long enough"),
        }
    )
    app = create_app(public)

    async with app.router.lifespan_context(app), Browser(app) as browser:
        browser.headers["Authorization"] = f"Bearer {API_TOKEN}"
        answer = await browser.get("/api/v1/cycles")

    assert answer.status_code == 401


async def test_a_token_ends(client: Browser, database: Database, application: FastAPI) -> None:
    await give_key(database, client)
    before = await client.get("/api/v1/cycles")

    application.state.clock = lambda: system_clock() + timedelta(days=365)
    after = await client.get("/api/v1/cycles")

    assert [before.status_code, after.status_code] == [200, 401]


async def test_a_cycle_that_one_does_not_organise_does_not_exist(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    await give_key(database, client)

    answers = [
        await client.request(method, path)
        for method, path in (
            ("GET", f"/api/v1/cycles/{cycle.code}"),
            ("GET", f"/api/v1/cycles/{cycle.id}"),
            ("GET", f"/api/v1/cycles/{cycle.code}/jurors"),
            ("GET", f"/api/v1/cycles/{cycle.code}/letters"),
            ("GET", f"/api/v1/applications?cycle={cycle.code}"),
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert (await client.get("/api/v1/cycles")).json() == {"items": [], "next": None}


async def test_a_territorial_organiser_opens_neither_editions_nor_cycles(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    await give_key(database, client, [cycle.id])

    edition = await client.post("/api/v1/editions", json={"template": "sample-small"})
    opened = await client.post("/api/v1/cycles", json={"edition": "2027", "territory": "REG-53"})

    assert [edition.status_code, opened.status_code] == [403, 403]
    assert edition.json()["detail"] == "Seule l’organisation nationale peut faire cela."


async def test_a_key_for_reading_only_reads_and_does_nothing(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    await give_key(database, client, [None], Narrowing(reads_only=True))

    read = await client.get(f"/api/v1/cycles/{cycle.code}")
    done = await client.post(f"/api/v1/cycles/{cycle.code}/cancel", json={"reason": "Essai"})

    assert (read.status_code, done.status_code) == (200, 403)
    assert done.json()["detail"].startswith("Cette clé ne permet que de lire.")


async def test_a_key_of_one_edition_opens_no_other(client: Browser, database: Database) -> None:
    async with database.transaction() as session:
        here = await a_cycle(session)
        elsewhere = await a_cycle(session, edition=await an_edition(session, year=2028))
    await give_key(database, client, [None], Narrowing(edition_id=here.edition_id))

    codes = [each["code"] for each in (await client.get("/api/v1/cycles")).json()["items"]]
    statuses = [
        (await client.get(f"/api/v1/cycles/{code}")).status_code
        for code in (here.code, elsewhere.code)
    ]

    opened = await client.post("/api/v1/cycles", json={"edition": "2027", "territory": "REG-53"})
    assert (codes, statuses, opened.status_code) == ([here.code], [200, 404], 403)
