"""Saying one's ties with the candidates."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.database import Database
from storage.reads.jury_conflicts import PAGE
from storage.tables.cycles import Cycle
from storage.tables.juries import Conflict, Juror
from storage.templates import calendar_document
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.jury_world import (
    JUROR,
    Bench,
    a_bench,
    a_conflict,
    a_file,
    card_now,
    goes_to_work,
    requests_about,
)
from tests.browser import Browser
from tests.builders import a_calendar, a_card
from tests.conftest import SignIn
from tests.counting import queries

NONE = {"none": "yes"}


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(JUROR, name="Jeanne Jurée")


async def a_working_bench(
    database: Database, application: FastAPI, browser: Browser, phase: Phase = Phase.SCREENING
) -> Bench:
    """A juror whose service runs, and who has accepted."""
    async with database.transaction() as session:
        bench = await a_bench(session, phase=phase, status=JurorStatus.INVITED, has_declared=False)
    await goes_to_work(application.state.engine, bench)
    await browser.submit(f"{bench.url}/reponse", {"accepts": "yes"})
    return bench


async def test_the_list_shows_who_and_nothing_of_the_files(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING, has_declared=False)
        await a_file(session, bench.cycle, company="Zinguerie", siret="12345678200010")
        await a_file(session, bench.cycle, company="Atelier", status=Status.SUBMITTED)
        for status in (Status.DRAFT, Status.WITHDRAWN, Status.REFUSED, Status.LAPSED):
            await a_file(session, bench.cycle, company="Absente", status=status)

    shown = await browser.get(f"{bench.url}/conflits")

    words = words_of(shown.text)
    assert "Candidats 1 à 2 sur 2" in words
    assert words.index("Atelier") < words.index("Zinguerie 123 456 782 · Qualité des parcours")
    assert "Absente" not in words
    assert "Douze tuteurs formés" not in words


async def test_before_closing_the_list_is_not_known(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, has_declared=False)
        await a_file(session, bench.cycle, company="Secrète", status=Status.SUBMITTED)

    shown = await browser.get(f"{bench.url}/conflits")

    assert "La liste n'est pas encore connue" in words_of(shown.text)
    assert "Secrète" not in shown.text


async def test_the_list_opens_to_those_who_accepted(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING, status=JurorStatus.INVITED)

    shown = await browser.get(f"{bench.url}/conflits")

    assert shown.status_code == 403


@pytest.mark.usefixtures("at_work")
async def test_no_tie_is_a_declaration(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    bench = await a_working_bench(database, application, browser)

    declared = await browser.submit(f"{bench.url}/conflits", NONE)

    async with database.transaction() as session:
        juror = await session.get_one(Juror, bench.juror.id)
    assert (declared.status_code, declared.headers["location"]) == (303, bench.url)
    assert juror.conflicts_declared_at is not None


@pytest.mark.usefixtures("at_work")
async def test_a_tie_is_kept_with_its_reason(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    bench = await a_working_bench(database, application, browser)
    async with database.transaction() as session:
        file = await a_file(session, bench.cycle)

    await browser.submit(
        f"{bench.url}/conflits",
        {"conflict": str(file.id), f"reason.{file.id}": "Mon ancien employeur"},
    )

    async with database.transaction() as session:
        conflict = (await session.execute(Conflict.__table__.select())).one()
    assert (conflict.application_id, conflict.reason) == (file.id, "Mon ancien employeur")


@pytest.mark.usefixtures("at_work")
async def test_a_late_tie_takes_the_card_back(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    bench = await a_working_bench(database, application, browser, Phase.EVALUATION)
    await browser.submit(f"{bench.url}/conflits", NONE)
    async with database.transaction() as session:
        file = await a_file(session, bench.cycle)
        card = await a_card(session, bench.juror, file)

    await browser.submit(
        f"{bench.url}/conflits", {"conflict": str(file.id), f"reason.{file.id}": "Cousine"}
    )

    opened = await browser.get(f"{bench.url}/fiches/{card.id}")
    assert (await card_now(database, card)).status == CardStatus.RECUSED
    assert opened.status_code == 403


@pytest.mark.usefixtures("at_work")
async def test_a_tie_that_arrives_after_the_hour_is_refused_and_shown_back(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    bench = await a_working_bench(database, application, browser, Phase.EVALUATION)
    async with database.transaction() as session:
        file = await a_file(session, bench.cycle)
        cycle = await session.get_one(Cycle, bench.cycle.id)
        ended = a_calendar(datetime.now(UTC) - timedelta(days=26, seconds=1))
        cycle.calendar = calendar_document(ended)

    declared = await browser.submit(
        f"{bench.url}/conflits", {"conflict": str(file.id), f"reason.{file.id}": "Cousine"}
    )

    async with database.transaction() as session:
        kept = (await session.scalars(select(Conflict))).all()
    assert declared.status_code == 409
    assert "votre déclaration est arrivée après l'heure" in words_of(declared.text)
    assert "Cousine" in declared.text
    assert kept == []


@pytest.mark.parametrize(
    ("ticked", "reason", "none", "sentence"),
    [
        ("", "", "", "Cochez les candidats avec lesquels vous avez un lien"),
        ("yes", "", "", "Dites en quelques mots quel est ce lien."),
        ("yes", "x" * 501, "", "Ce texte est trop long : 500 caractères au plus."),
        ("yes", "Cousine", "yes", "gardez l'un des deux"),
    ],
    ids=["nothing", "no reason", "too long", "both"],
)
async def test_a_wrong_declaration_is_said_and_asks_for_nothing(
    browser: Browser,
    database: Database,
    ticked: str,
    reason: str,
    none: str,
    sentence: str,
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING, has_declared=False)
        file = await a_file(session, bench.cycle)
    fields = {"conflict": str(file.id)} if ticked else {}

    declared = await browser.submit(
        f"{bench.url}/conflits", fields | {f"reason.{file.id}": reason, "none": none}
    )

    assert declared.status_code == 422
    assert sentence in words_of(declared.text)
    assert (f'value="{file.id}"\n               checked' in declared.text) is bool(ticked)
    assert await requests_about(database, f"juror:{bench.juror.id}") == []


async def test_a_file_of_another_cycle_is_no_candidate(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING, has_declared=False)
        draft = await a_file(session, bench.cycle, status=Status.DRAFT)

    declared = await browser.submit(
        f"{bench.url}/conflits", {"conflict": str(draft.id), f"reason.{draft.id}": "Cousine"}
    )

    assert declared.status_code == 422
    assert "n'est plus dans la liste" in words_of(declared.text)


async def test_once_marking_is_over_the_list_is_only_read(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION)
        file = await a_file(session, bench.cycle)
        await a_conflict(session, bench.juror, file)

    shown = await browser.get(f"{bench.url}/conflits")
    declared = await browser.submit(f"{bench.url}/conflits", NONE)

    assert "Lien déclaré Ancien employeur" in words_of(shown.text)
    assert declared.status_code == 409
    assert await requests_about(database, f"juror:{bench.juror.id}") == []


async def test_one_s_own_company_is_set_aside_without_asking(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING, has_declared=False)
        bench.juror.siren = "123456782"
        await a_file(session, bench.cycle, siret="12345678200010")

    shown = await browser.get(f"{bench.url}/conflits")

    assert "Votre organisation : dossier écarté d'office" in words_of(shown.text)
    assert 'name="conflict"' not in shown.text


async def test_a_long_list_is_turned_without_losing_a_tick(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING, has_declared=False)
        files = [
            await a_file(session, bench.cycle, company=f"Entreprise {place:03}")
            for place in range(PAGE + 1)
        ]
    ticked = {"conflict": str(files[0].id), f"reason.{files[0].id}": "Cousine"}
    first = await browser.get(f"{bench.url}/conflits")

    turned = await browser.submit(
        f"{bench.url}/conflits", ticked | {"turn": str(files[PAGE - 1].id)}
    )

    assert "Faire ma déclaration" not in first.text
    assert f"Candidats {PAGE + 1} à {PAGE + 1} sur {PAGE + 1}" in words_of(turned.text)
    assert hidden(turned.text, "conflict") == str(files[0].id)
    assert hidden(turned.text, f"reason.{files[0].id}") == "Cousine"


async def test_the_page_does_not_turn_over_a_tie_without_its_reason(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING, has_declared=False)
        file = await a_file(session, bench.cycle)

    turned = await browser.submit(
        f"{bench.url}/conflits", {"conflict": str(file.id), "turn": str(file.id)}
    )

    assert turned.status_code == 422
    assert "Dites en quelques mots quel est ce lien." in words_of(turned.text)


async def test_the_list_asks_as_much_for_one_candidate_as_for_three(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    counts: list[int] = []
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.SCREENING)
        await a_file(session, bench.cycle)
    await browser.get(f"{bench.url}/conflits")
    with queries(application) as counted:
        await browser.get(f"{bench.url}/conflits")
    counts.append(counted.count)

    async with database.transaction() as session:
        for _ in range(2):
            await a_file(session, bench.cycle)
    with queries(application) as counted:
        await browser.get(f"{bench.url}/conflits")
    counts.append(counted.count)

    assert counts == [5, 5]
