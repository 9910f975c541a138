"""Keys of the API: issued once, listed by reference, revoked at once."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from api.clock import system_clock
from api.security import fingerprint
from embedded.postgres import Server
from storage.database import Database
from storage.organisers import let_organise
from storage.tables.people import ApiToken
from tests.browser import Browser
from tests.commands.conftest import Trophees

LEA = "lea@exemple.fr"


@pytest.fixture
async def lea(database: Database) -> str:
    async with database.transaction() as session:
        await let_organise(session, LEA, "Léa Martin")
    return LEA


async def test_a_key_is_printed_once_and_opens_the_api(
    trophees: Trophees, lea: str, client: Browser, database: Database
) -> None:
    done = await trophees("token", "issue", lea, "--name", "Tableau de bord", "--days", "90")

    key = done.stdout.strip()
    client.headers["Authorization"] = f"Bearer {key}"
    assert (done.exit_code, (await client.get("/api/v1/cycles")).status_code) == (0, 200)
    assert key not in done.stderr
    async with database.transaction() as session:
        kept = (await session.execute(select(ApiToken))).scalar_one()
    assert (kept.fingerprint, kept.name) == (fingerprint(key), "Tableau de bord")


async def test_a_key_holds_as_many_days_as_were_said(
    trophees: Trophees, lea: str, client: Browser, application: FastAPI
) -> None:
    done = await trophees("token", "issue", lea, "--name", "Tableau de bord", "--days", "2")
    client.headers["Authorization"] = f"Bearer {done.stdout.strip()}"

    seen: list[int] = []
    for hours in (47, 49):
        application.state.clock = lambda hours=hours: system_clock() + timedelta(hours=hours)
        seen.append((await client.get("/api/v1/cycles")).status_code)

    assert seen == [200, 401]


async def test_the_list_says_everything_but_the_key(trophees: Trophees, lea: str) -> None:
    key = (await trophees("token", "issue", lea, "--name", "Tableau de bord")).stdout.strip()

    listed = await trophees("token", "list")

    title, line = listed.stdout.splitlines()
    assert title.split() == [
        "reference",
        "name",
        "in",
        "the",
        "name",
        "of",
        "may",
        "issued",
        "until",
    ]
    assert line.split()[:5] == [fingerprint(key)[:12], "Tableau", "de", "bord", LEA]
    assert key not in listed.output


async def test_a_list_without_keys_says_how_to_make_one(trophees: Trophees) -> None:
    assert (await trophees("token", "list")).stdout == (
        "There is no key yet: make one with `trophees token issue`.\n"
    )


async def test_a_revoked_key_opens_nothing_and_the_others_still_do(
    trophees: Trophees, lea: str, client: Browser
) -> None:
    first, second = [
        (await trophees("token", "issue", lea, "--name", name)).stdout.strip()
        for name in ("un", "deux")
    ]

    done = await trophees("token", "revoke", fingerprint(first)[:12])

    seen: list[int] = []
    for key in (first, second):
        client.headers["Authorization"] = f"Bearer {key}"
        seen.append((await client.get("/api/v1/cycles")).status_code)
    assert (done.stdout, seen) == ("✓ The key “un” opens nothing any more.\n", [401, 200])


@pytest.mark.parametrize("reference", ["", "4be1c06f5d2a", "%", "____________"])
async def test_a_reference_of_no_key_revokes_none(
    trophees: Trophees, lea: str, reference: str
) -> None:
    await trophees("token", "issue", lea, "--name", "un")

    done = await trophees("token", "revoke", reference)

    assert (done.exit_code, len((await trophees("token", "list")).stdout.splitlines())) == (1, 2)
    assert "see `trophees token list`" in done.stderr


async def test_who_organises_nothing_gets_no_key(trophees: Trophees) -> None:
    done = await trophees("token", "issue", "inconnu@exemple.fr", "--name", "un")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "✗ inconnu@exemple.fr organises nothing yet: give the right first, "
        "`trophees organiser inconnu@exemple.fr`.\n"
    )


async def test_a_key_says_what_it_is_for(trophees: Trophees, lea: str) -> None:
    done = await trophees("token", "issue", lea, "--name", " ")

    assert (done.exit_code, "what the key is for" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "words",
    [("token", "list"), ("organiser", LEA), ("migrate",)],
    ids=" ".join,
)
async def test_a_database_that_is_away_is_said(
    trophees: Trophees, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TROPHEES_DATABASE_URL", "postgresql+asyncpg://x@127.0.0.1:9/none")

    done = await trophees(*words)

    assert done.exit_code == 1
    assert done.stderr.startswith("✗ The database does not answer (")
    assert done.stderr.endswith("start it, or set TROPHEES_DATABASE_URL.\n")


async def test_a_database_without_tables_is_said(
    trophees: Trophees, postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TROPHEES_DATABASE_URL", postgres_server.url)

    done = await trophees("token", "list")

    assert (done.exit_code, done.stderr) == (
        1,
        "✗ The database is not at the version of this code: run `trophees migrate`.\n",
    )
