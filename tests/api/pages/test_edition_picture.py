"""The edition on one page: who sees what of it, and how it is drawn."""

import re

import pytest
from fastapi import FastAPI

from domain.applications import Status
from domain.phases import Phase
from storage.database import Database
from storage.tables.cycles import Cycle
from storage.territories import territories
from storage.tiles import tiles
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER, a_sent_file, running
from tests.builders import a_cycle, an_edition
from tests.conftest import SignIn
from tests.counting import queries

PAGE = "/organisation/editions/2027/ensemble"
REGIONS = tuple(code for code in territories() if code.startswith("REG-"))


async def an_edition_of(database: Database, *codes: str, phase: Phase = Phase.OPEN) -> list[Cycle]:
    async with database.transaction() as session:
        edition = await an_edition(session)
        return [
            await a_cycle(
                session, edition=edition, territory=code, phase=phase, calendar=running(phase)
            )
            for code in codes
        ]


def test_every_region_has_its_own_place_on_the_map() -> None:
    places = tiles()

    assert set(places) == set(REGIONS)
    assert len({(each.column, each.row) for each in places.values()}) == len(REGIONS)
    assert {each.column for each in places.values()} <= {1, 2, 3, 4, 5}
    assert {each.row for each in places.values()} <= {1, 2, 3, 4, 5, 6}


async def test_the_national_organiser_sees_all_territories_in_detail(
    signed_in: SignIn, database: Database
) -> None:
    cycles = await an_edition_of(database, "REG-84", "REG-53", phase=Phase.EVALUATION)
    async with database.transaction() as session:
        await a_sent_file(session, cycles[0], status=Status.SUBMITTED)
    browser = await signed_in(ORGANISER, organises_everything=True)

    shown = await browser.get(PAGE)

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "Bloque : dossiers à examiner : 1" in words
    assert [shown.text.count(f'href="/organisation/{each.code}"') for each in cycles] == [2, 2]
    assert shown.text.count('<rect class="frieze-evaluation" x=') == 2
    assert len(re.findall(r'<line class="frieze-today" x1="\d+\.\d"', shown.text)) == 1
    assert words.count("Pas de cycle") == len(REGIONS) - 2


async def test_a_territorial_organiser_sees_the_phase_only_of_the_others(
    signed_in: SignIn, database: Database
) -> None:
    mine, other = await an_edition_of(database, "REG-84", "REG-53", phase=Phase.EVALUATION)
    async with database.transaction() as session:
        await a_sent_file(session, other, status=Status.SUBMITTED)
    browser = await signed_in(ORGANISER, organises=[mine.id])

    shown = await browser.get(PAGE)

    words = words_of(shown.text)
    assert "dossiers à examiner" not in words
    assert f'href="/organisation/{other.code}"' not in shown.text
    assert shown.text.count(f'href="/organisation/{mine.code}"') == 2
    assert shown.text.count('<rect class="frieze-evaluation" x=') == 1
    assert "Bretagne Évaluation – – –" in words


@pytest.mark.parametrize("organises", [True, False])
async def test_whoever_organises_nothing_of_it_does_not_find_it(
    signed_in: SignIn, database: Database, *, organises: bool
) -> None:
    await an_edition_of(database, "REG-84")
    async with database.transaction() as session:
        elsewhere = await a_cycle(session, edition=await an_edition(session, year=2026))
    browser = await signed_in(ORGANISER, organises=[elsewhere.id] if organises else [])

    shown = await browser.get(PAGE)

    assert shown.status_code == 404


async def test_a_grouping_stands_on_the_tile_of_each_of_its_parts(
    signed_in: SignIn, database: Database
) -> None:
    (grouped,) = await an_edition_of(database, "REG-01")
    async with database.transaction() as session:
        (await session.get_one(Cycle, grouped.id)).parts = ["REG-01", "REG-02", "REG-03"]
    browser = await signed_in(ORGANISER, organises_everything=True)

    words = words_of((await browser.get(PAGE)).text)

    assert words.count("Pas de cycle") == len(REGIONS) - 3


async def test_what_is_no_region_is_shown_beside_the_map(
    signed_in: SignIn, database: Database
) -> None:
    await an_edition_of(database, "DEP-38", "national", phase=Phase.PREPARED)
    browser = await signed_in(ORGANISER, organises_everything=True)

    words = words_of((await browser.get(PAGE)).text)

    assert (
        "Hors de la carte Département 38 En préparation Pas encore ouvert "
        "National En préparation Pas encore ouvert"
    ) in words


async def test_an_edition_without_territory_says_what_will_come(
    signed_in: SignIn, database: Database
) -> None:
    await an_edition_of(database)
    browser = await signed_in(ORGANISER, organises_everything=True)

    shown = await browser.get(PAGE)

    assert "Aucun territoire dans cette édition" in words_of(shown.text)


async def test_the_list_of_cycles_leads_to_it(signed_in: SignIn, database: Database) -> None:
    await an_edition_of(database, "REG-84", "REG-53")
    browser = await signed_in(ORGANISER, organises_everything=True)

    shown = await browser.get("/organisation")

    assert shown.text.count(f'href="{PAGE}"') == 1


@pytest.mark.parametrize("count", [3, 18])
async def test_eighteen_territories_cost_as_many_questions_as_three(
    signed_in: SignIn, database: Database, application: FastAPI, count: int
) -> None:
    await an_edition_of(database, *REGIONS[:count])
    browser = await signed_in(ORGANISER, organises_everything=True)
    await browser.get(PAGE)

    with queries(application) as counted:
        shown = await browser.get(PAGE)

    assert shown.text.count('<rect class="frieze-call" x=') == count
    assert counted.count == 8
