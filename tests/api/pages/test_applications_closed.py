"""Who may not write in a section, and when nobody may any more."""

from datetime import timedelta

import pytest

from domain.applications import Status
from domain.phases import Phase
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.api.pages.company_world import (
    BOREALE,
    EDITOR,
    OWNER,
    STRANGER,
    a_call,
    a_member,
    an_application_of,
    fresh,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn

REPLICATION = {"conditions": "Un atelier.", "shared_tools": "https://outils.example/guide"}


@pytest.fixture
async def call(database: Database) -> Cycle:
    return await a_call(database)


@pytest.fixture
async def row(database: Database, call: Cycle) -> Application:
    return await an_application_of(database, call)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(row: Application, section: str = "replication") -> str:
    return f"/candidatures/{row.id}/{section}"


async def test_a_stranger_finds_nothing(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    stranger = await signed_in(STRANGER)

    answers = [
        await stranger.get(page(row)),
        await stranger.submit(page(row), REPLICATION),
        await stranger.submit(f"{page(row)}/brouillon", REPLICATION),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await fresh(database, row)).answers == {"siret": BOREALE}


async def test_nobody_writes_without_signing_in(client: Browser, row: Application) -> None:
    shown = await client.get(page(row))
    sent = await client.submit(page(row), REPLICATION)

    assert (shown.status_code, sent.status_code) == (303, 403)


async def test_a_colleague_who_reads_does_not_write(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    await a_member(database, row, EDITOR, "reader")
    nadia = await signed_in(EDITOR)

    shown = await nadia.get(page(row))
    sent = await nadia.submit(page(row), REPLICATION)

    assert (shown.status_code, sent.status_code) == (200, 409)
    assert "Vous pouvez lire ce dossier, pas le modifier" in words_of(shown.text)
    assert "<textarea" not in shown.text
    assert (await fresh(database, row)).answers == {"siret": BOREALE}


async def test_a_section_of_another_category_is_not_found(
    browser: Browser, row: Application
) -> None:
    assert (await browser.get(page(row, "partnership"))).status_code == 404
    assert (await browser.get(page(row, "nulle-part"))).status_code == 404


async def test_a_form_without_its_token_saves_nothing(
    browser: Browser, row: Application, database: Database
) -> None:
    response = await browser.post(page(row), data=REPLICATION)

    assert response.status_code == 403
    assert (await fresh(database, row)).answers == {"siret": BOREALE}


@pytest.mark.parametrize(
    ("status", "phase", "left", "sentence"),
    [
        (Status.DRAFT, Phase.OPEN, timedelta(hours=-1), "Les candidatures sont closes"),
        (Status.SUBMITTED, Phase.SCREENING, timedelta(days=-1), "Les candidatures sont closes"),
        (Status.ADMITTED, Phase.EVALUATION, timedelta(days=-9), "figée pour le jury"),
        (Status.LAPSED, Phase.SCREENING, timedelta(days=-1), "n'a pas été envoyé"),
        (Status.WITHDRAWN, Phase.OPEN, timedelta(days=5), "a été retirée"),
        (Status.REFUSED, Phase.SCREENING, timedelta(days=-2), "n'a pas été déclarée recevable"),
    ],
    ids=["late draft", "sent and closed", "admitted", "lapsed", "withdrawn", "refused"],
)
async def test_a_closed_draft_stays_readable_and_says_why_it_does_not_change(
    browser: Browser,
    database: Database,
    status: Status,
    phase: Phase,
    left: timedelta,
    sentence: str,
) -> None:
    call = await a_call(database, phase=phase, left=left)
    answers = {"siret": BOREALE, "conditions": "Déjà écrit."}
    row = await an_application_of(database, call, status=status, answers=answers)

    shown = await browser.get(page(row))
    sent = await browser.submit(page(row), {"conditions": "Trop tard."})
    quietly = await browser.submit(f"{page(row)}/brouillon", {"conditions": "Trop tard."})

    assert (shown.status_code, sent.status_code, quietly.status_code) == (200, 409, 422)
    assert sentence in words_of(shown.text)
    assert "Déjà écrit." in shown.text
    assert sentence in words_of(sent.text)
    assert "Trop tard." in sent.text
    assert (await fresh(database, row)).answers == answers


async def test_the_technical_tolerance_still_takes_what_was_open(
    browser: Browser, database: Database
) -> None:
    call = await a_call(database, left=timedelta(minutes=-5))
    row = await an_application_of(database, call)

    response = await browser.submit(page(row), REPLICATION)

    assert response.status_code == 303


async def test_a_complement_is_written_until_its_date(browser: Browser, database: Database) -> None:
    call = await a_call(database, phase=Phase.SCREENING, left=timedelta(days=-3))
    row = await an_application_of(database, call, status=Status.COMPLEMENTS)
    async with database.transaction() as session:
        (await session.get_one(Application, row.id)).complements_until = row.created_at + timedelta(
            days=1
        )

    in_time = await browser.submit(page(row), REPLICATION)
    async with database.transaction() as session:
        (await session.get_one(Application, row.id)).complements_until = row.created_at - timedelta(
            days=1
        )
    late = await browser.submit(page(row), REPLICATION | {"conditions": "Trop tard."})

    assert (in_time.status_code, late.status_code) == (303, 409)
    assert (await fresh(database, row)).answers["conditions"] == REPLICATION["conditions"]


async def test_after_sending_the_page_says_that_changes_do_not_count_yet(
    browser: Browser, database: Database, call: Cycle
) -> None:
    row = await an_application_of(database, call, status=Status.SUBMITTED)

    shown = await browser.get(page(row))

    assert "Ce que vous changez ici ne comptera qu'une fois renvoyé" in words_of(shown.text)
