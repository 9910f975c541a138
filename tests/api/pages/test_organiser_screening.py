"""Screening: read a file, then admit, refuse or ask once for more, alone or together."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.applications import Status
from domain.phases import Phase
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application, Screening
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.desk_world import (
    ORGANISER,
    a_cycle_in,
    a_sent_file,
    goes_on,
    status_of,
)
from tests.browser import Browser
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.SCREENING)


@pytest.fixture
async def file(database: Database, cycle: Cycle) -> Application:
    async with database.transaction() as session:
        return await a_sent_file(session, cycle)


@pytest.fixture
async def browser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


@pytest.fixture
async def begun(
    engine: Postbox, application: FastAPI, cycle: Cycle, file: Application
) -> Application:
    """The same file, with its workflow running and workers behind it."""
    assert engine.host
    await goes_on(application.state.engine, cycle, file)
    return file


@pytest.fixture
def page(cycle: Cycle, file: Application) -> str:
    return f"/organisation/{cycle.code}/candidatures/{file.id}"


async def test_the_file_shows_what_was_sent_and_what_every_rule_says(
    browser: Browser, page: str
) -> None:
    shown = await browser.get(page)

    words = words_of(shown.text)
    assert "Une menuiserie de 42 personnes." in words
    assert "L'établissement figure au répertoire public." in words
    assert "La structure existe depuis 12 mois." in words


async def test_a_draft_is_not_read_over_the_shoulder_of_its_company(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        draft = await a_sent_file(
            session, cycle, status=Status.DRAFT, answers={"presentation": "Pas encore prêt."}
        )
        draft.version = 0

    shown = await browser.get(f"/organisation/{cycle.code}/candidatures/{draft.id}")

    assert "Pas encore prêt." not in shown.text


async def test_admitting_writes_to_the_company(
    browser: Browser, database: Database, begun: Application, page: str
) -> None:

    done = await browser.submit(f"{page}/recevable", {"request_id": str(uuid4()), "note": ""})

    assert done.headers["location"] == page
    assert await status_of(database, begun.id) == Status.ADMITTED
    assert await _kinds(database) == ["application_admitted"]


@pytest.mark.usefixtures("begun")
async def test_the_same_form_sent_twice_decides_once(
    browser: Browser, database: Database, page: str
) -> None:
    form = {"request_id": str(uuid4()), "note": "Pièces vues."}

    answers = [await browser.submit(f"{page}/recevable", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await _decisions(database) == [("admit", "Pièces vues.")]


async def test_refusing_keeps_the_rules_and_the_words(
    browser: Browser, database: Database, begun: Application, page: str
) -> None:
    form = {"request_id": str(uuid4()), "rules": ["R03"], "reason": "Trop jeune."}

    await browser.submit(f"{page}/non-recevable", form)

    assert await status_of(database, begun.id) == Status.REFUSED
    async with database.transaction() as session:
        kept = (await session.execute(select(Screening))).scalar_one()
    assert (kept.rules, kept.reason) == (["R03"], "Trop jeune.")


async def test_a_complement_is_asked_once_with_its_date(
    browser: Browser, database: Database, begun: Application, page: str
) -> None:
    form = {"request_id": str(uuid4()), "missing": "Le relevé d'heures."}

    await browser.submit(f"{page}/complements", form)

    assert await status_of(database, begun.id) == Status.COMPLEMENTS
    shown = words_of((await browser.get(page)).text)
    assert "Complément attendu" in shown
    assert "Demander ce complément" not in shown


@pytest.mark.parametrize(
    ("decision", "form", "said"),
    [
        ("non-recevable", {"reason": "Trop jeune."}, "Cochez au moins une règle"),
        ("non-recevable", {"rules": ["R03"], "reason": " "}, "Écrivez le motif"),
        ("complements", {"missing": ""}, "Écrivez ce qui manque"),
        ("recevable", {"note": "x" * 2001}, "Ce texte est trop long"),
    ],
    ids=["no rule", "no reason", "nothing missing", "too long"],
)
async def test_a_decision_without_its_words_is_sent_back_with_what_was_typed(
    browser: Browser,
    database: Database,
    file: Application,
    page: str,
    decision: str,
    form: dict[str, str | list[str]],
    said: str,
) -> None:
    shown = await browser.submit(f"{page}/{decision}", form)

    assert shown.status_code == 422
    assert said in words_of(shown.text)
    assert all(str(value) in shown.text for value in form.values() if isinstance(value, str))
    assert await status_of(database, file.id) == Status.SUBMITTED


async def test_a_file_that_was_decided_meanwhile_says_so(
    browser: Browser, database: Database, begun: Application, page: str
) -> None:
    await browser.submit(f"{page}/recevable", {"request_id": str(uuid4())})

    late = {"request_id": str(uuid4()), "rules": ["R03"], "reason": "Trop jeune."}
    shown = await browser.submit(f"{page}/non-recevable", late)

    assert shown.status_code == 409
    assert "Cette candidature n'attend plus de décision de recevabilité." in words_of(shown.text)
    assert await status_of(database, begun.id) == Status.ADMITTED


async def test_when_the_engine_is_away_nothing_is_lost_and_the_page_says_so(
    browser: Browser, database: Database, file: Application, page: str
) -> None:
    form = {"request_id": str(uuid4()), "note": "Vu avec la préfecture."}

    shown = await browser.submit(f"{page}/recevable", form)

    assert shown.status_code == 409
    assert "Vu avec la préfecture." in shown.text
    assert hidden(shown.text, "request_id") == form["request_id"]
    assert await status_of(database, file.id) == Status.SUBMITTED


@pytest.mark.usefixtures("engine")
async def test_the_green_ones_are_admitted_together_and_the_others_left_aside(
    browser: Browser, database: Database, application: FastAPI, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        green = [await a_sent_file(session, cycle, company=f"Verte {n}") for n in range(2)]
        red = await a_sent_file(session, cycle, company="Rouge", green=False)
    for each in (*green, red):
        await goes_on(application.state.engine, cycle, each)
    ids = [str(each.id) for each in (*green, red)]

    shown = await browser.submit(
        f"/organisation/{cycle.code}/candidatures/recevables",
        {"request_id": str(uuid4()), "application": ids},
    )

    assert shown.status_code == 409
    assert "Laissées de côté : 1." in words_of(shown.text)
    assert [await status_of(database, each.id) for each in (*green, red)] == [
        Status.ADMITTED,
        Status.ADMITTED,
        Status.SUBMITTED,
    ]


@pytest.mark.usefixtures("engine")
async def test_the_same_bulk_form_twice_admits_once(
    browser: Browser, database: Database, application: FastAPI, cycle: Cycle, file: Application
) -> None:
    await goes_on(application.state.engine, cycle, file)
    form: dict[str, str | list[str]] = {"request_id": str(uuid4()), "application": [str(file.id)]}
    url = f"/organisation/{cycle.code}/candidatures/recevables"

    first = await browser.submit(url, form)
    await browser.submit(url, form)

    assert first.status_code == 303
    assert await _decisions(database) == [("admit", "")]


@pytest.mark.parametrize(("green", "columns"), [(True, 6), (False, 5)], ids=["some", "none"])
async def test_the_column_of_ticks_is_there_when_something_can_be_ticked(
    browser: Browser, database: Database, cycle: Cycle, *, green: bool, columns: int
) -> None:
    async with database.transaction() as session:
        await a_sent_file(session, cycle, category="CLA", green=green)

    shown = await browser.get(f"/organisation/{cycle.code}/candidatures?categorie=CLA")

    assert shown.text.count('role="columnheader"') == columns
    assert shown.text.count('role="cell"') == columns - 1
    assert ("tick-cell" in shown.text) is green


async def test_ticking_nothing_is_said(browser: Browser, cycle: Cycle) -> None:
    shown = await browser.submit(f"/organisation/{cycle.code}/candidatures/recevables", {})

    assert shown.status_code == 422
    assert "Cochez au moins une candidature." in words_of(shown.text)


async def _kinds(database: Database) -> list[str]:
    async with database.transaction() as session:
        return list((await session.execute(select(col(Letter.kind)))).scalars())


async def _decisions(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = (await session.execute(select(Screening))).scalars()
        return [(row.decision, row.reason) for row in rows]
