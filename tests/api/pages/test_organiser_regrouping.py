"""Short categories on the organiser's desk: seen, given to another jury, taken back."""

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from temporalio.client import Client

from domain.phases import Phase
from storage.database import Database
from storage.tables.cycles import Cycle, Regrouping
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER, a_territory_below, runs, until_it_is_in
from tests.browser import Browser
from tests.conftest import SignIn


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    """A territory that screens, with one admitted file, beside another and below a final."""
    return await a_territory_below(
        database, ("REG-93", Phase.SCREENING), ("national", Phase.PREPARED)
    )


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
    await until_it_is_in(temporal_client, cycle, Phase.SCREENING)
    form = {"category": "QUA", "where": "carried", "reason": "Un seul dossier."}

    given = await browser.submit(f"{page}/regrouper", form)
    async with database.transaction() as session:
        kept = (await session.scalars(select(Regrouping))).all()
    taken_back = await browser.submit(f"{page}/annuler", form | {"reason": "Finalement non."})

    assert (given.status_code, taken_back.status_code) == (303, 303)
    assert [each.kind for each in kept] == ["carried"]
    async with database.transaction() as session:
        assert (await session.scalars(select(Regrouping))).all() == []


async def test_whoever_does_not_organise_it_finds_nothing(signed_in: SignIn, cycle: Cycle) -> None:
    stranger = await signed_in("curieuse@ailleurs.example")

    assert (await stranger.get(f"/organisation/{cycle.code}/regroupements")).status_code == 404
