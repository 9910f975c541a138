"""Who may open, join and take out the files of an application."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Conflict
from tests.api.pages.company_files import (
    JUROR,
    PDF,
    a_reader,
    attachments,
    join,
    send,
    url_of,
)
from tests.api.pages.company_world import (
    EDITOR,
    OWNER,
    STRANGER,
    a_call,
    a_member,
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


async def test_a_stranger_neither_opens_nor_joins_nor_takes_out(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    await send(database, row)
    kept = (await attachments(database))[0]
    stranger = await signed_in(STRANGER)

    answers = [
        (await stranger.get(f"{url_of(row)}/{kept.id}")).status_code,
        await join(stranger, row, "autre.pdf", PDF),
        (await stranger.submit(f"{url_of(row)}/{kept.id}/retirer")).status_code,
    ]

    assert answers == [404, 404, 404]
    assert [file.removed_at for file in await attachments(database)] == [None]


async def test_a_reader_of_the_company_opens_and_changes_nothing(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    await a_member(database, row, EDITOR, "reader")
    kept = (await attachments(database))[0]
    nadia = await signed_in(EDITOR)

    answers = [
        (await nadia.get(f"{url_of(row)}/{kept.id}")).status_code,
        await join(nadia, row, "autre.pdf", PDF + b"2"),
        (await nadia.submit(f"{url_of(row)}/{kept.id}/retirer")).status_code,
    ]

    assert answers == [200, 409, 409]
    assert [file.removed_at for file in await attachments(database)] == [None]


async def test_organisers_and_readers_of_the_jury_open_what_was_sent(
    browser: Browser, row: Application, database: Database, call: Cycle, signed_in: SignIn
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    kept = (await attachments(database))[0]
    await a_reader(database, call, row)
    others = [
        await signed_in(JUROR),
        await signed_in("orga@exemple.fr", organises=[call.id]),
        await signed_in("national@exemple.fr", organises_everything=True),
    ]

    before = [(await one.get(f"{url_of(row)}/{kept.id}")).status_code for one in others]
    await send(database, row)
    after = [(await one.get(f"{url_of(row)}/{kept.id}")).status_code for one in others]

    assert (before, after) == ([404, 404, 404], [200, 200, 200])


@pytest.mark.parametrize(
    "standing",
    [
        {"card": CardStatus.RECUSED},
        {"declared": False},
        {"status": JurorStatus.RELEASED},
    ],
    ids=["stood aside", "conflicts not declared", "released"],
)
async def test_a_juror_who_may_not_read_opens_nothing(
    browser: Browser,
    row: Application,
    database: Database,
    call: Cycle,
    signed_in: SignIn,
    standing: dict[str, Any],
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    await send(database, row)
    kept = (await attachments(database))[0]
    await a_reader(database, call, row, **standing)
    juror = await signed_in(JUROR)

    assert (await juror.get(f"{url_of(row)}/{kept.id}")).status_code == 404


async def test_a_juror_with_a_conflict_opens_nothing(
    browser: Browser, row: Application, database: Database, call: Cycle, signed_in: SignIn
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    await send(database, row)
    kept = (await attachments(database))[0]
    juror = await a_reader(database, call, row)
    async with database.transaction() as session:
        session.add(Conflict(juror_id=juror.id, application_id=row.id, at=datetime.now(UTC)))
    browser_of_juror = await signed_in(JUROR)

    assert (await browser_of_juror.get(f"{url_of(row)}/{kept.id}")).status_code == 404


async def test_a_file_of_another_application_is_not_found(
    browser: Browser, row: Application, database: Database, call: Cycle
) -> None:
    await join(browser, row, "lettre.pdf", PDF)
    kept = (await attachments(database))[0]
    other = await an_application_of(database, call, category="INN")

    assert (await browser.get(f"{url_of(other)}/{kept.id}")).status_code == 404
    assert (await browser.submit(f"{url_of(other)}/{kept.id}/retirer")).status_code == 404


async def test_after_closing_files_neither_come_nor_go(
    browser: Browser, database: Database
) -> None:
    call = await a_call(database, phase=Phase.SCREENING, left=timedelta(days=-1))
    row = await an_application_of(database, call, status=Status.SUBMITTED)

    response = await browser.submit(url_of(row), files={"file": ("lettre.pdf", PDF)})

    assert response.status_code == 409
    assert "Les candidatures sont closes" in words_of(response.text)
    assert await attachments(database) == []
