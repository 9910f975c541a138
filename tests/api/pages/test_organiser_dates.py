"""Moving dates on the organiser's desk: tried dry, then done by the same request."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.phases import Phase
from domain.typed_dates import as_typed
from settings import Settings
from storage.database import Database
from storage.tables.calendars import CalendarVersion
from storage.tables.cycles import Cycle
from storage.templates import calendar_in
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER, a_cycle_in, a_sent_file, phase_of, runs
from tests.browser import Browser
from tests.conftest import SignIn
from tests.counting import queries
from tests.workflows.postbox import Postbox

PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.OPEN)


@pytest.fixture
async def browser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


async def has_drafts(database: Database, cycle: Cycle, count: int) -> None:
    async with database.transaction() as session:
        for number in range(count):
            company = f"Menuiserie {number}"
            await a_sent_file(session, cycle, status=Status.DRAFT, company=company)


def typed(cycle: Cycle, **days: float) -> dict[str, str]:
    """The form of that cycle, with dates moved by so many days."""
    calendar = calendar_in(cycle)
    fields = as_typed(calendar, cycle.zone)
    for name, later in days.items():
        there = getattr(calendar, name).astimezone(PARIS) + later * DAY
        fields[name] = f"{there:%Y-%m-%dT%H:%M}"
    return fields | {"version": str(cycle.calendar_version), "reason": "Une grève."}


def carried(page: str) -> dict[str, str]:
    """What the form of the effects carries on."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


async def in_force(database: Database, cycle: Cycle) -> tuple[int, CycleCalendar]:
    async with database.transaction() as session:
        row = await session.get_one(Cycle, cycle.id)
        return row.calendar_version, calendar_in(row)


async def test_the_form_shows_the_dates_in_force(browser: Browser, cycle: Cycle) -> None:
    shown = await browser.get(f"/organisation/{cycle.code}/dates")

    prefilled = dict(re.findall(r'name="(\w+_(?:at|until|from))"[^>]*value="([^"]+)"', shown.text))
    assert prefilled == as_typed(calendar_in(cycle), "Europe/Paris")


async def test_the_effects_are_said_and_nothing_changes(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    await has_drafts(database, cycle, 2)

    shown = await browser.submit(
        f"/organisation/{cycle.code}/dates/effets", typed(cycle, closes_at=3)
    )

    said = words_of(shown.text)
    assert shown.status_code == 200
    assert "Brouillons 2 · 3 jours de plus Menuiserie 0, Menuiserie 1" in said
    assert await in_force(database, cycle) == (1, calendar_in(cycle))


@pytest.mark.usefixtures("engine")
async def test_dates_move_by_the_request_that_was_tried(
    browser: Browser, database: Database, application: FastAPI, cycle: Cycle
) -> None:
    await runs(application.state.engine, cycle)
    base = f"/organisation/{cycle.code}/dates"
    tried = await browser.submit(f"{base}/effets", typed(cycle, closes_at=3))

    form = carried(tried.text)
    answers = [await browser.submit(base, form) for _ in range(2)]

    assert [each.headers["location"] for each in answers] == [f"/organisation/{cycle.code}"] * 2
    version, calendar = await in_force(database, cycle)
    moved = datetime.fromisoformat(form["closes_at"]).replace(tzinfo=PARIS)
    assert (version, calendar.closes_at) == (2, moved)
    async with database.transaction() as session:
        kept = await session.scalars(
            select(col(CalendarVersion.reason)).order_by(col(CalendarVersion.version))
        )
        assert kept.all() == ["", "Une grève."]


@pytest.mark.usefixtures("engine")
async def test_shortening_that_cuts_drafts_off_asks_for_a_tick(
    browser: Browser, database: Database, application: FastAPI, cycle: Cycle
) -> None:
    await has_drafts(database, cycle, 1)
    await runs(application.state.engine, cycle)
    base = f"/organisation/{cycle.code}/dates"
    tried = await browser.submit(f"{base}/effets", typed(cycle, closes_at=-2))

    refused = await browser.submit(base, carried(tried.text))
    untouched = await in_force(database, cycle)
    done = await browser.submit(base, carried(refused.text) | {"force": "yes"})

    assert "Raccourcir quand même" in words_of(tried.text)
    assert refused.status_code == 409
    assert "moins de sept jours" in words_of(refused.text)
    assert untouched[0] == 1
    assert done.status_code == 303
    assert (await in_force(database, cycle))[0] == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({}, "Aucune date ne change", id="nothing"),
        pytest.param({"closes_at": "demain"}, "Donnez un jour et une heure", id="no date"),
        pytest.param({"closes_at": "2027-03-28T02:30"}, "n'existe pas", id="no such hour"),
        pytest.param({"closes_at": "2027-10-31T02:30"}, "existe deux fois", id="twice that night"),
        pytest.param({"opens_at": "2100-01-01T09:00"}, "doit venir après l'ouverture", id="order"),
        pytest.param({"closes_at": "2001-01-01T09:00"}, "doit venir après", id="long ago"),
        pytest.param({"reason": " "}, "Indiquez le motif", id="no reason"),
        pytest.param({"version": "7"}, "Le calendrier a été changé", id="another version"),
        pytest.param({"version": "n'importe"}, "Le calendrier a été changé", id="no version"),
    ],
)
async def test_bad_input_is_said_beside_what_was_typed(
    browser: Browser, database: Database, cycle: Cycle, change: dict[str, str], sentence: str
) -> None:
    fields = typed(cycle) | change

    shown = await browser.submit(f"/organisation/{cycle.code}/dates/effets", fields)

    assert shown.status_code == 422
    assert sentence in words_of(shown.text)
    assert f'value="{fields["closes_at"]}"' in shown.text
    assert await in_force(database, cycle) == (1, calendar_in(cycle))


async def test_midnight_is_the_end_of_the_day(browser: Browser, cycle: Cycle) -> None:
    there = (calendar_in(cycle).closes_at + DAY).astimezone(PARIS)
    fields = typed(cycle) | {"closes_at": f"{there:%Y-%m-%dT00:00}"}

    shown = await browser.submit(f"/organisation/{cycle.code}/dates/effets", fields)

    assert "à 23 h 59, heure de Paris" in words_of(shown.text)


async def test_who_does_not_organise_the_cycle_moves_nothing(
    signed_in: SignIn, database: Database, cycle: Cycle
) -> None:
    browser = await signed_in("autre@trophees.example")
    base = f"/organisation/{cycle.code}/dates"

    answers = [
        await browser.get(base),
        await browser.get(f"{base}/versions"),
        await browser.submit(f"{base}/effets", typed(cycle, closes_at=3)),
        await browser.submit(base, typed(cycle, closes_at=3)),
    ]

    assert [each.status_code for each in answers] == [404] * 4
    assert await phase_of(database, cycle) == Phase.OPEN


async def test_every_version_is_readable_with_who_and_why(browser: Browser, cycle: Cycle) -> None:
    shown = await browser.get(f"/organisation/{cycle.code}/dates/versions")

    said = words_of(shown.text)
    assert "Version 1 en vigueur" in said
    assert "ouverture du cycle" in said


async def test_trying_a_move_asks_as_many_questions_for_three_drafts_as_for_one(
    browser: Browser, database: Database, cycle: Cycle, application: FastAPI
) -> None:
    url = f"/organisation/{cycle.code}/dates/effets"
    asked: list[int] = []

    for more in (1, 2):
        await has_drafts(database, cycle, more)
        with queries(application) as counted:
            await browser.submit(url, typed(cycle, closes_at=3))
        asked.append(counted.count)

    assert asked[0] == asked[1]
