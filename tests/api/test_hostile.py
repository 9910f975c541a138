"""Every address of the service, asked in every wrong way: a sentence each time, never a failure."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from fastapi import FastAPI

from storage.database import Database
from tests.browser import Browser
from tests.builders import a_card, a_cycle, a_juror, an_application
from tests.conftest import API_TOKEN, SignIn

METHODS = ("GET", "POST", "DELETE")
IDS = (
    "00000000-0000-0000-0000-000000000000",
    "%00",
    "..%2f..%2fetc%2fpasswd",
    "'; drop table person; --",
    "é" * 300,
)
BODIES = (
    ("application/json", b"{"),
    ("application/json", b'{"reason": "\\u0000", "request_id": "x"}'),
    ("application/json", b'{"email": "\\ud800@exemple.fr", "document": {"code": "\\ud800"}}'),
    ("application/x-www-form-urlencoded", b"email=%00&name=%ff&csrf_token=x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
    ("text/plain", b"\x00\xff"),
)

FIELDS = (
    *("reason", "request_id", "phase", "email", "name", "siret", "category", "cycle", "file"),
    *("year", "template", "territory", "calendar", "opens_at", "closes_at", "zone", "rules"),
    *("accepts", "maximum", "conflict", "none", "score.IMP", "comment.IMP", "summary", "present"),
    *("laureate", "nominees", "people_welcomed", "inclusive_spend", "code", "version", "page"),
)


def paths_of(router: Any, prefix: str = "") -> Iterator[str]:  # noqa: ANN401  (FastAPI keeps its tree to itself)
    """The addresses of the application, from the tree of its routers."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from paths_of(route.original_router, prefix + route.include_context.prefix)
        elif not route.path.startswith("/static"):
            yield prefix + route.path


@pytest.mark.parametrize("wrong", IDS)
async def test_no_address_fails_on_an_id_that_is_none(
    application: FastAPI, signed_in: SignIn, wrong: str
) -> None:
    browser = await signed_in("lea@exemple.fr", organises_everything=True)
    failed: list[str] = []

    for path in set(paths_of(application)):
        for method in METHODS:
            answer = await browser.request(method, re.sub(r"{[^}]*}", wrong, path))
            if answer.status_code >= 500:
                failed.append(f"{method} {path}")

    assert failed == []


@pytest.mark.parametrize(("media_type", "body"), BODIES)
async def test_no_address_fails_on_a_body_that_is_none(
    application: FastAPI, client: Browser, media_type: str, body: bytes
) -> None:
    client.headers["Authorization"] = f"Bearer {API_TOKEN}"
    failed: list[str] = []

    for path in set(paths_of(application)):
        answer = await client.post(
            re.sub(r"{[^}]*}", "2027:REG-84", path),
            content=body,
            headers={"content-type": media_type},
        )
        if answer.status_code >= 500:
            failed.append(path)

    assert failed == []


@pytest.mark.parametrize(
    "query", ["%00", "é", "-1", "99999999999999999999", "2027:REG-84", "x" * 5000]
)
async def test_no_address_fails_on_a_query_that_is_none(
    application: FastAPI, signed_in: SignIn, query: str
) -> None:
    browser = await signed_in("lea@exemple.fr", organises_everything=True)
    browser.headers["Authorization"] = f"Bearer {API_TOKEN}"
    names = ("page", "after", "cycle", "next", "status", "q", "year", "category", "state", "sort")
    wrong = "&".join(f"{name}={query}" for name in names)
    failed: list[str] = []

    for path in set(paths_of(application)):
        answer = await browser.get(f"{re.sub(r'{[^}]*}', '2027:REG-84', path)}?{wrong}")
        if answer.status_code >= 500:
            failed.append(path)

    assert failed == []


NONSENSE = (
    {},
    dict.fromkeys(FIELDS, ""),
    dict.fromkeys(FIELDS, "\x00\u2028é" * 3000),
    dict.fromkeys(FIELDS, "-1"),
    {name: ["a", "b"] for name in FIELDS},
)


@pytest.mark.parametrize("fields", NONSENSE, ids=("empty", "blank", "huge", "negative", "twice"))
async def test_no_page_fails_on_a_form_of_nonsense(
    application: FastAPI, signed_in: SignIn, database: Database, fields: dict[str, str | list[str]]
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        juror = await a_juror(session, cycle, email="lea@exemple.fr", is_chair=True)
        file = await an_application(session, cycle, by=juror.person_id)
        card = await a_card(session, juror, file)
    browser = await signed_in("lea@exemple.fr", organises_everything=True)
    real = {
        "application_id": str(file.id),
        "juror_id": str(juror.id),
        "card_id": str(card.id),
        "cycle_code": cycle.code,
        "section": "organisation",
        "decision": "refuser",
        "code": "QUA",
    }
    paths = sorted(set(paths_of(application)) - {"/deconnexion"})

    answers = [
        await ask(re.sub(r"{([^}]*)}", lambda name: real.get(name[1], str(file.id)), path))
        for path in paths
        for ask in (browser.get, partial(browser.submit, fields=fields))
    ]

    assert [str(answer.url) for answer in answers if answer.status_code >= 500] == []
