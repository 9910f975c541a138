"""Short categories on the organiser's desk: seen, given to another jury, taken back."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from temporalio.client import Client

from domain.applications import Status
from domain.phases import Phase
from domain.wire import names
from domain.wire.cycle import CycleState
from storage.database import Database
from storage.tables.cycles import Cycle, Edition, Regrouping
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER, a_cycle_in, a_sent_file, running, runs
from tests.browser import Browser
from tests.builders import a_cycle
from tests.conftest import SignIn


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    """A territory that screens, with one admitted file, beside another and below a final."""
    here = await a_cycle_in(database, Phase.SCREENING)
    async with database.transaction() as session:
        await a_sent_file(session, here, status=Status.ADMITTED)
        edition = await session.get_one(Edition, here.edition_id)
        for territory, phase in (("REG-93", Phase.SCREENING), ("national", Phase.PREPARED)):
            await a_cycle(
                session,
                edition=edition,
                territory=territory,
                phase=phase,
                calendar=running(phase),
            )
    return here


@pytest.fixture
async def browser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


async def test_the_page_says_which_are_short_and_who_could_judge_them(
    browser: Browser, cycle: Cycle
) -> None:
    shown = words_of((await browser.get(f"/organisation/{cycle.code}/regroupements")).text)

    assert "1 dossier recevable :" in shown
    assert "La finale nationale, hors territoire" in shown


async def test_nobody_is_chosen_without_a_reason(browser: Browser, cycle: Cycle) -> None:
    refused = await browser.submit(
        f"/organisation/{cycle.code}/regroupements/regrouper", {"category": "QUA"}
    )

    assert refused.status_code == 422
    assert "Choisissez qui jugera ces dossiers." in words_of(refused.text)


@pytest.mark.usefixtures("at_work")
async def test_a_category_is_given_to_the_final_then_taken_back(
    browser: Browser,
    cycle: Cycle,
    database: Database,
    application: FastAPI,
    temporal_client: Client,
) -> None:
    page = f"/organisation/{cycle.code}/regroupements"
    await runs(application.state.engine, cycle)
    await _until_it_screens(temporal_client, cycle)
    form = {"category": "QUA", "where": "carried", "reason": "Un seul dossier."}

    given = await browser.submit(f"{page}/regrouper", form)
    async with database.transaction() as session:
        kept = (await session.scalars(select(Regrouping))).all()
    taken_back = await browser.submit(f"{page}/annuler", form | {"reason": "Finalement non."})

    assert (given.status_code, taken_back.status_code) == (303, 303)
    assert [each.kind for each in kept] == ["carried"]
    async with database.transaction() as session:
        assert (await session.scalars(select(Regrouping))).all() == []


async def _until_it_screens(client: Client, cycle: Cycle) -> None:
    handle = client.get_workflow_handle(names.cycle_id(cycle.code))
    for _ in range(100):
        state = await handle.query("state", result_type=CycleState)
        if state.phase is Phase.SCREENING:
            return
        await asyncio.sleep(0.1)


async def test_whoever_does_not_organise_it_finds_nothing(signed_in: SignIn, cycle: Cycle) -> None:
    stranger = await signed_in("curieuse@ailleurs.example")

    assert (await stranger.get(f"/organisation/{cycle.code}/regroupements")).status_code == 404
