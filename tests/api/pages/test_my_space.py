"""My space: what waits for somebody in every role, the most urgent first."""

import re

import pytest
from fastapi import FastAPI

from domain.applications import Act, Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.database import Database
from storage.tables.records import Request
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import a_cycle_in, a_sent_file, running
from tests.browser import Browser
from tests.builders import a_card, a_cycle, a_juror, an_application, an_edition
from tests.conftest import SignIn
from tests.counting import queries

ME = "moi@exemple.fr"


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(ME, name="Mona")


async def test_somebody_who_has_nothing_yet_is_shown_the_first_step(
    browser: Browser, database: Database
) -> None:
    before = words_of((await browser.get("/mon-espace")).text)
    await a_cycle_in(database, Phase.OPEN)
    after = words_of((await browser.get("/mon-espace")).text)

    assert "Voir les prochaines dates" in before
    assert "Voir les appels ouverts" in after


async def test_what_waits_in_every_role_comes_by_date(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        call = await a_cycle(
            session, edition=edition, territory="REG-53", calendar=running(Phase.OPEN)
        )
        jury = await a_cycle(
            session,
            edition=edition,
            territory="REG-11",
            phase=Phase.EVALUATION,
            calendar=running(Phase.EVALUATION),
        )
        await an_application(session, call, title="Mon action", by=browser.person_id)
        juror = await a_juror(session, jury, email=ME)
        file = await a_sent_file(session, jury, status=Status.ADMITTED)
        await a_card(session, juror, file, status=CardStatus.TO_SCORE)

    shown = await browser.get("/mon-espace")

    todos = re.findall(r'<li>\s*<span>\s*<a href="([^"]+)"', shown.text)
    assert [todo.split("/")[1] for todo in todos] == ["candidatures", "jury"]
    words = words_of(shown.text)
    assert "Finir et envoyer « Mon action »" in words
    assert "Noter 1 candidature, Île-de-France" in words


@pytest.mark.parametrize(
    ("phase", "status", "is_chair", "said"),
    [
        (Phase.OPEN, JurorStatus.INVITED, False, "Répondre à l'invitation au jury"),
        (Phase.SCREENING, JurorStatus.ACCEPTED, False, "Dire vos liens avec les candidats"),
        (Phase.DELIBERATION, JurorStatus.ACCEPTED, True, "Conduire la délibération"),
        (Phase.DELIBERATION, JurorStatus.ACCEPTED, False, "Rien ne vous attend aujourd'hui."),
        (Phase.EVALUATION, JurorStatus.ACCEPTED, False, "Rien ne vous attend aujourd'hui."),
    ],
    ids=["invited", "conflicts", "chair", "deliberation", "all scored"],
)
async def test_a_juror_is_told_what_the_phase_asks(
    browser: Browser,
    database: Database,
    phase: Phase,
    status: JurorStatus,
    is_chair: bool,  # noqa: FBT001
    said: str,
) -> None:
    cycle = await a_cycle_in(database, phase)
    async with database.transaction() as session:
        await a_juror(session, cycle, email=ME, status=status, is_chair=is_chair)

    assert said in words_of((await browser.get("/mon-espace")).text)


async def test_an_organiser_is_told_how_many_files_wait(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.SCREENING)
    async with database.transaction() as session:
        await a_sent_file(session, cycle)
    browser = await signed_in(ME, organises=[cycle.id])

    words = words_of((await browser.get("/mon-espace")).text)

    assert "Examiner 1 candidature, Auvergne-Rhône-Alpes" in words


async def test_somebody_who_is_not_signed_in_is_asked_to(client: Browser) -> None:
    shown = await client.get("/mon-espace")

    assert shown.headers["location"] == "/connexion?next=%2Fmon-espace"


@pytest.mark.parametrize("count", [1, 3])
async def test_the_page_asks_the_same_number_of_questions_at_one_row_and_at_three(
    browser: Browser, database: Database, application: FastAPI, count: int
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        for territory in ("REG-84", "REG-53", "REG-11")[:count]:
            cycle = await a_cycle(session, edition=edition, territory=territory)
            await an_application(session, cycle, by=browser.person_id)
    await browser.get("/mon-espace")

    with queries(application) as counted:
        await browser.get("/mon-espace")

    assert counted.count == 9


async def test_what_was_sent_and_is_not_recorded_yet_is_no_draft_and_nothing_to_do(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        call = await a_cycle(session, territory="REG-53", calendar=running(Phase.OPEN))
        file = await an_application(session, call, by=browser.person_id)
        session.add(
            Request(kind=Act.SUBMIT, subject=f"application:{file.id}", by_person=browser.person_id)
        )

    shown = words_of((await browser.get("/mon-espace")).text)

    assert "En cours d'enregistrement" in shown
    assert "Rien ne vous attend aujourd'hui." in shown
    assert "Brouillon" not in shown
