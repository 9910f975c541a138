"""An organiser who is of a company learns nothing of a complaint about it, wherever they look."""

import pytest

from api.pages.charter.organiser.desk import count_again
from domain.charter.alerts import AlertStep
from storage.acts.charter import alert_letters
from storage.acts.charter.alerts import opened
from storage.database import Database
from storage.tables.charter import Adherence, AdherenceMember
from tests.api.pages.alert_world import (
    AUTHOR,
    AUTHOR_NAME,
    NOW,
    ORGANISER,
    SIRETS,
    STRANGER,
    Told,
    a_company,
    a_complaint,
    letters_to,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.conftest import SignIn

BASE = "/organisation/charte"
LEDGER = f"{BASE}/lettres/registre"
OTHER_ORGANISER = "omar@charte.example"
WHY = {"reason": "L'adresse a été corrigée."}


@pytest.fixture
async def company(database: Database) -> Adherence:
    return await a_company(database)


@pytest.fixture
async def told(database: Database, company: Adherence) -> Told:
    count_again()
    return await a_complaint(database, company)


@pytest.fixture
async def olivia(signed_in: SignIn, database: Database, company: Adherence) -> Browser:
    """She organises everything, and follows the commitments of the company."""
    browser = await signed_in(ORGANISER, name="Olivia Charte", organises_everything=True)
    async with database.transaction() as session:
        session.add(
            AdherenceMember(adherence_id=company.id, person_id=browser.person_id, role="lead")
        )
    return browser


async def pages_of(browser: Browser, company: Adherence) -> list[str]:
    """Every page of the desk on which a complaint or its letters are listed or counted."""
    urls = (
        BASE,
        f"{BASE}/signalements",
        f"{BASE}/adherents/{company.id}",
        f"{BASE}/lettres",
        LEDGER,
        f"{LEDGER}?etat=planned&sorte=charter_alert_received",
    )
    found = [(await browser.get(url)).text for url in urls]
    search = [await browser.submit(LEDGER, {"cherche": said}) for said in (AUTHOR, "Rose")]
    # What was looked for is in the box; what was found is under it.
    return [words_of(page) for page in found] + [
        words_of(page.text.partition("Chercher")[2]) for page in search
    ]


async def test_no_list_search_or_count_holds_anything_of_it(
    olivia: Browser, told: Told, company: Adherence
) -> None:
    pages = await pages_of(olivia, company)

    of_it = (AUTHOR, AUTHOR_NAME, told.id.hex[:8].upper(), "Signalement reçu", "Signalement du")
    assert [said for page in pages for said in of_it if said in page] == []
    assert "Aucune lettre" in pages[-1]


async def test_another_organiser_finds_the_letter_and_the_complaint(
    signed_in: SignIn, told: Told, company: Adherence
) -> None:
    omar = await signed_in(OTHER_ORGANISER, organises_everything=True)

    board, queue, adherent, _, ledger, *_ = await pages_of(omar, company)

    assert "Reçu, recevabilité à dire" in board
    assert told.id.hex[:4].upper() in ledger
    assert "En cours (1)" in queue
    assert "Signalement du" in adherent
    assert AUTHOR_NAME in ledger


async def test_the_complaints_about_others_stay_in_sight(
    olivia: Browser, told: Told, database: Database
) -> None:
    other = await a_complaint(database, await a_company(database, SIRETS[1], STRANGER))

    ledger = words_of((await olivia.get(LEDGER)).text)
    board = words_of((await olivia.get(BASE)).text)

    assert other.id.hex[:4].upper() in ledger
    assert told.id.hex[:4].upper() not in ledger
    assert "Reçu, recevabilité à dire" in board


async def test_its_letters_are_not_found_to_be_sent_again(
    olivia: Browser, told: Told, database: Database
) -> None:
    (letter,) = await letters_to(database, AUTHOR)

    sent = await olivia.submit(f"{LEDGER}/{letter.id}/renvoyer", WHY)

    assert letter.subject == f"alert:{told.id}"
    assert sent.status_code == 404


async def test_the_letters_to_the_organisers_do_not_reach_her(
    olivia: Browser, signed_in: SignIn, told: Told, database: Database
) -> None:
    await signed_in(OTHER_ORGANISER, organises_everything=True)

    async with database.transaction() as session:
        case = await opened(session, str(told.id), None, NOW)
        await alert_letters.to_organisers(
            session, case, "charter_alert_due", step=AlertStep.RECEIVED, days=3
        )

    assert olivia.person_id is not None
    assert await letters_to(database, ORGANISER) == []
    assert [each.kind for each in await letters_to(database, OTHER_ORGANISER)] == [
        "charter_alert_due"
    ]
