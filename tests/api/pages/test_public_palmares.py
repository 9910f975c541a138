"""The palmarès: read by all at its hour, and before its hour by nobody."""

import csv
import io

import pytest
from fastapi import FastAPI

from domain.applications import Status
from domain.phases import Phase
from storage.database import Database
from storage.tables.cycles import Cycle, Insider
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import a_cycle_in, a_document, a_sent_file, publish
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.conftest import SignIn
from tests.counting import queries


@pytest.fixture
async def published(database: Database) -> Cycle:
    cycle = await a_cycle_in(database, Phase.PUBLISHED)
    async with database.transaction() as session:
        await publish(session, cycle, a_document(cycle))
    return cycle


async def test_the_list_is_empty_before_the_first_publication(client: Browser) -> None:
    shown = await client.get("/palmares")

    assert shown.status_code == 200
    assert "Aucun palmarès n'est encore publié" in words_of(shown.text)


@pytest.mark.parametrize("count", [1, 3])
async def test_the_list_asks_one_question_whatever_its_length(
    client: Browser, database: Database, application: FastAPI, count: int
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        for territory in ("REG-84", "REG-53", "REG-11")[:count]:
            cycle = await a_cycle(session, edition=edition, territory=territory)
            await publish(session, cycle, a_document(cycle))

    with queries(application) as counted:
        shown = await client.get("/palmares")

    assert shown.text.count('class="card-title"') == count
    assert counted.count == 1


async def test_a_palmares_shows_laureates_nominees_and_why_a_trophy_is_not_awarded(
    client: Browser, published: Cycle
) -> None:
    shown = await client.get(f"/palmares/{published.code}")

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "Menuiserie Boréale" in words
    assert "SIRET 123 456 782 00010" in words
    assert "Trophée non décerné" in words
    assert "Aucun dossier n'atteint le seuil." in words


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "La candidature choisie par le jury a été retirée avant la publication."),
        ("en", "The application that the jury chose was withdrawn before publication."),
    ],
)
async def test_a_laureate_who_withdrew_under_embargo_leaves_a_word_and_no_name(
    client: Browser, database: Database, language: str, sentence: str
) -> None:
    cycle = await a_cycle_in(database, Phase.PUBLISHED)
    document = a_document(cycle)
    document["categories"][0] |= {"laureate": None, "has_withdrawn": True}
    async with database.transaction() as session:
        await publish(session, cycle, document)

    shown = await client.get(f"/palmares/{cycle.code}", headers={"accept-language": language})
    rows = (await client.get(f"/palmares/{cycle.code}.csv")).text

    assert sentence in words_of(shown.text)
    assert "Menuiserie Boréale" not in shown.text + rows


async def test_the_csv_opens_in_a_french_spreadsheet_and_runs_no_formula(
    client: Browser, published: Cycle
) -> None:
    given = await client.get(f"/palmares/{published.code}.csv")

    assert given.headers["content-type"] == "text/csv; charset=utf-8"
    assert given.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(given.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["distinction"], row["siret"], row["siren"]) for row in rows] == [
        ("laureat", "12345678200010", "123456782"),
        ("nomme", "73282932000074", "123456782"),
    ]
    assert rows[1]["raison_sociale"] == "'=Atelier"


async def test_the_json_is_the_published_document(client: Browser, published: Cycle) -> None:
    given = await client.get(f"/palmares/{published.code}.json")

    document = given.json()
    assert document["fingerprint"] == "cd" * 32
    assert document["categories"][0]["laureate"]["siret"] == "12345678200010"


@pytest.mark.parametrize(
    "phase", [Phase.OPEN, Phase.EVALUATION, Phase.DELIBERATION, Phase.DECIDED], ids=str
)
@pytest.mark.parametrize("form", ["", ".csv", ".json"], ids=["page", "csv", "json"])
async def test_before_its_hour_nothing_is_read_not_even_by_its_organiser(
    signed_in: SignIn, database: Database, phase: Phase, form: str
) -> None:
    cycle = await a_cycle_in(database, phase)
    async with database.transaction() as session:
        await a_sent_file(session, cycle, company="Secret Industries", status=Status.ADMITTED)
    browser = await signed_in("olivia@trophees.example", organises_everything=True)

    shown = await browser.get(f"/palmares/{cycle.code}{form}")

    assert shown.status_code == 404
    assert "Secret Industries" not in shown.text


async def test_before_its_hour_the_page_says_when(client: Browser, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.DECIDED)

    words = words_of((await client.get(f"/palmares/{cycle.code}")).text)

    assert "Ce palmarès n'est pas encore publié" in words
    assert "Publication prévue" in words


async def test_a_cancelled_cycle_says_that_it_will_have_none(
    client: Browser, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.CANCELLED)

    shown = await client.get(f"/palmares/{cycle.code}")

    assert shown.status_code == 404
    assert "Ce cycle a été annulé" in words_of(shown.text)


async def test_a_code_that_nobody_gave_is_not_found(client: Browser) -> None:
    shown = await client.get("/palmares/2027:REG-99")

    assert shown.status_code == 404


async def test_a_name_that_says_its_year_says_it_once(client: Browser, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.PUBLISHED)
    async with database.transaction() as session:
        await publish(session, cycle, a_document(cycle) | {"name": "Bretagne 2027", "year": 2027})

    shown = await client.get(f"/palmares/{cycle.code}")

    assert "<title>Palmarès Bretagne 2027 ·" in shown.text


@pytest.mark.parametrize(
    "path",
    [
        "/palmares/{code}",
        "/palmares/{code}.csv",
        "/palmares/{code}.json",
        "/palmares/{code}/versions/1",
        "/palmares/{code}/versions/1.json",
        "/api/v1/palmares/{code}",
    ],
)
async def test_internal_trophies_are_nobody_elses_business(
    client: Browser, database: Database, path: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, territory="internal", phase=Phase.PUBLISHED)
        await publish(session, cycle, a_document(cycle))

    shown = await client.get(path.format(code=cycle.code))

    assert shown.status_code == 404


@pytest.mark.parametrize("file", [".csv", ".json", "/versions/1.json"])
async def test_members_of_internal_trophies_download_their_palmares_which_no_cache_keeps(
    signed_in: SignIn, database: Database, file: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, territory="internal", phase=Phase.PUBLISHED)
        await publish(session, cycle, a_document(cycle))
        session.add(Insider(cycle_id=cycle.id, kind="domain", value="zirconia.example"))
    member = await signed_in("anna@zirconia.example")

    answer = await member.get(f"/palmares/{cycle.code}{file}")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", "/palmares", "/reglement", "/api/v1/palmares"])
async def test_no_list_knows_internal_trophies(
    client: Browser, database: Database, path: str
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        for phase, territory in ((Phase.OPEN, "internal"), (Phase.OPEN, "REG-53")):
            await a_cycle(session, edition=edition, territory=territory, phase=phase)

    shown = await client.get(path)

    assert shown.status_code == 200
    assert f"{edition.code}:internal" not in shown.text
