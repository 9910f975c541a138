"""Moving the dates of an edition on its page: tried in every cycle first, moved once, refused in words."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select
from temporalio.client import Client

from domain.editions import EditionPhase
from settings import Settings
from storage.acts.edition_opening import open_cycles, prepare_edition
from storage.database import Database
from storage.edition_plans import led
from storage.editions import MAIN, shipped_template
from storage.tables.cycles import Edition
from storage.tables.records import Request
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER
from tests.api.pages.test_organiser_edition import hidden
from tests.api.pages.test_organiser_steering import confirm
from tests.browser import Browser
from tests.builders import NOON, a_cycle
from tests.conftest import API_TOKEN, SignIn

PAGE = "/organisation/editions/2031/dates"
MOVED = {"territorial.closes_at": "2031-07-04T18:00", "reason": "Une grève des trains."}


@pytest.fixture
async def browser(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    client: Browser,
    signed_in: SignIn,
) -> AsyncIterator[Browser]:
    """The national organiser of an edition that is confirmed, with a worker behind."""
    async with working(temporal_client, database, configured):
        await client.post(
            "/api/v1/editions/prepare",
            json={"template": "trophees-insertion", "year": 2031},
            headers={"Authorization": f"Bearer {API_TOKEN}"},
        )
        browser = await signed_in(ORGANISER, organises_everything=True)
        await confirm(browser)
        yield browser


@pytest.fixture
async def reader(database: Database, signed_in: SignIn) -> Browser:
    """The national organiser of an edition whose cycles nobody works on."""
    shipped = shipped_template(MAIN)
    assert shipped is not None
    async with database.transaction() as session:
        row = await prepare_edition(session, shipped.document, 2031)
        await open_cycles(session, row, NOON)
        row.phase = EditionPhase.TERRITORIAL
    return await signed_in(ORGANISER, organises_everything=True)


async def form_of(browser: Browser) -> dict[str, str]:
    shown = (await browser.get(PAGE)).text
    return {name: hidden(shown, name) for name in ("request_id", "seen")}


async def test_the_effects_in_every_cycle_are_read_before_the_dates_move_once(
    browser: Browser, database: Database
) -> None:
    form = await form_of(browser) | MOVED

    tried = await browser.submit(f"{PAGE}/effets", form)
    async with database.transaction() as session:
        before = led((await session.scalars(select(Edition))).one()).frame
    moved = await browser.submit(PAGE, form)
    again = await browser.submit(PAGE, form)

    async with database.transaction() as session:
        frame = led((await session.scalars(select(Edition))).one()).frame
    said = words_of(tried.text)
    assert (tried.status_code, moved.status_code, again.status_code) == (200, 303, 303)
    assert "La Réunion" in said
    assert said.count("aucune : ses propres dates, ou une étape passée") == 1
    assert before.territorial.closes_at.isoformat() == "2031-06-30T16:00:00+00:00"
    assert frame.territorial.closes_at.isoformat() == "2031-07-04T16:00:00+00:00"
    assert "Comment les cycles ont suivi" in words_of((await browser.get(PAGE)).text)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"territorial.closes_at": "2031-07-20T18:00"}, "recevabilité", id="crossing"),
        pytest.param(
            {"territorial.closes_at": "hier"}, "Donnez un jour et une heure", id="no date"
        ),
        pytest.param({"reason": " "}, "Indiquez le motif", id="no reason"),
    ],
)
async def test_what_cannot_move_is_said_with_what_was_typed(
    reader: Browser, database: Database, fields: dict[str, str], sentence: str
) -> None:
    form = await form_of(reader) | MOVED | fields

    answer = await reader.submit(f"{PAGE}/effets", form)

    async with database.transaction() as session:
        assert (await session.scalars(select(Request))).all() == []
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert f'value="{form["territorial.closes_at"]}"' in answer.text


@pytest.mark.parametrize("path", ["", "/effets"])
async def test_whoever_organises_one_territory_moves_no_edition(
    signed_in: SignIn, database: Database, path: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    assert (await browser.submit(PAGE + path, {})).status_code == 403
