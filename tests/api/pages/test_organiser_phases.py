"""Ending a phase early and cancelling a cycle: what it will do is said, then it is done."""

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
from storage.tables.cycles import Cycle
from storage.tables.records import JournalLine
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.desk_world import (
    ORGANISER,
    a_cycle_in,
    a_sent_file,
    phase_of,
    runs,
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
    return await a_cycle_in(database, Phase.PREPARED)


@pytest.fixture
async def browser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


async def test_before_closing_the_call_the_page_counts_the_drafts_that_would_lapse(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)
    async with database.transaction() as session:
        for _ in range(2):
            await a_sent_file(session, cycle, status=Status.DRAFT)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(f"/organisation/{cycle.code}/clore-la-phase")

    assert "2 brouillons non envoyés deviennent caducs" in words_of(shown.text)


@pytest.mark.usefixtures("engine")
async def test_a_phase_ends_with_its_reason_in_the_journal(
    browser: Browser, database: Database, application: FastAPI, cycle: Cycle
) -> None:
    await runs(application.state.engine, cycle)
    url = f"/organisation/{cycle.code}/clore-la-phase"
    form = {"request_id": str(uuid4()), "phase": Phase.PREPARED, "reason": "Tout est prêt."}

    done = await browser.submit(url, form)

    assert done.headers["location"] == f"/organisation/{cycle.code}"
    assert await phase_of(database, cycle) == Phase.OPEN
    assert await _reasons(database, cycle) == ["Tout est prêt."]


@pytest.mark.usefixtures("engine")
async def test_the_same_form_twice_ends_one_phase(
    browser: Browser, database: Database, application: FastAPI, cycle: Cycle
) -> None:
    await runs(application.state.engine, cycle)
    url = f"/organisation/{cycle.code}/clore-la-phase"
    form = {"request_id": str(uuid4()), "phase": Phase.PREPARED, "reason": "Tout est prêt."}

    for _ in range(2):
        await browser.submit(url, form)

    assert await phase_of(database, cycle) == Phase.OPEN


async def test_a_reason_is_asked_for(browser: Browser, database: Database, cycle: Cycle) -> None:
    url = f"/organisation/{cycle.code}/clore-la-phase"

    shown = await browser.submit(url, {"phase": Phase.PREPARED, "reason": "  "})

    assert shown.status_code == 422
    assert "Indiquez le motif" in words_of(shown.text)
    assert await phase_of(database, cycle) == Phase.PREPARED


@pytest.mark.parametrize("phase", ["open", "n'importe quoi"])
async def test_a_page_that_is_out_of_date_ends_nothing(
    browser: Browser, database: Database, cycle: Cycle, phase: str
) -> None:
    url = f"/organisation/{cycle.code}/clore-la-phase"

    shown = await browser.submit(url, {"phase": phase, "reason": "Parce que."})

    assert shown.status_code == 409
    assert "Cette phase n'est pas en cours." in words_of(shown.text)
    assert "Parce que." in shown.text
    assert await phase_of(database, cycle) == Phase.PREPARED


async def test_deliberation_ends_by_a_signature_only(signed_in: SignIn, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.DELIBERATION)
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    url = f"/organisation/{cycle.code}/clore-la-phase"

    asked = await browser.submit(url, {"phase": Phase.DELIBERATION, "reason": "Vite."})

    assert "Cette phase ne se clôt pas à la main." in words_of((await browser.get(url)).text)
    assert asked.status_code == 409


@pytest.mark.usefixtures("engine")
async def test_cancelling_needs_the_code_and_writes_to_everybody(
    browser: Browser, database: Database, application: FastAPI, cycle: Cycle
) -> None:
    await runs(application.state.engine, cycle)
    url = f"/organisation/{cycle.code}/annuler"
    form = {"request_id": str(uuid4()), "reason": "Trop peu de dossiers.", "code": cycle.code}

    done = await browser.submit(url, form)

    assert done.headers["location"] == f"/organisation/{cycle.code}"
    assert await phase_of(database, cycle) == Phase.CANCELLED
    assert await _reasons(database, cycle) == ["Trop peu de dossiers."]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"reason": "", "code": "2027:REG-84"}, "Indiquez le motif"),
        ({"reason": "Trop peu.", "code": "2027"}, "Recopiez le code du cycle : 2027:REG-84."),
    ],
    ids=["no reason", "another code"],
)
async def test_without_a_reason_or_the_code_nothing_is_cancelled(
    browser: Browser, database: Database, cycle: Cycle, form: dict[str, str], said: str
) -> None:
    shown = await browser.submit(f"/organisation/{cycle.code}/annuler", form)

    assert shown.status_code == 422
    assert said in words_of(shown.text)
    assert form["reason"] in shown.text
    assert await phase_of(database, cycle) == Phase.PREPARED


async def test_when_the_engine_is_away_the_same_request_is_offered_again(
    browser: Browser, cycle: Cycle
) -> None:
    url = f"/organisation/{cycle.code}/clore-la-phase"
    form = {"request_id": str(uuid4()), "phase": Phase.PREPARED, "reason": "Tout est prêt."}

    shown = await browser.submit(url, form)

    assert shown.status_code == 409
    assert hidden(shown.text, "request_id") == form["request_id"]


async def _reasons(database: Database, cycle: Cycle) -> list[str]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(col(JournalLine.reason)).where(
                col(JournalLine.cycle_id) == cycle.id, col(JournalLine.reason) != ""
            )
        )
        return list(rows.scalars())
