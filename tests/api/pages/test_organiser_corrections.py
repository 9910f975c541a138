"""Correcting a published palmarès: proposed by one, confirmed by another, read by all."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.applications import Status
from domain.corrections import CorrectionStep
from domain.phases import Phase
from settings import Settings
from storage.acts.publication import shown
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import (
    COMPANY,
    ORGANISER,
    a_cycle_in,
    a_document,
    a_sent_file,
    a_standing,
    publish,
)
from tests.browser import Browser
from tests.conftest import SignIn
from tests.counting import queries
from tests.workflows.postbox import Postbox

SECOND = "omar@trophees.example"
QUERIES = 6
WHY = "L'établissement lauréat était fermé avant la clôture."


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.PUBLISHED)


@pytest.fixture
async def files(database: Database, cycle: Cycle) -> list[Application]:
    """A laureate that is published, and the next in rank."""
    async with database.transaction() as session:
        found = [
            await a_sent_file(session, cycle, company=company, status=Status.ADMITTED)
            for company in ("Menuiserie Boréale", "Fonderie Australe")
        ]
        for place, file in enumerate(found, start=1):
            await a_standing(session, file, place)
        document = a_document(cycle)
        document["categories"][0] |= {"laureate": shown(found[0]), "nominees": []}
        await publish(session, cycle, document)
    return found


@pytest.fixture
async def olivia(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


@pytest.fixture
async def omar(signed_in: SignIn) -> Browser:
    return await signed_in(SECOND, organises_everything=True)


def desk(cycle: Cycle) -> str:
    return f"/organisation/{cycle.code}/corrections"


def proposal(kind: str, file: Application | None, **more: str) -> dict[str, str]:
    chosen = {"dossier": str(file.id)} if file else {}
    return (
        {
            "request_id": str(uuid4()),
            "quoi": kind,
            "categorie": "QUA",
            "reason": WHY,
        }
        | chosen
        | more
    )


async def the_one(database: Database) -> Correction:
    async with database.transaction() as session:
        return (await session.scalars(select(Correction))).one()


async def told(database: Database) -> list[UUID]:
    async with database.transaction() as session:
        rows = await session.scalars(
            select(col(Letter.id)).where(col(Letter.kind) == "palmares_corrected")
        )
        return list(rows.all())


@pytest.mark.usefixtures("engine")
async def test_a_laureate_is_replaced_by_two_people_and_the_public_reads_why(
    olivia: Browser,
    omar: Browser,
    client: Browser,
    database: Database,
    cycle: Cycle,
    files: list[Application],
) -> None:
    form = await olivia.get(f"{desk(cycle)}/nouvelle?quoi=laureate_replaced&categorie=QUA")
    proposed = await olivia.submit(
        f"{desk(cycle)}/nouvelle", proposal("laureate_replaced", files[1])
    )
    row = await the_one(database)
    mine = words_of((await olivia.get(desk(cycle))).text)
    theirs = words_of((await omar.get(desk(cycle))).text)
    alone = await olivia.submit(f"{desk(cycle)}/{row.id}/confirmer", {})
    confirmed = await omar.submit(f"{desk(cycle)}/{row.id}/confirmer", {})

    now = words_of((await client.get(f"/palmares/{cycle.code}")).text)
    former = words_of((await client.get(f"/palmares/{cycle.code}/versions/1")).text)
    csv = (await client.get(f"/palmares/{cycle.code}.csv")).text
    json = (await client.get(f"/palmares/{cycle.code}.json")).json()
    kept = (await client.get(f"/palmares/{cycle.code}/versions/1.json")).json()

    assert "Fonderie Australe (2)" in words_of(form.text)
    assert (proposed.status_code, alone.status_code, confirmed.status_code) == (303, 409, 303)
    assert "une autre personne qui organise ce cycle doit la confirmer" in mine
    assert "Confirmer et publier" in theirs
    assert "Ce palmarès a été corrigé" in now
    assert WHY in now
    assert "Fonderie Australe" in now
    assert "Menuiserie Boréale" not in now
    assert "Vous lisez une version remplacée" in former
    assert "Menuiserie Boréale" in former
    assert '"Fonderie Australe"' in csv or "Fonderie Australe" in csv
    assert csv.splitlines()[0].endswith(";version")
    assert (json["version"], kept.get("version", 1)) == (2, 1)
    assert (await the_one(database)).step == CorrectionStep.PUBLISHED
    assert await told(database)


async def test_an_erased_name_is_read_nowhere(
    olivia: Browser,
    omar: Browser,
    client: Browser,
    database: Database,
    cycle: Cycle,
    files: list[Application],
    engine: Postbox,
) -> None:
    assert engine.host
    await olivia.submit(f"{desk(cycle)}/nouvelle", proposal("erasure", files[0]))
    row = await the_one(database)
    await omar.submit(f"{desk(cycle)}/{row.id}/confirmer", {})

    pages = [
        (await client.get(f"/palmares/{cycle.code}{end}")).text
        for end in ("", ".csv", ".json", "/versions/1", "/versions/1.json")
    ]

    assert "Menuiserie Boréale" not in "".join(pages)
    assert "Nom effacé" in words_of(pages[0])


async def test_what_is_missing_is_said_and_what_was_typed_stays(
    olivia: Browser, database: Database, cycle: Cycle, files: list[Application]
) -> None:
    typed = proposal("name_corrected", None, nom="x" * 201, reason=" ")

    answer = await olivia.submit(f"{desk(cycle)}/nouvelle", typed)

    words = words_of(answer.text)
    assert answer.status_code == 422
    assert "Choisissez un dossier de la liste." in words
    assert "200 caractères au plus" in words
    assert "Indiquez le motif" in words
    assert "x" * 201 in answer.text
    async with database.transaction() as session:
        assert (await session.scalars(select(Correction))).all() == []
    assert files


async def test_the_same_name_corrects_nothing(
    olivia: Browser, omar: Browser, cycle: Cycle, files: list[Application]
) -> None:
    assert omar
    typed = proposal("name_corrected", files[0], nom=files[0].company)

    answer = await olivia.submit(f"{desk(cycle)}/nouvelle", typed)

    assert answer.status_code == 409
    assert "ne changerait rien" in words_of(answer.text)


async def test_a_dismissal_needs_a_reason(
    olivia: Browser, omar: Browser, database: Database, cycle: Cycle, files: list[Application]
) -> None:
    assert omar
    await olivia.submit(f"{desk(cycle)}/nouvelle", proposal("laureate_removed", files[0]))
    row = await the_one(database)

    answer = await olivia.submit(f"{desk(cycle)}/{row.id}/ecarter", {"reason": " "})

    assert answer.status_code == 422
    assert "Indiquez le motif" in words_of(answer.text)
    assert (await the_one(database)).step == CorrectionStep.PROPOSED


async def test_before_publication_there_is_nothing_to_correct(
    signed_in: SignIn, database: Database
) -> None:
    decided = await a_cycle_in(database, Phase.DECIDED, "REG-53")
    olivia = await signed_in(ORGANISER, organises=[decided.id])

    page = await olivia.get(desk(decided))
    form = await olivia.get(f"{desk(decided)}/nouvelle?quoi=laureate_removed&categorie=QUA")

    assert "Rien à corriger avant la publication" in words_of(page.text)
    assert (form.status_code, form.headers["location"]) == (303, desk(decided))


@pytest.mark.parametrize("who", [COMPANY, "passante@exemple.fr"])
async def test_who_does_not_organise_the_cycle_finds_nothing(
    signed_in: SignIn, cycle: Cycle, files: list[Application], who: str
) -> None:
    browser = await signed_in(who)

    answers = [
        await browser.get(desk(cycle)),
        await browser.submit(f"{desk(cycle)}/nouvelle", proposal("laureate_removed", files[0])),
        await browser.submit(f"{desk(cycle)}/{uuid4()}/confirmer", {}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("version", ["0", "2", "99999999999999999999"])
async def test_a_version_that_was_never_published_is_not_found(
    client: Browser, cycle: Cycle, files: list[Application], version: str
) -> None:
    assert files

    page = await client.get(f"/palmares/{cycle.code}/versions/{version}")

    assert page.status_code in {404, 422}


@pytest.mark.parametrize("query", ["", "?quoi=&categorie=QUA", "?quoi=rien&categorie=QUA"])
async def test_a_choice_that_was_not_made_is_asked_for_again(
    olivia: Browser, cycle: Cycle, files: list[Application], query: str
) -> None:
    assert files

    answer = await olivia.get(f"{desk(cycle)}/nouvelle{query}")
    shown_again = await olivia.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, desk(cycle))
    assert "Choisissez ce qu'il faut corriger" in words_of(shown_again.text)


@pytest.mark.parametrize("count", [1, 3])
async def test_the_page_asks_as_much_for_three_proposals_as_for_one(
    olivia: Browser,
    omar: Browser,
    application: FastAPI,
    cycle: Cycle,
    files: list[Application],
    count: int,
) -> None:
    assert omar
    for _ in range(count):
        await olivia.submit(f"{desk(cycle)}/nouvelle", proposal("laureate_replaced", files[1]))

    with queries(application) as counted:
        page = await olivia.get(desk(cycle))

    assert page.text.count('class="panel"') == count
    assert counted.count == QUERIES
