"""What the operator reads: every logger in one form, and nothing about anybody."""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from embedded.ports import free_ports
from logs import configure_logs, hidden
from settings import ROOT, Environment, Settings
from storage.database import Database
from storage.tables.letters import Letter
from tests.browser import Browser
from tests.plain_logs import draw_plainly

SECRET = "a secret of our own, long enough"  # noqa: S105  (of a test)
# The imports of the application alone may take 20 s on a machine that is very busy.
PATIENCE = 90.0
LEA = "lea.martin@exemple.fr"


@pytest.fixture
def said() -> Iterator[StringIO]:
    """What production writes, for as long as the test lasts."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = StringIO()
    production = Settings(environment=Environment.PRODUCTION, secret_key=SecretStr(SECRET))
    configure_logs(production, stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    draw_plainly()


def lines(said: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


async def test_signing_in_leaves_neither_the_link_nor_the_address(
    said: StringIO, client: Browser, database: Database
) -> None:
    await client.get(f"/connexion?next=/mon-espace&email={LEA}")
    await client.submit("/connexion", {"email": LEA, "next": "/mon-espace"})
    async with database.transaction() as session:
        letter = (await session.execute(select(Letter))).scalar_one()
    path = letter.facts["token_path"]
    await client.get(path)
    came_in = await client.submit(path, {"name": "Léa Martin"})

    written = said.getvalue()
    assert came_in.status_code == 303
    assert [path.removeprefix("/connexion/") in written, "lea" in written.lower()] == [False] * 2
    assert [(each["route"], each["status"]) for each in lines(said) if "route" in each] == [
        ("/connexion", 200),
        ("/connexion", 200),
        ("/connexion/{token}", 200),
        ("/connexion/{token}", 303),
    ]


async def test_a_request_is_written_down_with_the_ids_that_it_names(
    said: StringIO, client: Browser
) -> None:
    named = "0b7c1f0e-6a58-4c6e-9d0c-0d7b3a3a6a11"

    await client.get(f"/candidatures/{named}?depuis=lettre")

    (line,) = lines(said)
    assert {name: line[name] for name in ("event", "method", "status", "application_id")} == {
        "event": "answered",
        "method": "GET",
        "status": 303,
        "application_id": named,
    }
    assert "lettre" not in said.getvalue()


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/api/v1/cycles/2027:REG-84?after=x", "/api/v1/cycles/{cycle}"),
        ("/api/v1/openapi.json", "/api/v1/openapi.json"),
        ("/palmares", "/palmares"),
        ("/jean-dupont", ""),
    ],
    ids=["program", "description", "page", "nowhere"],
)
async def test_a_request_is_known_by_its_whole_route(
    said: StringIO, client: Browser, path: str, route: str
) -> None:
    await client.get(path)

    (line,) = lines(said)
    assert line["route"] == route


async def test_a_failure_says_where_and_never_with_what(
    said: StringIO, application: FastAPI
) -> None:
    def fail() -> None:
        message = f"Key (email)=({LEA}) of Léa Martin already exists"
        raise ValueError(message)

    application.add_api_route("/essai", fail)
    application.state.settings = application.state.settings.model_copy(
        update={"environment": Environment.PRODUCTION}
    )
    async with Browser(application) as browser:
        answer = await browser.get("/essai")

    failed = next(line for line in lines(said) if line["event"] == "request_failed")
    assert (answer.status_code, failed["kind"], failed["route"]) == (500, "ValueError", "/essai")
    assert "in fail" in failed["at"][-1]
    assert "Martin" not in said.getvalue()


@pytest.mark.parametrize("name", ["uvicorn.error", "temporalio.activity", "asyncio", "alembic"])
def test_libraries_speak_in_the_same_lines(said: StringIO, name: str) -> None:
    def fail() -> None:
        message = f"no row for {LEA}"
        raise LookupError(message)

    try:
        fail()
    except LookupError:
        logging.getLogger(name).exception("It failed for %s", LEA)

    (line,) = lines(said)
    assert {each: line[each] for each in ("event", "logger", "level", "kind")} == {
        "event": "It failed for <…>",
        "logger": name,
        "level": "error",
        "kind": "LookupError",
    }
    assert LEA not in said.getvalue()


def test_the_access_log_of_the_server_is_silent_and_so_are_questions_to_registers(
    said: StringIO,
) -> None:
    logging.getLogger("uvicorn.access").info('"GET /connexion/abc?email=x HTTP/1.1" 200')
    logging.getLogger("httpx").info("HTTP Request: GET https://registre.example/search?q=Martin")

    assert said.getvalue() == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("to lea.martin+prix@mail.exemple.fr.", "to <…>."),
        ("http://x.fr/connexion/IjEyMyI.abc-def", "http://x.fr/connexion/…"),
        ("GET /palmares?q=Martin HTTP/1.1", "GET /palmares?… HTTP/1.1"),
        ("https://x.fr/a?b=c&d=e", "https://x.fr/a?…"),
        ("postgresql://trophees:hush@base/trophees", "postgresql://trophees:…@base/trophees"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer …"),
        ("IjBiN2MxZjBlNmE1ODRjNmUi.Zk3cQ0Jd5mYJtF9nQm1k2p3w", "…"),
        ("application:0b7c1f0e-6a58-4c6e-9d0c-0d7b3a3a6a11", None),
        ("Is it well? Yes: 3/4 of 2027:REG-84", None),
        ('File "/app/storage/acts/applications.py", line 12, in settle', None),
    ],
)
def test_what_no_log_may_keep_is_hidden_and_the_rest_is_not(written: str, read: str | None) -> None:
    assert hidden(written) == (read or written)


def test_a_served_application_writes_one_json_line_after_another(database_url: str) -> None:
    (port,) = free_ports(1)
    environment = {
        **os.environ,
        "TROPHEES_ENVIRONMENT": "production",
        "TROPHEES_SECRET_KEY": SECRET,
        "TROPHEES_DATABASE_URL": database_url,
        "TROPHEES_TEMPORAL_ADDRESS": "127.0.0.1:1",
        "TROPHEES_WEB_PORT": str(port),
    }
    command = [sys.executable, "-m", "cli", "serve"]
    with subprocess.Popen(  # noqa: S603  (our own command)
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as served:
        try:
            until = time.monotonic() + PATIENCE
            while not _answers(port):
                assert time.monotonic() < until, "the application does not answer"
                time.sleep(0.1)
            httpx.get(f"http://127.0.0.1:{port}/connexion/IjEy.abcdef?email={LEA}", timeout=30)
        finally:
            served.terminate()
        written, _ = served.communicate(timeout=30)

    heard = [json.loads(line) for line in written.decode().splitlines()]
    events = [each["event"] for each in heard]
    assert ("Application startup complete." in events, "answered" in events) == (True, True)
    assert [word in written.decode() for word in (LEA, "abcdef", SECRET)] == [False] * 3


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=5).is_success
    except httpx.HTTPError:
        return False
