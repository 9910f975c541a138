"""The files that support a report: their content decides, their company alone opens them."""

import pytest

from domain.charter.evidence import LIMITS
from settings import Settings
from storage.database import Database
from storage.drafts.attachments import path_of
from tests.api.pages.company_world import words_of
from tests.api.pages.report_world import (
    ADA,
    Due,
    a_due_report,
    complete,
    evidence_of,
    put_report,
)
from tests.browser import Browser
from tests.conftest import SignIn
from tests.pdfs import a_pdf, locked

PDF = a_pdf("Heures réalisées : 1 200")


@pytest.fixture
async def due(database: Database) -> Due:
    return await a_due_report(database, answers=complete())


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(ADA, name="Ada Martin")


async def join(
    browser: Browser, due: Due, content: bytes = PDF, indicator: str = "I5.1"
) -> tuple[int, str]:
    answer = await browser.submit(
        f"{due.url}/pieces", {"indicator": indicator}, {"file": ("état.pdf", content)}
    )
    return answer.status_code, answer.text


async def test_a_file_is_joined_opened_and_taken_out(
    database: Database, configured: Settings, ada: Browser, due: Due
) -> None:
    joined = await join(ada, due)
    (file,) = await evidence_of(database, due)
    opened = await ada.get(f"{due.url}/pieces/{file.id}")
    listed = await ada.get(f"{due.url}/relecture")
    taken = await ada.submit(f"{due.url}/pieces/{file.id}/retirer")

    assert (joined[0], opened.content, taken.status_code) == (303, PDF, 303)
    assert opened.headers["content-disposition"].startswith("attachment")
    assert (file.indicator, file.name, file.report_id) == ("I5.1", "état.pdf", due.report.id)
    assert path_of(configured.uploads, file.id).read_bytes() == PDF
    assert "état.pdf" in words_of(listed.text)
    assert (await ada.get(f"{due.url}/pieces/{file.id}")).status_code == 404
    assert [each.removed_at is None for each in await evidence_of(database, due)] == [False]


@pytest.mark.parametrize(
    ("content", "indicator", "status", "sentence"),
    [
        pytest.param(b"nom;prenom\n", "I5.1", 422, "format accepté", id="a table of people"),
        pytest.param(b"", "I5.1", 422, "vide", id="empty"),
        pytest.param(PDF + b"x" * LIMITS.bytes_each, "I5.1", 413, "trop lourd", id="too heavy"),
        pytest.param(
            a_pdf("BENALI Karim", "DUPONT Claire", "MARTIN Ada"),
            "I5.1",
            422,
            "ressemble à une liste de personnes",
            id="names in a PDF",
        ),
        pytest.param(locked(PDF, "secret"), "I5.1", 422, "mot de passe", id="locked"),
        pytest.param(b"%PDF-1.7 rien", "I5.1", 422, "ne peut pas être lu", id="broken"),
        pytest.param(PDF, "I7.1", 422, "Choisissez l’indicateur", id="another indicator"),
    ],
)
async def test_what_may_not_be_joined_is_refused_with_a_sentence(
    database: Database,
    configured: Settings,
    ada: Browser,
    due: Due,
    content: bytes,
    indicator: str,
    status: int,
    sentence: str,
) -> None:
    answer = await join(ada, due, content, indicator)

    assert answer[0] == status
    assert sentence.replace("’", "'") in words_of(answer[1]).replace("’", "'")
    assert await evidence_of(database, due) == []
    assert [each for each in configured.uploads.rglob("*") if each.is_file()] == []


async def test_the_page_says_that_no_name_is_joined(ada: Browser, due: Due) -> None:
    shown = await ada.get(f"{due.url}/pieces")

    assert "Aucun nom de personne accompagnée" in words_of(shown.text)


async def test_the_same_file_is_joined_once(database: Database, ada: Browser, due: Due) -> None:
    await join(ada, due)

    await join(ada, due)

    assert len(await evidence_of(database, due)) == 1


async def test_nothing_is_joined_or_taken_out_once_it_is_sent(
    database: Database, ada: Browser, due: Due
) -> None:
    await join(ada, due)
    (file,) = await evidence_of(database, due)
    await put_report(database, due, step="depose", sent=complete(), submitted_at=file.added_at)

    answers = [
        await join(ada, due, a_pdf("Un autre total")),
        await ada.submit(f"{due.url}/pieces/{file.id}/retirer"),
    ]

    assert [each.removed_at for each in await evidence_of(database, due)] == [None]
    assert answers[0][0] == 303
    assert answers[1].status_code == 303


async def test_nobody_else_opens_a_file(
    database: Database, ada: Browser, due: Due, signed_in: SignIn
) -> None:
    await join(ada, due)
    (file,) = await evidence_of(database, due)
    stranger = await signed_in("curieux@ailleurs.example")

    assert (await stranger.get(f"{due.url}/pieces/{file.id}")).status_code == 404
    assert (await stranger.submit(f"{due.url}/pieces/{file.id}/retirer")).status_code == 404
    assert (await join(stranger, due))[0] == 404
    assert len(await evidence_of(database, due)) == 1
