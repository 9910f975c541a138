"""Forms whose letters no browser would send: the form is read, or said to be unreadable."""

import pytest

from storage.database import Database
from storage.tables.applications import Application
from tests.api.pages.company_world import OWNER, a_call, an_application_of, fresh
from tests.browser import Browser
from tests.conftest import SignIn


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER)


@pytest.fixture
async def row(database: Database) -> Application:
    return await an_application_of(database, await a_call(database))


def a_multipart(fields: dict[str, bytes]) -> bytes:
    """The body of a form as a browser writes it, with a boundary of ``x``."""
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in fields.items()
    )
    return b"".join(parts) + b"--x--\r\n"


@pytest.mark.parametrize(
    ("charset", "typed"),
    [("unicode_escape", rb"Un \ud800tuteur\x00"), ("utf-7", b"Un +2AA-tuteur")],
)
async def test_half_a_character_is_left_out_of_what_is_kept(
    browser: Browser, row: Application, database: Database, charset: str, typed: bytes
) -> None:
    body = a_multipart({"csrf_token": browser.csrf_token.encode(), "title": typed})

    answer = await browser.post(
        f"/candidatures/{row.id}/application",
        content=body,
        headers={"content-type": f"multipart/form-data; boundary=x; charset={charset}"},
    )

    kept = await fresh(database, row)
    assert (answer.status_code, kept.title) == (303, "Un tuteur")


@pytest.mark.parametrize("charset", ["undefined", "punycode"])
async def test_an_encoding_that_cannot_be_read_is_said_to_be_unreadable(
    browser: Browser, row: Application, database: Database, charset: str
) -> None:
    token = browser.csrf_token.encode()
    body = a_multipart({"csrf_token": token, "title": b"Un tuteur"})

    answer = await browser.post(
        f"/candidatures/{row.id}/application",
        content=body,
        headers={"content-type": f"multipart/form-data; boundary=x; charset={charset}"},
    )

    kept = await fresh(database, row)
    assert (answer.status_code, kept.answers) == (400, row.answers)


async def test_a_field_that_nobody_types_is_said_to_be_too_large(
    browser: Browser, row: Application, database: Database
) -> None:
    answer = await browser.submit(f"/candidatures/{row.id}/application", {"title": "x" * 1_000_001})

    kept = await fresh(database, row)
    assert (answer.status_code, kept.answers) == (413, row.answers)
