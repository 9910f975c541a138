"""Who finds an organiser's desk: those of the cycle, and nobody else."""

import pytest

from domain.phases import Phase
from storage.database import Database
from storage.tables.cycles import Cycle
from tests.api.pages.desk_world import ORGANISER, a_cycle_in, a_sent_file, running
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.conftest import SignIn

PAGES = (
    "",
    "/candidatures",
    "/jury",
    "/attribution",
    "/resultats",
    "/lettres",
    "/journal",
    "/clore-la-phase",
    "/annuler",
)
POSTS = (
    "/candidatures/recevables",
    "/jury",
    "/jury/liste",
    "/jury/presidence",
    "/lettres",
    "/clore-la-phase",
    "/annuler",
)
OPENING = ("/organisation/ouvrir", "/organisation/ouvrir/calendrier")


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.SCREENING)


@pytest.mark.parametrize("page", PAGES)
async def test_its_organiser_reads_every_page(signed_in: SignIn, cycle: Cycle, page: str) -> None:
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(f"/organisation/{cycle.code}{page}")

    assert shown.status_code == 200


@pytest.mark.parametrize("page", PAGES)
async def test_the_organiser_of_another_cycle_finds_nothing(
    signed_in: SignIn, database: Database, page: str
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        mine = await a_cycle(session, edition=edition, calendar=running())
        other = await a_cycle(session, edition=edition, territory="REG-53", calendar=running())
    browser = await signed_in(ORGANISER, organises=[mine.id])

    shown = await browser.get(f"/organisation/{other.code}{page}")

    assert shown.status_code == 404


@pytest.mark.parametrize("page", PAGES)
async def test_somebody_who_is_not_signed_in_is_asked_to(
    client: Browser, cycle: Cycle, page: str
) -> None:
    shown = await client.get(f"/organisation/{cycle.code}{page}")

    assert shown.status_code == 303
    assert shown.headers["location"].startswith("/connexion?next=")


@pytest.mark.parametrize("page", POSTS)
async def test_nobody_else_acts_on_a_cycle(signed_in: SignIn, cycle: Cycle, page: str) -> None:
    browser = await signed_in("curieux@ailleurs.example")

    shown = await browser.submit(f"/organisation/{cycle.code}{page}", {"reason": "Pour voir."})

    assert shown.status_code == 404


@pytest.mark.parametrize("page", POSTS)
async def test_a_form_that_is_not_ours_does_nothing(
    signed_in: SignIn, cycle: Cycle, page: str
) -> None:
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.post(f"/organisation/{cycle.code}{page}", data={"reason": "Pour voir."})

    assert shown.status_code == 403


@pytest.mark.parametrize("decision", ["recevable", "non-recevable", "complements"])
async def test_a_file_of_another_cycle_is_not_decided_here(
    signed_in: SignIn, database: Database, decision: str
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        mine = await a_cycle(session, edition=edition)
        other = await a_cycle(session, edition=edition, territory="REG-53")
        file = await a_sent_file(session, other)
    browser = await signed_in(ORGANISER, organises=[mine.id])
    base = f"/organisation/{mine.code}/candidatures/{file.id}"

    read = await browser.get(base)
    asked = await browser.submit(f"{base}/{decision}", {"reason": "Non.", "missing": "Tout."})

    assert (read.status_code, asked.status_code) == (404, 404)


@pytest.mark.parametrize("page", OPENING)
async def test_only_the_national_organisation_opens_cycles(
    signed_in: SignIn, cycle: Cycle, page: str
) -> None:
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(page)

    assert shown.status_code == 403


async def test_the_list_of_cycles_is_for_organisers(signed_in: SignIn, cycle: Cycle) -> None:
    stranger = await signed_in("curieux@ailleurs.example")
    organiser = await signed_in(ORGANISER, organises=[cycle.id])

    refused = await stranger.get("/organisation")
    shown = await organiser.get("/organisation")

    assert refused.status_code == 403
    assert f'href="/organisation/{cycle.code}"' in shown.text
