"""Files joined to an application: what is taken, what is refused, what is given back."""

import pytest

from settings import Settings
from storage.database import Database
from storage.drafts.attachments import path_of
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_files import (
    JPEG,
    PDF,
    PNG,
    attachments,
    join,
    send,
    url_of,
)
from tests.api.pages.company_world import (
    OWNER,
    a_call,
    an_application_of,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn


@pytest.fixture
async def call(database: Database) -> Cycle:
    return await a_call(database)


@pytest.fixture
async def row(database: Database, call: Cycle) -> Application:
    return await an_application_of(database, call)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("Relevé d'heures à Noël.pdf", PDF, "application/pdf"),
        ("atelier.JPG", JPEG, "image/jpeg"),
        ("schéma.png", PNG, "image/png"),
    ],
    ids=["pdf", "jpeg", "png"],
)
async def test_a_file_is_kept_with_its_name_and_given_back_as_it_came(
    browser: Browser,
    row: Application,
    database: Database,
    name: str,
    content: bytes,
    media_type: str,
) -> None:
    status = await join(browser, row, name, content)

    kept = (await attachments(database))[0]
    given = await browser.get(f"{url_of(row)}/{kept.id}")
    assert (status, kept.name, kept.size) == (303, name, len(content))
    assert (given.status_code, given.content) == (200, content)
    assert given.headers["content-type"] == media_type
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["x-content-type-options"] == "nosniff"


async def test_files_lie_outside_the_web_root_under_names_that_say_nothing(
    browser: Browser, row: Application, database: Database, configured: Settings
) -> None:
    await join(browser, row, "secret.pdf", PDF)

    kept = (await attachments(database))[0]
    lying = [path for path in configured.uploads.rglob("*") if path.is_file()]
    assert lying == [path_of(configured.uploads, kept.id)]
    assert "secret" not in str(lying[0].relative_to(configured.uploads))


@pytest.mark.parametrize(
    ("name", "content", "status", "sentence"),
    [
        ("vide.pdf", b"", 422, "Ce fichier est vide"),
        ("faux.pdf", b"<html>PDF</html>", 422, "n'est pas d'un format accepté"),
        ("note.docx", b"PK\x03\x04", 422, "n'est pas d'un format accepté (PDF, JPEG, PNG)"),
        ("lourd.pdf", PDF + b"0" * 10_000_000, 413, "10 Mo au plus par pièce"),
    ],
    ids=["empty", "a page called pdf", "a document", "too heavy"],
)
async def test_what_is_not_taken_is_said_and_leaves_nothing(
    browser: Browser,
    row: Application,
    database: Database,
    configured: Settings,
    name: str,
    content: bytes,
    status: int,
    sentence: str,
) -> None:
    response = await browser.submit(url_of(row), files={"file": (name, content)})

    assert response.status_code == status
    assert sentence in words_of(response.text)
    assert await attachments(database) == []
    assert [path for path in configured.uploads.rglob("*") if path.is_file()] == []


async def test_no_file_chosen_is_said(browser: Browser, row: Application) -> None:
    response = await browser.submit(url_of(row), {"file": ""})

    assert response.status_code == 422
    assert "Choisissez d'abord un fichier" in words_of(response.text)


@pytest.mark.parametrize("count", [2, 21, 120])
async def test_files_are_joined_one_at_a_time(
    browser: Browser, row: Application, database: Database, configured: Settings, count: int
) -> None:
    many = [("file", (f"{n}.pdf", PDF + str(n).encode())) for n in range(count)]

    response = await browser.submit(url_of(row), files=many)

    assert response.status_code == 422
    assert f"vous en avez envoyé {count}, aucune n'est jointe" in words_of(response.text)
    assert 'name="file"' in response.text
    assert await attachments(database) == []
    assert [path for path in configured.uploads.rglob("*") if path.is_file()] == []


async def test_five_files_are_all_that_is_taken(
    browser: Browser, row: Application, database: Database
) -> None:
    taken = [await join(browser, row, f"{n}.pdf", PDF + str(n).encode()) for n in range(5)]
    sixth = await browser.submit(url_of(row), files={"file": ("6.pdf", PDF + b"six")})

    assert (taken, sixth.status_code) == ([303] * 5, 422)
    assert "Vous avez déjà joint 5 pièces" in words_of(sixth.text)
    assert len(await attachments(database)) == 5


async def test_files_weigh_no_more_than_allowed_together(
    browser: Browser, row: Application, database: Database
) -> None:
    heavy = PDF + b"0" * 9_000_000
    taken = [await join(browser, row, f"{n}.pdf", heavy + str(n).encode()) for n in range(3)]

    assert taken == [303, 303, 413]
    assert len(await attachments(database)) == 2


async def test_the_same_file_twice_is_joined_once(
    browser: Browser, row: Application, database: Database, configured: Settings
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    again = await join(browser, row, "lettre.pdf", PDF)

    assert (again, len(await attachments(database))) == (303, 1)
    assert len([path for path in configured.uploads.rglob("*") if path.is_file()]) == 1


async def test_a_name_never_says_where_to_write(
    browser: Browser, row: Application, database: Database
) -> None:
    await join(browser, row, "../../etc/cron.d/nuit", PDF)

    assert (await attachments(database))[0].name == "nuit.pdf"


async def test_a_file_taken_out_is_no_longer_given(
    browser: Browser, row: Application, database: Database
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    kept = (await attachments(database))[0]

    removed = await browser.submit(f"{url_of(row)}/{kept.id}/retirer")
    again = await browser.submit(f"{url_of(row)}/{kept.id}/retirer")

    assert (removed.status_code, again.status_code) == (303, 404)
    assert (await browser.get(f"{url_of(row)}/{kept.id}")).status_code == 404


async def test_a_file_that_was_sent_stays_with_what_was_sent(
    browser: Browser, row: Application, database: Database
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    await send(database, row)
    kept = (await attachments(database))[0]

    await browser.submit(f"{url_of(row)}/{kept.id}/retirer")

    assert (await browser.get(f"{url_of(row)}/{kept.id}")).status_code == 200


async def test_files_are_shown_in_the_section_that_asks_for_them(
    browser: Browser, row: Application
) -> None:
    await join(browser, row, "lettre.pdf", PDF)

    shown = await browser.get(url_of(row))
    section = await browser.get(f"/candidatures/{row.id}/documents")

    assert shown.headers["location"] == f"/candidatures/{row.id}/documents"
    assert "lettre.pdf" in section.text


async def test_a_small_award_has_a_page_of_files_and_its_own_limits(
    browser: Browser, database: Database
) -> None:
    call = await a_call(database, template="sample-small")
    row = await an_application_of(database, call, category="EQUIPE")

    shown = await browser.get(url_of(row))
    refused = await browser.submit(url_of(row), files={"file": ("photo.png", PNG)})

    assert (shown.status_code, refused.status_code) == (200, 422)
    assert "(PDF)" in words_of(refused.text)
