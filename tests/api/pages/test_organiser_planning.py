"""The plan of an edition changes on its pages until it is confirmed, and what could not be held is said."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.edition_plan import PlannedTerritory
from settings import Settings
from storage.acts.edition_opening import prepare_edition
from storage.database import Database
from storage.edition_plans import LedEdition, keep, led
from storage.editions import MAIN, shipped_template
from storage.tables.cycles import Edition
from storage.tables.records import JournalLine
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER
from tests.api.pages.test_organiser_edition import PAGE, hidden
from tests.browser import Browser
from tests.builders import a_cycle
from tests.conftest import API_TOKEN, SignIn


@pytest.fixture
async def browser(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    client: Browser,
    signed_in: SignIn,
) -> AsyncIterator[Browser]:
    """The national organiser of an edition that is prepared, with a worker behind."""
    async with working(temporal_client, database, configured):
        await client.post(
            "/api/v1/editions/prepare",
            json={"template": "trophees-insertion", "year": 2031},
            headers={"Authorization": f"Bearer {API_TOKEN}"},
        )
        yield await signed_in(ORGANISER, organises_everything=True)


@pytest.fixture
async def reader(database: Database, signed_in: SignIn) -> Browser:
    """The national organiser of an edition that is prepared, with nobody at work behind."""
    shipped = shipped_template(MAIN)
    assert shipped is not None
    async with database.transaction() as session:
        await prepare_edition(session, shipped.document, 2031)
    return await signed_in(ORGANISER, organises_everything=True)


async def plan_of(database: Database) -> LedEdition:
    async with database.transaction() as session:
        return led((await session.scalars(select(Edition))).one())


async def territory(database: Database, code: str) -> PlannedTerritory | None:
    plan = await plan_of(database)
    return next((each for each in plan.territories if each.code == code), None)


async def typed_into(browser: Browser, page: str, **fields: str) -> dict[str, str]:
    """The form of a page as its reader sends it back, with some fields changed."""
    shown = (await browser.get(page)).text
    return {name: hidden(shown, name) for name in ("request_id", "seen")} | fields


async def test_a_plan_is_regrouped_dropped_completed_and_given_dates(
    browser: Browser, database: Database
) -> None:
    async def submit(path: str, **fields: str | list[str]) -> int:
        shown = (await browser.get(PAGE)).text
        form = {"request_id": "", "seen": hidden(shown, "seen")} | fields
        return (await browser.submit(PAGE + path, form)).status_code

    answers = [
        await submit("/regrouper", codes=["REG-53", "REG-52", "REG-28"], name="Grand Ouest"),
        await submit("/territoires/REG-06/retirer"),
        await submit("/territoires/REG-94/retirer"),
        await submit("/ajouter", code="DEP-2A"),
        await submit("/territoires/REG-04", closes_at="2031-06-26T18:00"),
        await submit("/dates", **{"territorial.closes_at": "2031-06-27T18:00", "quorum": "12"}),
    ]
    separated = await submit("/territoires/GRP-GRAND-OUEST/separer")

    plan = await plan_of(database)
    reunion = await territory(database, "REG-04")
    async with database.transaction() as session:
        lines = await session.scalars(
            select(col(JournalLine.after)).where(col(JournalLine.act) == "revise_plan")
        )
    assert (answers, separated) == ([303] * 6, 303)
    assert list(lines) == [
        *("GRP-GRAND-OUEST", "REG-06", "REG-94", "DEP-2A", "REG-04", "dates"),
        "GRP-GRAND-OUEST",
    ]
    assert {"REG-53", "REG-52", "REG-28", "DEP-2A"} < {each.code for each in plan.territories}
    assert len(plan.territories) == 17
    assert plan.quorum == 12
    assert plan.frame.territorial.closes_at.isoformat() == "2031-06-27T16:00:00+00:00"
    assert reunion is not None
    assert reunion.calendar is not None
    assert reunion.calendar.closes_at.isoformat() == "2031-06-26T14:00:00+00:00"


@pytest.mark.parametrize(
    ("path", "fields", "sentence"),
    [
        pytest.param(
            "/dates",
            {"territorial.closes_at": "2031-03-30T02:30"},
            "existe pas le 30/03/2031",
            id="an hour that does not exist",
        ),
        pytest.param(
            "/dates",
            {"territorial.closes_at": "2031-10-26T02:30"},
            "existe deux fois le 26/10/2031",
            id="an hour that exists twice",
        ),
        pytest.param(
            "/dates",
            {"territorial.screening_until": "2031-05-01T18:00"},
            "La fin de la recevabilité",
            id="an overlap",
        ),
        pytest.param(
            "/dates",
            {
                "national.opens_at": "2031-12-15T09:00",
                "national.closes_at": "2031-12-20T09:00",
                "national.screening_until": "2031-12-20T09:00",
                "national.evaluation_from": "2031-12-20T09:00",
                "national.evaluation_until": "2031-12-28T09:00",
                "national.deliberation_until": "2031-12-28T09:00",
                "national.publishes_at": "2031-12-28T09:00",
            },
            "Rien ne se passe pendant",
            id="a gap",
        ),
        pytest.param("/dates", {"quorum": "40"}, "Le quorum va de 1 à 18", id="a quorum of 40"),
        pytest.param(
            "/territoires/REG-53",
            {"opens_at": "2030-12-20T09:00"},
            "sort du cadre de l'édition",
            id="out of the frame",
        ),
        pytest.param("/regrouper", {"codes": "REG-53", "name": "Ouest"}, "au moins deux", id="one"),
        pytest.param("/regrouper", {"codes": "REG-53", "name": " "}, "Donnez un nom", id="no name"),
        pytest.param("/ajouter", {"code": "DEP-29"}, "à la fois dans", id="a place held already"),
        pytest.param("/ajouter", {"code": "REG-99"}, "Territoire inconnu", id="nowhere"),
    ],
)
async def test_what_could_not_be_held_is_said_and_nothing_changes(
    reader: Browser, database: Database, path: str, fields: dict[str, str], sentence: str
) -> None:
    before = await plan_of(database)
    shown = (await reader.get(PAGE)).text
    form = {"request_id": "", "seen": hidden(shown, "seen")} | fields

    answer = await reader.submit(PAGE + path, form)

    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert await plan_of(database) == before
    assert all(f'value="{each}"' in answer.text for name, each in fields.items() if "_at" in name)


async def test_two_organisers_do_not_undo_one_another(browser: Browser, database: Database) -> None:
    form = await typed_into(browser, f"{PAGE}/territoires/REG-06")
    other = await typed_into(browser, f"{PAGE}/dates", quorum="9")

    await browser.submit(f"{PAGE}/dates", other)
    late = await browser.submit(f"{PAGE}/territoires/REG-06/retirer", form)

    assert late.status_code == 409
    assert "a changé depuis que vous l'avez lu" in words_of(late.text)
    assert await territory(database, "REG-06") is not None


async def test_a_closing_on_a_day_off_is_a_warning_with_the_next_working_day(
    reader: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        row = (await session.scalars(select(Edition))).one()
        plan = led(row)
        saturday = datetime(2031, 6, 28, 16, tzinfo=UTC)
        territorial = replace(plan.frame.territorial, closes_at=saturday)
        keep(row, replace(plan, frame=replace(plan.frame, territorial=territorial)))

    said = words_of((await reader.get(PAGE)).text)

    assert "La clôture du 28/06/2031 tombe un jour non travaillé" in said
    assert "le jour travaillé suivant est le 30/06/2031" in said


@pytest.mark.parametrize("path", ["/dates", "/territoires/REG-53", "/regrouper", "/ajouter"])
async def test_whoever_organises_one_territory_changes_no_plan(
    signed_in: SignIn, database: Database, path: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    assert (await browser.submit(PAGE + path, {})).status_code == 403
