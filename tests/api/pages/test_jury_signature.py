"""The chair signs the minutes, and reads them."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import col, select

from domain.phases import Phase
from domain.wire.cycle import RunCycle
from storage.database import Database
from storage.drafts.deliberation import Decided, save_decision
from storage.journal import write_line
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.results import Minutes, Standing
from storage.templates import calendar_document, calendar_in
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.jury_world import (
    CHAIR,
    Bench,
    a_bench,
    a_conflict,
    a_file,
    a_sealed_card,
    a_standing,
    requests_about,
)
from tests.browser import Browser
from tests.builders import NOON, a_calendar, a_juror
from tests.conftest import SignIn


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(CHAIR, name="Claire Chair")


async def a_jury_that_decided(
    database: Database, *, decided: bool = True, phase: Phase = Phase.DELIBERATION
) -> tuple[Bench, Application, list[UUID]]:
    """A chair, three members, and one category with its decision."""
    async with database.transaction() as session:
        bench = await a_bench(session, phase=phase, email=CHAIR, is_chair=True)
        members = [await a_juror(session, bench.cycle, name=f"Membre {n}") for n in range(3)]
        file = await a_file(session, bench.cycle)
        await a_standing(session, file, 1)
        if decided:
            await save_decision(session, bench.cycle.id, Decided("QUA", file.id, (), ""))
    return bench, file, [bench.juror.id, *(member.id for member in members)]


async def posted(browser: Browser, bench: Bench, present: list[UUID]) -> dict[str, str | list[str]]:
    """What the page of the signature would post."""
    shown = (await browser.get(f"{bench.url}/signature")).text
    return {
        "request_id": hidden(shown, "request_id"),
        "read": hidden(shown, "read"),
        "present": [str(each) for each in present],
        "summary": "Le jury salue la qualité des dossiers.",
    }


async def test_the_page_reads_every_decision_through(browser: Browser, database: Database) -> None:
    bench, _, _ = await a_jury_that_decided(database)

    words = words_of((await browser.get(f"{bench.url}/signature")).text)

    assert "Qualité des parcours d'insertion Lauréat Menuiserie des Alpes" in words
    assert "Le quorum est de 4 membres présents." in words
    assert "Membre 2" in words


async def test_a_category_without_decision_keeps_from_signing(
    browser: Browser, database: Database
) -> None:
    bench, _, everybody = await a_jury_that_decided(database, decided=False)

    signed = await browser.submit(f"{bench.url}/signature", await posted(browser, bench, everybody))

    assert signed.status_code == 422
    assert (
        "La catégorie « Qualité des parcours d'insertion » n'est pas encore décidée."
        in words_of(signed.text)
    )
    assert "Le jury salue la qualité des dossiers." in signed.text
    assert await requests_about(database, f"cycle:{bench.cycle.id}") == []


async def test_a_laureate_who_withdrew_keeps_from_signing(
    browser: Browser, database: Database
) -> None:
    bench, file, everybody = await a_jury_that_decided(database)
    async with database.transaction() as session:
        withdrawn = await session.get_one(Application, file.id)
        withdrawn.status = "withdrawn"

    signed = await browser.submit(f"{bench.url}/signature", await posted(browser, bench, everybody))

    assert signed.status_code == 422
    assert "le dossier choisi a été retiré ou n'est plus recevable" in words_of(signed.text)


async def test_the_quorum_counts_those_who_sit(browser: Browser, database: Database) -> None:
    bench, _, everybody = await a_jury_that_decided(database)
    strangers = [*everybody[:3], uuid4(), uuid4()]

    signed = await browser.submit(f"{bench.url}/signature", await posted(browser, bench, strangers))

    assert signed.status_code == 422
    assert "cochez qui a délibéré" in words_of(signed.text)


async def test_a_decision_that_changed_is_read_again(browser: Browser, database: Database) -> None:
    bench, _, everybody = await a_jury_that_decided(database)
    form = await posted(browser, bench, everybody)
    async with database.transaction() as session:
        await save_decision(session, bench.cycle.id, Decided("QUA", None, (), "Finalement non."))

    signed = await browser.submit(f"{bench.url}/signature", form)

    assert signed.status_code == 409
    assert "Une décision a changé depuis votre relecture" in words_of(signed.text)
    assert await requests_about(database, f"cycle:{bench.cycle.id}") == []


@pytest.mark.usefixtures("at_work")
async def test_signing_seals_the_minutes_and_shows_them(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    bench, file, everybody = await _a_running_deliberation(database, application)
    await browser.submit(f"{bench.url}/deliberation/QUA", {"laureate": str(file.id)})

    signed = await browser.submit(f"{bench.url}/signature", await posted(browser, bench, everybody))

    async with database.transaction() as session:
        minutes = await session.get_one(Minutes, bench.cycle.id)
        cycle = await session.get_one(Cycle, bench.cycle.id)
    shown = await browser.get(f"{bench.url}/proces-verbal")
    words = words_of(shown.text)
    assert (signed.status_code, signed.headers["location"]) == (
        303,
        f"{bench.url}/proces-verbal",
    )
    assert (cycle.phase, minutes.document["present"]) == (
        Phase.DECIDED,
        [str(each) for each in everybody],
    )
    assert "Lauréat Menuiserie des Alpes" in words
    assert "Membre 2, Réseau Alliances" in words
    assert "Le jury salue la qualité des dossiers." in words
    assert minutes.fingerprint in words


@pytest.mark.usefixtures("at_work")
async def test_the_chair_decides_again_once_the_laureate_has_declined(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    bench, file, everybody = await _a_running_deliberation(database, application)
    await browser.submit(f"{bench.url}/deliberation/QUA", {"laureate": str(file.id)})
    await browser.submit(f"{bench.url}/signature", await posted(browser, bench, everybody))
    page = f"{bench.url}/deliberation/QUA/rectification"
    holds = await browser.get(page)
    async with database.transaction() as session:
        (await session.get_one(Application, file.id)).renounced_at = NOON

    asked = await browser.get(page)
    blank = await browser.submit(page, {"laureate": "none", "reason": ""})
    signed = await browser.submit(page, {"laureate": "none", "reason": "Aucun autre dossier."})

    assert (holds.status_code, blank.status_code, signed.status_code) == (409, 422, 303)
    assert "Menuiserie des Alpes a renoncé à son prix." in words_of(asked.text)
    read = words_of((await browser.get(f"{bench.url}/proces-verbal")).text)
    assert "Rectificatif n° 1 : Qualité des parcours d'insertion" in read


async def test_nothing_is_signed_before_the_ranking_is_settled(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, email=CHAIR, is_chair=True)

    shown = await browser.get(f"{bench.url}/deliberation")
    signed = await browser.submit(f"{bench.url}/signature", {"present": str(bench.juror.id)})

    assert "Le classement se calcule" in words_of(shown.text)
    assert signed.status_code == 422
    assert "Le classement se calcule encore" in words_of(signed.text)
    assert await requests_about(database, f"cycle:{bench.cycle.id}") == []


async def test_a_cycle_without_a_file_may_be_signed_as_such(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, email=CHAIR, is_chair=True)
        write_line(session, subject=f"cycle:{bench.cycle.id}", act="freeze_ranking", at=NOON)

    shown = await browser.get(f"{bench.url}/signature")

    assert "ce procès-verbal constatera qu'aucun trophée n'est décerné" in words_of(shown.text)


async def test_the_minutes_wait_for_the_signature(browser: Browser, database: Database) -> None:
    bench, _, _ = await a_jury_that_decided(database)

    shown = await browser.get(f"{bench.url}/proces-verbal")

    assert shown.status_code == 409
    assert "Le procès-verbal n'est pas encore signé" in words_of(shown.text)


async def test_what_is_signed_is_not_signed_again(browser: Browser, database: Database) -> None:
    bench, _, _ = await a_jury_that_decided(database, decided=False, phase=Phase.DECIDED)

    shown = await browser.get(f"{bench.url}/signature")

    assert (shown.status_code, shown.headers["location"]) == (303, f"{bench.url}/proces-verbal")


async def test_the_minutes_hide_the_marks_of_a_file_with_which_the_chair_has_a_tie(
    browser: Browser, database: Database
) -> None:
    bench, file, _ = await a_jury_that_decided(database)
    async with database.transaction() as session:
        juror = await session.get_one(Juror, bench.juror.id)
        await a_conflict(session, juror, file)
        session.add(_signed(bench, file))

    words = words_of((await browser.get(f"{bench.url}/proces-verbal")).text)

    assert "1 Menuiserie des Alpes lien déclaré" in words
    assert "84,20" not in words


async def test_the_minutes_print_the_best_places_only(browser: Browser, database: Database) -> None:
    bench, file, _ = await a_jury_that_decided(database)
    async with database.transaction() as session:
        session.add(_signed(bench, file, lines=25))

    words = words_of((await browser.get(f"{bench.url}/proces-verbal")).text)

    assert "Et 5 autres dossiers, dans le document scellé." in words


async def test_only_the_chair_reads_the_minutes(signed_in: SignIn, database: Database) -> None:
    bench, file, _ = await a_jury_that_decided(database)
    async with database.transaction() as session:
        session.add(_signed(bench, file))
        seat = await a_juror(session, bench.cycle, email="membre@exemple.fr")
    member = await signed_in("membre@exemple.fr")

    shown = await member.get(f"/jury/{seat.id}/proces-verbal")

    assert shown.status_code == 403


def _signed(bench: Bench, file: Application, lines: int = 1) -> Minutes:
    line = {
        "application": str(file.id),
        "company": file.company,
        "number": None,
        "siret": file.siret,
        "rank": 1,
        "mean": "84.20",
        "valid_cards": 3,
        "flags": [],
    }
    category = {
        "code": "QUA",
        "awards": True,
        "laureate": str(file.id),
        "nominees": [],
        "reason": "",
        "ranking": [line] * lines,
    }
    document = {
        "cycle": bench.cycle.code,
        "name": bench.cycle.name,
        "template": {"code": "trophees-insertion", "version": 1, "fingerprint": "0" * 64},
        "calendar_version": 1,
        "summary": "",
        "present": [],
        "categories": [category],
    }
    return Minutes(
        cycle_id=bench.cycle.id,
        document=document,
        fingerprint="a" * 64,
        signed_by=bench.juror.person_id,
        signed_at=NOON,
    )


async def _a_running_deliberation(
    database: Database, application: FastAPI
) -> tuple[Bench, Application, list[UUID]]:
    """A cycle whose evaluation is over, with sealed cards, as its workflow runs it."""
    calendar = a_calendar(datetime.now(UTC) - timedelta(days=26, minutes=1))
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.PREPARED, email=CHAIR, is_chair=True)
        bench.cycle.calendar = calendar_document(calendar)
        members = [await a_juror(session, bench.cycle, name=f"Membre {n}") for n in range(3)]
        file = await a_file(session, bench.cycle)
        for member in members:
            await a_sealed_card(session, member, file)
    run = RunCycle(str(bench.cycle.id), calendar_in(bench.cycle))
    await application.state.engine.run_cycle(bench.cycle.code, run)
    await _until_ranked(database, bench)
    return bench, file, [bench.juror.id, *(member.id for member in members)]


async def _until_ranked(database: Database, bench: Bench) -> None:
    for _ in range(200):
        async with database.transaction() as session:
            found = await session.execute(
                select(Standing).where(col(Standing.cycle_id) == bench.cycle.id)
            )
            if found.first():
                return
        await asyncio.sleep(0.1)
    message = "the ranking was never frozen"
    raise AssertionError(message)
