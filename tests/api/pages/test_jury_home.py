"""A juror's own page: the invitation, then what there is to do at each moment."""

import pytest
from fastapi import FastAPI

from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.database import Database
from storage.tables.juries import Juror
from tests.api.pages.company_world import words_of
from tests.api.pages.jury_world import (
    JUROR,
    a_bench,
    a_file,
    goes_to_work,
    requests_about,
)
from tests.browser import Browser
from tests.builders import a_card
from tests.conftest import SignIn
from tests.counting import queries

YES = {"accepts": "yes", "maximum": ""}
NO = {"accepts": "no", "reason": "Je n'ai pas le temps.", "suggestion": ""}


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(JUROR, name="Jeanne Jurée")


async def test_an_invitation_says_what_it_asks_and_until_when(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)

    shown = await browser.get(bench.url)

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "Réponse attendue avant le samedi 8 mai 2027 à 12 h 00, heure de Paris" in words
    assert "Du mercredi 19 mai 2027 au samedi 29 mai 2027" in words


async def test_the_chair_is_asked_to_preside(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, status=JurorStatus.INVITED, is_chair=True)

    shown = await browser.get(bench.url)

    assert "Présider le jury" in words_of(shown.text)


@pytest.mark.usefixtures("at_work")
async def test_accepting_keeps_the_maximum(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)
    await goes_to_work(application.state.engine, bench)

    answered = await browser.submit(f"{bench.url}/reponse", {"accepts": "yes", "maximum": "12"})

    async with database.transaction() as session:
        juror = await session.get_one(Juror, bench.juror.id)
    assert (answered.status_code, answered.headers["location"]) == (303, bench.url)
    assert (juror.status, juror.maximum) == (JurorStatus.ACCEPTED, 12)


@pytest.mark.usefixtures("at_work")
async def test_declining_says_why_and_whom_to_ask(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)
    await goes_to_work(application.state.engine, bench)

    await browser.submit(f"{bench.url}/reponse", NO | {"suggestion": "Paul, Les Amis"})

    async with database.transaction() as session:
        juror = await session.get_one(Juror, bench.juror.id)
    shown = await browser.get(bench.url)
    assert juror.status == JurorStatus.DECLINED
    assert juror.reason == "Je n'ai pas le temps.\nPersonne à solliciter : Paul, Les Amis"
    assert "Vous avez décliné cette invitation" in words_of(shown.text)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (YES | {"maximum": "beaucoup"}, "Donnez un nombre de dossiers entre 1 et 500"),
        (YES | {"maximum": "0"}, "Donnez un nombre de dossiers entre 1 et 500"),
        (YES | {"maximum": "9" * 5000}, "Donnez un nombre de dossiers entre 1 et 500"),
        (NO | {"reason": "  "}, "Dites en quelques mots pourquoi vous déclinez."),
        (NO | {"reason": "x" * 1001}, "Ce texte est trop long : 1 000 caractères au plus."),
        ({}, "Dites si vous acceptez ou si vous déclinez."),
    ],
    ids=["words", "zero", "endless", "no reason", "too long", "nothing"],
)
async def test_a_wrong_answer_is_said_and_asks_for_nothing(
    browser: Browser, database: Database, fields: dict[str, str], sentence: str
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)

    answered = await browser.submit(f"{bench.url}/reponse", fields)

    assert answered.status_code == 422
    assert sentence in words_of(answered.text)
    assert await requests_about(database, f"juror:{bench.juror.id}") == []


async def test_what_was_typed_stays_when_it_is_wrong(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)

    answered = await browser.submit(
        f"{bench.url}/reponse", {"accepts": "no", "reason": "", "suggestion": "Paul, Les Amis"}
    )

    assert 'value="Paul, Les Amis"' in answered.text


async def test_an_answer_comes_too_late_once_given(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.ACCEPTED)

    answered = await browser.submit(f"{bench.url}/reponse", NO)

    assert answered.status_code == 409
    assert "Cette invitation n'attend plus de réponse." in words_of(answered.text)


@pytest.mark.parametrize(
    ("status", "phase", "sentence"),
    [
        (JurorStatus.ACCEPTED, Phase.OPEN, "Les candidats seront connus à la clôture de l'appel"),
        (JurorStatus.ACCEPTED, Phase.SCREENING, "Les dossiers vous seront attribués le"),
        (JurorStatus.ACCEPTED, Phase.EVALUATION, "Les dossiers se répartissent"),
        (JurorStatus.ACCEPTED, Phase.DELIBERATION, "Le jury délibère jusqu'au"),
        (JurorStatus.ACCEPTED, Phase.DECIDED, "le palmarès sera publié le"),
        (JurorStatus.ACCEPTED, Phase.PUBLISHED, "Merci d'avoir siégé"),
        (JurorStatus.ACCEPTED, Phase.CANCELLED, "Ce cycle a été annulé"),
        (JurorStatus.DECLINED, Phase.OPEN, "Vous avez décliné cette invitation"),
        (JurorStatus.EXPIRED, Phase.OPEN, "Cette invitation a expiré"),
        (JurorStatus.RELEASED, Phase.OPEN, "Votre mission dans ce jury est terminée"),
    ],
)
async def test_each_moment_says_what_comes_next(
    browser: Browser, database: Database, status: JurorStatus, phase: Phase, sentence: str
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=phase, status=status)

    shown = await browser.get(bench.url)

    assert shown.status_code == 200
    assert sentence in words_of(shown.text)


@pytest.mark.parametrize("phase", [Phase.SCREENING, Phase.EVALUATION])
async def test_ties_come_before_files(browser: Browser, database: Database, phase: Phase) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=phase, has_declared=False)
        await a_card(session, bench.juror, await a_file(session, bench.cycle, company="Cachée"))

    shown = await browser.get(bench.url)

    assert "Avant de lire, dites vos liens" in words_of(shown.text)
    assert "Cachée" not in shown.text


async def test_the_list_says_where_each_card_stands(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        for company, status, marks in (
            ("Neuve", CardStatus.TO_SCORE, {}),
            ("Commencée", CardStatus.TO_SCORE, {"IMP": 4, "ACC": 3}),
            ("Finie", CardStatus.SEALED, {}),
            ("Retirée", CardStatus.WITHDRAWN, {}),
        ):
            file = await a_file(session, bench.cycle, company=company)
            await a_card(session, bench.juror, file, status=status, marks=marks)

    words = words_of((await browser.get(bench.url)).text)

    assert "Dossiers traités 2 sur 4" in words
    assert "Neuve Un tuteur pour chacun À noter" in words
    assert "Commencée Un tuteur pour chacun 2 notes sur 5" in words
    assert "Finie Un tuteur pour chacun Notée" in words
    assert "Retirée Un tuteur pour chacun Candidature retirée" in words


async def test_a_list_that_is_done_says_so(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        file = await a_file(session, bench.cycle)
        await a_card(session, bench.juror, file, status=CardStatus.SEALED)

    words = words_of((await browser.get(bench.url)).text)

    assert "Tous vos dossiers sont traités." in words


async def test_a_long_list_is_cut_in_pages(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        for place in range(51):
            file = await a_file(session, bench.cycle, company=f"Entreprise {place:02}")
            await a_card(session, bench.juror, file)

    first = await browser.get(bench.url)
    second = await browser.get(f"{bench.url}?page=2")
    beyond = await browser.get(f"{bench.url}?page=999")

    assert [page.text.count('class="task"') for page in (first, second, beyond)] == [50, 1, 1]


async def test_a_page_number_that_is_none_is_not_a_page(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)

    shown = await browser.get(f"{bench.url}?page=deux")

    assert shown.status_code == 404


async def test_the_list_asks_as_much_for_one_card_as_for_three(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    counts: list[int] = []
    async with database.transaction() as session:
        bench = await a_bench(session)
        await a_card(session, bench.juror, await a_file(session, bench.cycle))
    await browser.get(bench.url)
    with queries(application) as counted:
        await browser.get(bench.url)
    counts.append(counted.count)

    async with database.transaction() as session:
        for _ in range(2):
            await a_card(session, bench.juror, await a_file(session, bench.cycle))
    with queries(application) as counted:
        await browser.get(bench.url)
    counts.append(counted.count)

    assert counts == [6, 6]


@pytest.mark.parametrize("path", ["", "/conflits", "/deliberation", "/proces-verbal", "/signature"])
async def test_nobody_sits_in_the_seat_of_another(
    signed_in: SignIn, client: Browser, database: Database, path: str
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, is_chair=True)
    other = await signed_in("curieux@exemple.fr", organises=[bench.cycle.id])

    asked = await client.get(bench.url + path)
    looked = await other.get(bench.url + path)

    assert (asked.status_code, asked.headers["location"].partition("?")[0]) == (303, "/connexion")
    assert looked.status_code == 404


async def test_the_reserve_is_told_nothing(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, status=JurorStatus.RESERVE)

    shown = await browser.get(bench.url)

    assert shown.status_code == 404


async def test_the_page_reads_in_english(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)
    browser.cookies.set("language", "en")

    shown = await browser.get(bench.url)

    assert "Serve on the jury" in shown.text
