"""Short categories for programs: listed, given to the final, taken back."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from temporalio.client import Client

from domain.phases import Phase
from storage.database import Database
from storage.tables.cycles import Cycle
from tests.api.pages.desk_world import a_territory_below, runs, until_it_is_in
from tests.browser import Browser


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    """A territory that screens, with one admitted file, below a final."""
    return await a_territory_below(database, ("national", Phase.PREPARED))


async def _short(program: Browser, cycle: Cycle) -> Mapping[str, Any]:
    return (await program.get(f"/api/v1/cycles/{cycle.code}/short-categories")).json()


@pytest.mark.usefixtures("at_work")
async def test_a_category_is_given_to_the_final_then_taken_back(
    program: Browser, cycle: Cycle, application: FastAPI, temporal_client: Client
) -> None:
    await runs(application.state.engine, cycle)
    await until_it_is_in(temporal_client, cycle, Phase.SCREENING)
    its = f"/api/v1/cycles/{cycle.code}"
    giving = {"category": "QUA", "reason": "Un seul dossier."}

    silent = await program.post(f"{its}/regroup", json=giving | {"reason": ""})
    given = await program.post(f"{its}/regroup", json=giving)
    listed = await _short(program, cycle)
    taken_back = await program.post(f"{its}/ungroup", json=giving | {"reason": "Finalement non."})

    assert [each.status_code for each in (silent, given, taken_back)] == [422, 200, 200]
    short = {"category": "QUA", "admitted": 1, "waiting": 0, "kind": "carried", "into": ""}
    assert (listed["fewest"], listed["categories"]) == (3, [short])
    assert (await _short(program, cycle))["categories"] == [short | {"kind": None}]
