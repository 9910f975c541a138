"""The plan of an edition over REST: read, confirmed as it was read, moved as one, dry first."""

from typing import Any

import pytest
from sqlalchemy import select

from domain.editions import EditionPhase
from storage.database import Database
from storage.edition_plans import led
from storage.tables.cycles import Edition
from tests.browser import Browser
from tests.builders import a_cycle, an_edition


@pytest.mark.usefixtures("at_work")
async def test_an_edition_is_confirmed_then_moved_as_one_dry_first(
    program: Browser, database: Database
) -> None:
    wanted = {"template": "trophees-insertion", "year": 2031}
    await program.post("/api/v1/editions/prepare", json=wanted)
    plan = (await program.get("/api/v1/editions/2031/plan")).json()
    confirming = {"seen": plan["seen"]}
    moving: dict[str, Any] = {
        "seen": plan["seen"],
        "territorial": {"closes_at": "2031-07-04T18:00:00+02:00"},
        "reason": "Une grève des trains",
    }

    unread = await program.post("/api/v1/editions/2031/confirm", json={"seen": "another"})
    confirmed = await program.post("/api/v1/editions/2031/confirm", json=confirming)
    tried = await program.post("/api/v1/editions/2031/dates?dry_run=true", json=moving)
    silent = await program.post("/api/v1/editions/2031/dates", json=moving | {"reason": ""})
    untouched = (await program.get("/api/v1/editions/2031/plan")).json()
    moved = await program.post("/api/v1/editions/2031/dates", json=moving)

    cycles = tried.json()["cycles"]
    statuses = [each.status_code for each in (unread, confirmed, tried, silent, moved)]
    async with database.transaction() as session:
        row = (await session.scalars(select(Edition))).one()
    assert statuses == [409, 200, 200, 422, 200]
    assert (len(plan["territories"]), untouched["territorial"]) == (18, plan["territorial"])
    assert len(cycles) == 19
    assert {each["refusal"] for each in cycles} == {None}
    assert sum(len(each["effects"]["dates"]) for each in cycles) == 18
    assert row.phase == EditionPhase.TERRITORIAL
    assert led(row).frame.territorial.closes_at.isoformat() == "2031-07-04T16:00:00+00:00"


async def test_an_edition_opened_by_hand_has_no_plan(program: Browser, database: Database) -> None:
    async with database.transaction() as session:
        await an_edition(session, year=2099)

    assert (await program.get("/api/v1/editions/2099/plan")).status_code == 404


async def test_every_calendar_of_a_cycle_is_read_and_a_move_is_tried_dry(
    program: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    url = f"/api/v1/cycles/{cycle.code}"
    shown = (await program.get(url)).json()
    moving = {
        "dates": {"ends_at": "2099-12-31T18:00:00+01:00"},
        "version": shown["calendar_version"],
        "reason": "Remise repoussée",
    }

    tried = await program.post(f"{url}/dates?dry_run=true", json=moving)
    stale = await program.post(f"{url}/dates?dry_run=true", json=moving | {"version": 9})
    versions = await program.get(f"{url}/calendars")

    after = (await program.get(url)).json()
    assert (tried.status_code, stale.status_code, versions.status_code) == (200, 409, 200)
    assert [each["name"] for each in tried.json()["dates"]] == ["ends_at"]
    assert after["calendar"] == shown["calendar"]
