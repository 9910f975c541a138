"""The board of the charter: what waits and since when, who stands where, and the campaign drawn."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from domain.charter.states import State
from domain.charter.timetable import Timer
from storage.database import Database
from storage.reads.charter.organiser.board import Board, Waiting, board_of
from storage.reads.charter.organiser.campaign import Progress, campaign_of
from tests.api.pages.charter_desk_world import (
    ACCEPTED,
    BASE,
    NOW,
    OPENED,
    Places,
    a_filed_file,
    a_sent_report,
    an_inquiry,
    an_organiser,
    moved,
    sends,
    with_periods,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.charters import Adherent, a_draft, a_signatory, an_open_report
from tests.conftest import SignIn
from tests.counting import queries


@pytest.fixture
async def browser(signed_in: SignIn, application: FastAPI) -> Browser:
    return await an_organiser(signed_in, application)


async def the_board(database: Database) -> Board:
    async with database.transaction() as session:
        return await board_of(session, NOW)


@pytest.mark.usefixtures("browser")
async def test_files_wait_with_their_age_and_those_past_the_promise_are_counted(
    database: Database,
) -> None:
    places = Places()
    async with database.transaction() as session:
        for days in (26, 21, 3):
            since = NOW - timedelta(days=days)
            await a_filed_file(session, since=since, siret=places.next())

    board = await the_board(database)

    assert board.files == Waiting(count=3, late=1, oldest_days=26, promised_days=21)


@pytest.mark.usefixtures("browser")
async def test_reports_wait_with_their_age_and_those_past_the_promise_are_counted(
    database: Database,
) -> None:
    places = Places()
    async with database.transaction() as session:
        for days in (47, 45, 2):
            await a_sent_report(session, sent=NOW - timedelta(days=days), siret=places.next())

    board = await the_board(database)

    assert board.reports == Waiting(count=3, late=1, oldest_days=47, promised_days=45)


@pytest.mark.usefixtures("browser")
async def test_each_state_says_its_count_and_the_first_thing_that_is_due(
    database: Database,
) -> None:
    places = Places()
    async with database.transaction() as session:
        await a_draft(session, siret=places.next())
        for _ in range(2):
            signatory = await a_signatory(session, accepted=ACCEPTED, siret=places.next())
            await an_open_report(session, signatory, 2027, OPENED)
        suspended = await a_signatory(session, accepted=ACCEPTED, siret=places.next())
        await moved(session, suspended, "suspended", NOW - timedelta(days=10))

    board = await the_board(database)

    said = {
        each.state: (each.count, each.first_due and str(each.first_due.date()), each.due)
        for each in board.standings
        if each.count
    }
    active, halted = said[State.ACTIVE], said[State.SUSPENDED]
    assert set(said) == {State.DRAFT, State.ACTIVE, State.SUSPENDED}
    assert active == (2, "2027-05-03", Timer.MISS)
    assert halted == (1, "2027-09-30", Timer.DECIDE_SUSPENSION)


@pytest.mark.usefixtures("browser")
async def test_a_successor_to_confirm_is_counted_and_one_to_be_named_is_not(
    database: Database,
) -> None:
    places = Places()
    async with database.transaction() as session:
        for successor in ("12345678200028", None):
            ceased = await a_signatory(session, accepted=ACCEPTED, siret=places.next())
            await moved(session, ceased, "ceased", (NOW - timedelta(days=4)).date(), NOW)
            ceased.adherence.successor_siret = successor

    board = await the_board(database)

    assert (board.successors, board.ceased.count) == (1, 2)


async def test_each_number_leads_to_its_list(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        adherent, _ = await a_sent_report(session)
        await an_inquiry(session, adherent)

    shown = await browser.get(BASE)

    for list_url in (
        f"{BASE}/dossiers",
        f"{BASE}/bilans",
        f"{BASE}/adherents?etat=suspendue",
        f"{BASE}/adherents?etat=cessee",
        f"{BASE}/adherents?etat=active",
        f"{BASE}/signalements?etape=instruction",
        f"{BASE}/bilans?annee=2027&amp;etape=deposes",
        f"{BASE}/bilans?annee=2027&amp;territoire=REG-53&amp;etape=deposes",
    ):
        assert f'href="{list_url}"' in shown.text or f'href="{list_url.replace("&amp;", "&")}"' in (
            shown.text
        )


async def a_campaign(database: Database) -> None:
    """One report of each sort in Brittany, and one awaited in Martinique."""
    places = Places()

    async with database.transaction() as session:

        async def adherent() -> Adherent:
            found = await a_signatory(session, accepted=ACCEPTED, siret=places.next())
            await an_open_report(session, found, 2027, OPENED)
            return found

        await adherent()
        await sends(session, await adherent(), NOW)
        validated = await adherent()
        await sends(session, validated, NOW)
        await moved(session, validated, "report_accepted", NOW)
        returned = await adherent()
        await sends(session, returned, NOW)
        await with_periods(session, returned, "report_returned", NOW)
        await moved(session, await adherent(), "missed", NOW)
        gone = await adherent()
        await moved(session, gone, "put", State.WITHDRAWN, NOW)
        overseas = await a_signatory(
            session, accepted=ACCEPTED, siret=places.next(), region="02", department="972"
        )
        await an_open_report(session, overseas, 2027, OPENED)


@pytest.mark.usefixtures("browser")
async def test_the_campaign_counts_every_report_once_and_forgets_who_left(
    database: Database,
) -> None:
    await a_campaign(database)

    async with database.transaction() as session:
        campaign = await campaign_of(session, 2027, 2027)

    assert {line.territory: dict(line.counts) for line in campaign.lines} == {
        "REG-53": dict.fromkeys(Progress, 1),
        "REG-02": {Progress.AWAITED: 1},
    }
    assert (campaign.whole.due, campaign.whole.of(Progress.AWAITED)) == (6, 2)


async def test_the_campaign_is_drawn_with_its_closing_and_the_days_left(
    browser: Browser, database: Database
) -> None:
    await a_campaign(database)

    shown = await browser.get(BASE)

    words = words_of(shown.text)
    assert "Campagne des bilans 2027" in words
    assert "vendredi 30 avril 2027 à 18 h 00" in words
    assert "il reste 20 jours" in words
    assert shown.text.count('class="part part-manques"') == 2  # in the key, and in the bar
    assert "style=" not in shown.text


async def test_a_year_of_no_campaign_shows_the_last_one(
    browser: Browser, database: Database
) -> None:
    await a_campaign(database)

    shown = await browser.get(f"{BASE}?annee=2031")

    assert "Campagne des bilans 2027" in words_of(shown.text)


async def test_an_empty_charter_says_what_will_be_there(browser: Browser) -> None:
    shown = await browser.get(BASE)

    assert "Aucun bilan n'est encore dû" in words_of(shown.text)


async def test_the_board_asks_as_much_of_one_adherent_as_of_three(
    signed_in: SignIn, application: FastAPI, database: Database
) -> None:
    places, counts = Places(), list[int]()
    for more in (1, 2):
        async with database.transaction() as session:
            for _ in range(more):
                await a_sent_report(session, siret=places.next())
        browser = await an_organiser(signed_in, application)
        with queries(application) as counted:
            await browser.get(BASE)
        counts.append(counted.count)

    assert counts[0] == counts[1]
