"""Opening a cycle: where, when, a dry reading, then one cycle, however often the form is sent."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from temporalio.client import Client

from settings import Settings
from storage.database import Database
from storage.tables.cycles import Cycle, Edition
from storage.templates import calendar_in
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER
from tests.browser import Browser
from tests.builders import a_cycle
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

PLACE = {"edition": "new:trophees-insertion", "annee": "2030", "territoire": "REG-04"}
DATES = {
    "name": "La Réunion",
    "zone": "Indian/Reunion",
    "opens_at": "2030-03-04T06:00",
    "closes_at": "2030-06-30T18:00",
    "screening_until": "2030-07-16T18:00",
    "evaluation_from": "2030-09-02T09:00",
    "evaluation_until": "2030-09-24T18:00",
    "deliberation_until": "2030-10-08T18:00",
    "publishes_at": "2030-10-11T09:00",
    "ends_at": "2030-12-31T18:00",
}
OPENING = "/organisation/ouvrir"


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(ORGANISER, organises_everything=True)


async def test_the_calendar_of_the_template_is_proposed_in_paris_time(browser: Browser) -> None:
    shown = await browser.get(f"{OPENING}/calendrier", params=PLACE)

    assert shown.status_code == 200
    assert 'name="closes_at"' in shown.text
    # 18:00 in La Réunion, in summer.
    assert 'value="2030-06-30T16:00"' in shown.text


async def test_the_dry_reading_says_both_hours_and_writes_nothing(
    browser: Browser, database: Database
) -> None:
    shown = await browser.submit(f"{OPENING}/relecture", PLACE | DATES)

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "dimanche 30 juin 2030 à 18 h 00, heure de Paris (20 h 00, heure de La Réunion)" in words
    assert await _count(database) == (0, 0)


@pytest.mark.usefixtures("engine")
async def test_the_cycle_is_opened_once_with_its_dates(
    browser: Browser, database: Database
) -> None:
    answers = [await browser.submit(OPENING, PLACE | DATES) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == [
        "/organisation/2030:REG-04",
        "/organisation/2030:REG-04",
    ]
    assert await _count(database) == (1, 1)
    async with database.transaction() as session:
        cycle = (await session.execute(select(Cycle))).scalar_one()
    assert (cycle.name, cycle.zone) == ("La Réunion", "Indian/Reunion")
    assert calendar_in(cycle).closes_at == datetime(2030, 6, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("opens_at", "2030-03-31T02:30", "n'existe pas"),
        ("publishes_at", "2030-10-27T02:30", "existe deux fois"),
        ("closes_at", "", "Donnez un jour et une heure"),
        ("closes_at", "le 30 juin", "Donnez un jour et une heure"),
        ("closes_at", "2030-01-01T09:00", "La clôture des candidatures doit venir après"),
        ("ends_at", "2030-01-01T09:00", "La fin du cycle doit venir après"),
        ("name", " ", "Donnez un nom au cycle"),
        ("zone", "Mars/Olympus", "Choisissez un fuseau horaire"),
    ],
    ids=["no such hour", "hour twice", "none", "words", "order", "end", "no name", "no zone"],
)
@pytest.mark.parametrize("page", [f"{OPENING}/relecture", OPENING], ids=["reading", "opening"])
async def test_a_wrong_date_is_said_with_everything_still_there(
    browser: Browser, database: Database, page: str, field: str, typed: str, said: str
) -> None:
    shown = await browser.submit(page, PLACE | DATES | {field: typed})

    assert shown.status_code == 422
    assert said in words_of(shown.text)
    assert 'value="2030-09-02T09:00"' in shown.text
    assert await _count(database) == (0, 0)


@pytest.mark.parametrize("page", [f"{OPENING}/relecture", OPENING], ids=["reading", "opening"])
async def test_a_call_that_would_be_closed_already_is_refused(
    browser: Browser, database: Database, page: str
) -> None:
    past = {name: value.replace("2030", "2019") for name, value in DATES.items()}

    shown = await browser.submit(page, PLACE | {"annee": "2019"} | past)

    assert shown.status_code == 422
    assert "Cette clôture est déjà passée." in words_of(shown.text)
    assert 'value="2019-09-02T09:00"' in shown.text
    assert await _count(database) == (0, 0)


async def test_dates_that_are_over_are_said_as_soon_as_they_are_proposed(browser: Browser) -> None:
    shown = await browser.get(f"{OPENING}/calendrier", params=PLACE | {"annee": "2019"})

    assert shown.status_code == 422
    assert "Cette clôture est déjà passée." in words_of(shown.text)
    assert 'name="closes_at"' in shown.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"territoire": "REG-99"}, "Choisissez un territoire de la liste."),
        ({"edition": "2050"}, "Choisissez une édition de la liste."),
        ({"annee": "l'an prochain"}, "Indiquez une année en quatre chiffres"),
    ],
    ids=["territory", "edition", "year"],
)
async def test_a_place_that_does_not_exist_is_said(
    browser: Browser, change: dict[str, str], said: str
) -> None:
    shown = await browser.get(f"{OPENING}/calendrier", params=PLACE | change)

    assert shown.status_code == 422
    assert said in words_of(shown.text)


async def test_a_territory_has_one_cycle_in_an_edition(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, territory="REG-04")
        edition = await session.get_one(Edition, cycle.edition_id)

    shown = await browser.get(
        f"{OPENING}/calendrier", params={"edition": edition.code, "territoire": "REG-04"}
    )

    assert shown.status_code == 422
    assert "La Réunion a déjà un cycle dans cette édition." in words_of(shown.text)


async def test_correcting_brings_back_what_was_typed(browser: Browser) -> None:
    shown = await browser.submit(f"{OPENING}/calendrier", PLACE | DATES | {"name": "Mon cycle"})

    assert shown.status_code == 200
    assert 'value="Mon cycle"' in shown.text


async def test_when_the_engine_is_away_the_same_form_is_offered_again(browser: Browser) -> None:
    shown = await browser.submit(OPENING, PLACE | DATES)

    assert shown.status_code == 409
    assert 'name="closes_at" value="2030-06-30T18:00"' in shown.text


async def _count(database: Database) -> tuple[int, int]:
    async with database.transaction() as session:
        editions = (await session.execute(select(func.count()).select_from(Edition))).scalar_one()
        cycles = (await session.execute(select(func.count()).select_from(Cycle))).scalar_one()
    return editions, cycles
