"""The rules: generated from the template that the cycle froze."""

import copy
import html
import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from pypdf import PdfReader

from domain.phases import Phase
from storage.database import Database
from storage.editions import create_edition, register_template, shipped_template
from storage.tables.cycles import Insider
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import a_cycle_in
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.conftest import SignIn
from tests.counting import queries


async def test_the_rules_say_everything_that_a_candidate_may_ask(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)

    shown = await client.get(f"/reglement/{cycle.code}")

    words = words_of(shown.text)
    assert shown.status_code == 200
    for said in (
        "Impact mesuré pour les personnes",
        "Réalisé, mesuré, prouvé",
        "jeudi 13 mai 2027 à 12 h 00, heure de Paris",
        "Au moins douze mois d'existence à la clôture",
        "la meilleure moyenne au critère d'impact",
        "5 pièces au plus, de 10 Mo chacune et 25 Mo en tout (PDF, JPEG, PNG).",
        "Une tolérance technique de 15 minutes",
        "trophees-insertion, version 2",
    ):
        assert said in words


async def test_another_template_needs_no_code(client: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template="sample-small")

    words = words_of((await client.get(f"/reglement/{cycle.code}")).text)

    assert "Équipe engagée" in words
    assert "Chaque critère reçoit une valeur entière de 1 à 4." in words


async def test_the_rules_are_read_in_english_too(client: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)

    shown = await client.get(f"/reglement/{cycle.code}", headers={"accept-language": "en"})

    assert "Measured impact for people" in words_of(shown.text)


async def test_the_rules_of_a_cancelled_cycle_stay_readable(
    client: Browser, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.CANCELLED)

    shown = await client.get(f"/reglement/{cycle.code}")

    assert shown.status_code == 200
    assert "Ce cycle a été annulé." in words_of(shown.text)


@pytest.mark.parametrize("count", [1, 3])
async def test_the_list_asks_one_question_whatever_its_length(
    client: Browser, database: Database, application: FastAPI, count: int
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        for territory in ("REG-84", "REG-53", "REG-11")[:count]:
            await a_cycle(session, edition=edition, territory=territory)

    with queries(application) as counted:
        shown = await client.get("/reglement")

    assert shown.text.count('class="card-title"') == count
    assert counted.count == 1


async def test_without_a_cycle_the_list_says_when_rules_appear(client: Browser) -> None:
    shown = await client.get("/reglement")

    assert "Aucun cycle n'est encore préparé" in words_of(shown.text)


async def test_a_code_that_nobody_gave_is_not_found(client: Browser) -> None:
    shown = await client.get("/reglement/rien")

    assert shown.status_code == 404


async def test_the_document_holds_every_article_and_the_same_bytes_twice(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    titles = re.findall(
        r"<h2[^>]*>(\d+)\. ([^<]+)</h2>", (await client.get(f"/reglement/{cycle.code}")).text
    )

    first = await client.get(f"/reglement/{cycle.code}/reglement.pdf")
    second = await client.get(f"/reglement/{cycle.code}/reglement.pdf")

    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(first.content)).pages)
    there = re.sub(r"\s", "", printed)
    assert len(titles) == 24
    assert [
        title
        for number, title in titles
        if re.sub(r"\s", "", f"Article {number}. {html.unescape(title)}") not in there
    ] == []
    assert first.headers["content-type"] == "application/pdf"
    assert b"pdfuaid:part" in first.content
    assert first.content == second.content


async def test_the_versions_say_what_each_one_changed(client: Browser, database: Database) -> None:
    newer = copy.deepcopy(dict(shipped("trophees-insertion")))
    newer["version"] = 3
    newer["jury"]["laureate_threshold"] = 55
    async with database.transaction() as session:
        await a_cycle(session, edition=await an_edition(session, year=2026))
        edition = await create_edition(session, newer, 2027)
        cycle = await a_cycle(session, edition=edition)

    shown = await client.get(f"/reglement/{cycle.code}/versions")

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "Seuil d'un lauréat, sur 100 Modifié 50 55 (+5)" in words
    assert words.count("C'est celle de ce cycle.") == 1
    assert "La première version publiée" in words


async def test_a_version_with_which_nothing_opened_is_not_public(
    client: Browser, database: Database
) -> None:
    drafted = dict(shipped("trophees-insertion")) | {"version": 9}
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        await register_template(session, drafted)

    words = words_of((await client.get(f"/reglement/{cycle.code}/versions")).text)

    assert "Version 9" not in words


@pytest.mark.parametrize("count", [1, 3])
async def test_the_versions_ask_as_many_questions_whatever_their_number(
    client: Browser, database: Database, application: FastAPI, count: int
) -> None:
    async with database.transaction() as session:
        for version in range(count):
            document = dict(shipped("trophees-insertion")) | {"version": 20 + version}
            edition = await create_edition(session, document, 2027 + version)
            cycle = await a_cycle(session, edition=edition)
    await client.get(f"/reglement/{cycle.code}/versions")

    with queries(application) as counted:
        shown = await client.get(f"/reglement/{cycle.code}/versions")

    assert shown.text.count('<h2 id="version-') == count
    assert counted.count == 3


@pytest.mark.parametrize("page", ["", "/reglement.pdf", "/versions"])
async def test_the_rules_of_internal_trophies_are_not_there_for_others(
    client: Browser, database: Database, page: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, territory="internal")

    shown = await client.get(f"/reglement/{cycle.code}{page}")
    index = await client.get("/reglement")

    assert shown.status_code == 404
    assert cycle.code not in index.text


@pytest.mark.parametrize(
    ("kind", "value", "status"),
    [
        ("domain", "entreprise.example", 200),
        ("address", "lea@entreprise.example", 200),
        ("domain", "example", 404),
    ],
)
async def test_the_people_of_internal_trophies_read_their_rules(
    signed_in: SignIn, database: Database, kind: str, value: str, status: int
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, territory="internal")
        session.add(Insider(cycle_id=cycle.id, kind=kind, value=value))
    browser = await signed_in("lea@entreprise.example")

    shown = await browser.get(f"/reglement/{cycle.code}")

    assert shown.status_code == status


def shipped(code: str) -> Mapping[str, Any]:
    found = shipped_template(code)
    assert found is not None
    return found.document
