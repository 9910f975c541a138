from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI

from storage.database import Database
from storage.editions import shipped_template
from tests.browser import Browser
from tests.builders import an_edition
from tests.counting import queries


def _document() -> dict[str, Any]:
    shipped = shipped_template("sample-small")
    assert shipped is not None
    return dict(shipped.document)


async def test_an_edition_opens_on_a_shipped_template(program: Browser) -> None:
    answer = await program.post(
        "/api/v1/editions", json={"template": "trophees-insertion", "year": 2027}
    )

    edition = answer.json()
    assert answer.status_code == 201
    assert (edition["code"], edition["year"]) == ("2027", 2027)
    assert edition["template"]["code"] == "trophees-insertion"


async def test_an_edition_opens_on_a_document(program: Browser) -> None:
    answer = await program.post("/api/v1/editions", json={"document": _document(), "year": 2028})

    assert (answer.status_code, answer.json()["code"]) == (201, "sample-small-2028")


@pytest.mark.parametrize(
    ("now", "year"),
    [
        pytest.param(datetime(2027, 6, 30, 15, 59, tzinfo=UTC), 2027, id="before the closing"),
        pytest.param(datetime(2027, 6, 30, 16, 0, tzinfo=UTC), 2028, id="after it"),
    ],
)
async def test_an_edition_is_of_the_next_year_that_can_be_held(
    program: Browser, application: FastAPI, now: datetime, year: int
) -> None:
    application.state.clock = lambda: now

    answer = await program.post("/api/v1/editions", json={"template": "trophees-insertion"})

    assert answer.json()["year"] == year


async def test_checking_opens_nothing(program: Browser) -> None:
    answer = await program.post("/api/v1/editions?dry_run=true", json={"document": _document()})

    assert (answer.status_code, answer.json()["code"]) == (200, "sample-small")
    assert (await program.get("/api/v1/editions")).json()["items"] == []


async def test_the_same_year_is_not_opened_twice(program: Browser) -> None:
    wanted = {"template": "trophees-insertion", "year": 2027}
    await program.post("/api/v1/editions", json=wanted)

    answer = await program.post("/api/v1/editions", json=wanted)

    assert answer.status_code == 409
    assert answer.json()["detail"] == "Il existe déjà une édition 2027."


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        pytest.param({}, "Donnez un document", id="nothing"),
        pytest.param({"template": "unknown"}, "Donnez un document", id="no such template"),
        pytest.param(
            {"document": _document() | {"surprise": 1}}, "unknown key “surprise”", id="a slip"
        ),
        pytest.param({"document": {"code": "\x00"}}, "", id="a null character"),
        pytest.param(
            {"document": _document() | {"code": "a/b"}}, "Le code d’une édition", id="a slash"
        ),
        pytest.param({"template": "sample-small", "year": 99}, "", id="a year of two digits"),
        pytest.param({"template": "sample-small", "yaer": 2027}, "", id="a field misspelt"),
    ],
)
async def test_a_wrong_edition_is_said_to_be_so(
    program: Browser, sent: dict[str, Any], detail: str
) -> None:
    answer = await program.post("/api/v1/editions", json=sent)

    assert answer.status_code == 422
    assert detail in answer.json()["detail"]
    assert (await program.get("/api/v1/editions")).json()["items"] == []


async def test_one_edition_is_read_by_its_code_or_its_id(
    program: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)

    by_code = await program.get("/api/v1/editions/2027")
    by_id = await program.get(f"/api/v1/editions/{edition.id}")

    assert by_code.json() == by_id.json()
    assert (await program.get("/api/v1/editions/2031")).status_code == 404


async def test_a_list_costs_the_same_at_one_and_at_three(
    program: Browser, database: Database
) -> None:
    await program.get("/api/v1/editions")
    costs: list[int] = []
    for year in (2027, 2028, 2029):
        async with database.transaction() as session:
            await an_edition(session, year=year)
        with queries(program.app) as counted:
            answer = await program.get("/api/v1/editions")
        costs.append(counted.count)

    assert [each["code"] for each in answer.json()["items"]] == ["2027", "2028", "2029"]
    assert costs[0] == costs[2]


async def test_a_long_list_is_read_page_by_page(program: Browser, database: Database) -> None:
    async with database.transaction() as session:
        for year in range(2027, 2027 + 60):
            await an_edition(session, year=year)

    first = (await program.get("/api/v1/editions")).json()
    second = (await program.get("/api/v1/editions", params={"after": first["next"]})).json()

    read = [each["year"] for each in first["items"] + second["items"]]
    assert (len(first["items"]), second["next"]) == (50, None)
    assert read == list(range(2027, 2087))


@pytest.mark.parametrize("mark", ["nonsense", "WzFd", "bnVsbA==", "é"])
async def test_a_mark_that_is_not_ours_is_refused(program: Browser, mark: str) -> None:
    answer = await program.get("/api/v1/editions", params={"after": mark})

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("Cette marque de page")
