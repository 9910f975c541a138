"""More time for one company on the organiser's desk: granted, seen by all whom it concerns, taken back."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
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
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.letters import Letter
from storage.tables.people import Person
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import (
    COMPANY,
    ORGANISER,
    a_cycle_in,
    a_sent_file,
    goes_on,
    status_of,
)
from tests.browser import Browser
from tests.builders import a_juror
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

WHY = "Un incendie dans leurs bureaux."


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
        file = await a_sent_file(session, cycle, status=Status.LAPSED)
        file.version, file.created_at = 0, datetime.now(UTC) - timedelta(days=6)
        return file


@pytest.fixture
async def organiser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


def a_form(days: float, **more: str) -> dict[str, str]:
    until = datetime.now(UTC) + timedelta(days=days)
    typed = {"until": f"{until:%Y-%m-%dT%H:%M}", "reason": WHY, "request_id": str(uuid4())}
    return typed | more


@pytest.mark.usefixtures("engine")
async def test_a_lapsed_draft_reopens_for_its_company_alone_and_the_jury_sees_it(
    organiser: Browser,
    signed_in: SignIn,
    application: FastAPI,
    database: Database,
    cycle: Cycle,
    file: Application,
) -> None:
    await goes_on(application.state.engine, cycle, file)
    page = f"/organisation/{cycle.code}/candidatures/{file.id}/delai"
    async with database.transaction() as session:
        juror = await a_juror(session, cycle, email="jury@exemple.fr")
        juror.conflicts_declared_at = datetime.now(UTC)

    done = await organiser.submit(page, a_form(2))

    assert done.headers["location"] == page
    assert await status_of(database, file.id) == Status.DRAFT
    async with database.transaction() as session:
        assert list(await session.scalars(select(col(Letter.kind)))) == ["extension_granted"]
    company = await signed_in(COMPANY)
    assert WHY in words_of((await company.get(f"/candidatures/{file.id}")).text)
    section = await company.get(f"/candidatures/{file.id}/relecture")
    assert section.status_code == 200
    dates = words_of((await organiser.get(f"/organisation/{cycle.code}/dates")).text)
    assert "Menuiserie Boréale" in dates
    assert WHY in dates
    seat = await signed_in("jury@exemple.fr")
    seen = words_of((await seat.get(f"/jury/{await _seat(database)}")).text)
    assert WHY in seen
    assert "Olivia" not in seen


async def _seat(database: Database) -> str:
    async with database.transaction() as session:
        found = await session.execute(
            select(col(Juror.id)).join(Person).where(col(Person.email) == "jury@exemple.fr")
        )
        return str(found.scalar_one())


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param({"until": "demain"}, "Donnez un jour et une heure", id="unreadable"),
        pytest.param({"until": "2027-03-28T02:30"}, "n'existe pas", id="no such hour"),
        pytest.param({"reason": " "}, "Indiquez le motif", id="no reason"),
    ],
)
async def test_what_cannot_be_read_is_said_beside_what_was_typed(
    organiser: Browser, cycle: Cycle, file: Application, form: dict[str, str], said: str
) -> None:
    page = f"/organisation/{cycle.code}/candidatures/{file.id}/delai"

    shown = await organiser.submit(page, a_form(2) | form)

    assert shown.status_code == 422
    assert said in words_of(shown.text)
    assert (form.get("reason") or WHY) in shown.text


async def test_nobody_else_finds_the_page(
    signed_in: SignIn, cycle: Cycle, file: Application
) -> None:
    company = await signed_in(COMPANY)

    shown = await company.get(f"/organisation/{cycle.code}/candidatures/{file.id}/delai")

    assert shown.status_code in {403, 404}
