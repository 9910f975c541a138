"""The favourite vote on its desks: prepared, moved, cancelled, a burst put aside, a tie settled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.levels import Level
from domain.phases import Phase
from domain.votes import VotePhase
from domain.votes_mailbox import voter_of
from domain.wire.vote import RunVote
from settings import Settings
from storage.acts import voices, vote_count
from storage.acts.votes import situation_of
from storage.database import Database
from storage.tables.records import JournalLine
from storage.tables.votes import Vote
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.builders import a_cycle, a_juror, an_edition
from tests.conftest import SignIn
from tests.votes import DAY, KEY, Ballot, a_vote
from tests.workflows.postbox import Postbox

DESK = "/organisation/vote/2027"
REASON = "Décision du comité de pilotage."


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def national(signed_in: SignIn) -> Browser:
    return await signed_in("nationale@exemple.fr", organises_everything=True)


async def runs(application: FastAPI, ballot: Ballot) -> None:
    """Its workflow, started as the page that prepared it does."""
    situation = situation_of(ballot.vote)
    run = RunVote(str(ballot.vote.id), situation)
    await application.state.engine.run_vote(ballot.edition.code, run)


async def counted(database: Database, ballot: Ballot, *choices: int) -> None:
    """As many voices as choices, counted."""
    async with database.transaction() as session:
        for number, choice in enumerate(choices):
            voter = voter_of(KEY, "v", f"a{number}@jetable.example", f"192.0.2.{number}")
            link = await voices.ask_for_link(
                session, ballot.vote, voter, ballot.candidates[choice].id
            )
            assert link is not None
            await voices.use_link(session, link.id)
        vote = await session.get_one(Vote, ballot.vote.id)
        vote.is_tied = await vote_count.count(session, vote, datetime.now(UTC))
        vote.phase, vote.ended_at = VotePhase.COUNTED, datetime.now(UTC)


async def the_vote(database: Database) -> Vote:
    async with database.transaction() as session:
        return (await session.scalars(select(Vote))).one()


async def reasons(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(col(JournalLine.act), col(JournalLine.reason)).order_by(col(JournalLine.id))
        )
        return [(row.act, row.reason) for row in rows]


@pytest.mark.usefixtures("engine")
async def test_a_vote_is_prepared_on_the_dates_of_the_template_once(
    national: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        await an_edition(session, year=2031)
    listed = await national.get("/organisation/vote")

    first = await national.submit("/organisation/vote/2031/preparer")
    second = await national.submit("/organisation/vote/2031/preparer")
    shown = await national.get("/organisation/vote/2031")

    assert "Préparer le vote" in words_of(listed.text)
    assert {first.headers["location"], second.headers["location"]} == {"/organisation/vote/2031"}
    assert "samedi 18 octobre 2031 à 9 h 00" in words_of(shown.text)
    assert "mercredi 5 novembre 2031 à 18 h 00" in words_of(shown.text)
    assert await reasons(database) == [("prepare_vote", "")]


@pytest.mark.usefixtures("engine")
async def test_dates_move_with_a_reason_and_the_same_form_twice_moves_them_once(
    application: FastAPI, national: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    await runs(application, ballot)
    closes = (ballot.vote.closes_at + 5 * DAY).replace(minute=0, second=0, microsecond=0)
    form = await a_window(national, closes)

    done = [await national.submit(f"{DESK}/dates", form) for _ in range(2)]

    assert [each.status_code for each in done] == [303, 303]
    assert (await the_vote(database)).window_version == 2
    assert await reasons(database) == [("move_vote", REASON)]


async def a_window(browser: Browser, closes: datetime) -> dict[str, str]:
    """The form as the page shows it, with another closing."""
    page = await browser.get(DESK)
    opens = page.text.split('name="opens_at"')[1].split('value="')[1].split('"')[0]
    return {
        "request_id": str(uuid4()),
        "reason": REASON,
        "opens_at": opens,
        "closes_at": closes.strftime("%Y-%m-%dT%H:%M"),
        "publishes_at": (closes + 10 * DAY).strftime("%Y-%m-%dT%H:%M"),
    }


@pytest.mark.usefixtures("engine")
async def test_a_vote_is_cancelled_with_its_reason(
    application: FastAPI, national: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    await runs(application, ballot)

    silent = await national.submit(f"{DESK}/annuler", {"request_id": str(uuid4())})
    done = await national.submit(f"{DESK}/annuler", {"request_id": str(uuid4()), "reason": REASON})

    assert (silent.status_code, done.status_code) == (422, 303)
    assert "Indiquez le motif" in words_of(silent.text)
    assert (await the_vote(database)).phase == VotePhase.CANCELLED
    assert await reasons(database) == [("cancel_vote", REASON)]


@pytest.mark.usefixtures("engine")
async def test_a_burst_is_put_aside_and_both_totals_are_shown(
    application: FastAPI, national: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    await counted(database, ballot, *[0] * 12)
    ballot = Ballot(await the_vote(database), ballot.edition, ballot.candidates, (), ballot.owner)
    await runs(application, ballot)
    page = await national.get(DESK)
    burst = page.text.split('name="burst" value="')[1].split('"')[0]
    form = {"request_id": str(uuid4()), "reason": "Adresses jetables.", "burst": burst}

    nothing = await national.submit(f"{DESK}/ecarter", form | {"burst": ""})
    done = await national.submit(f"{DESK}/ecarter", form)
    shown = words_of((await national.get(DESK)).text)

    assert "12 voix, dont 12 pour le même lauréat" in words_of(page.text)
    assert "Choisissez un ensemble de voix" in words_of(nothing.text)
    assert done.status_code == 303
    assert "12 voix reçues, 0 comptées" in shown
    assert "« Adresses jetables. »" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"closes_at": "demain"}, "Indiquez un jour et une heure", id="not a date"),
        pytest.param({"closes_at": "2031-03-30T02:30"}, "n'existe pas", id="no such hour"),
        pytest.param({"closes_at": "2031-10-26T02:30"}, "existe deux fois", id="twice"),
        pytest.param({"reason": " "}, "Indiquez le motif", id="no reason"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_moves(
    national: Browser, database: Database, typed: dict[str, str], said: str
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    form = await a_window(national, ballot.vote.closes_at + DAY)

    page = await national.submit(f"{DESK}/dates", form | typed)

    assert page.status_code == 422
    assert said in words_of(page.text)
    assert form["publishes_at"] in page.text
    assert (await the_vote(database)).window_version == 1


async def test_an_act_that_the_phase_does_not_allow_is_refused(
    national: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        await a_vote(session)

    form = {"request_id": str(uuid4()), "reason": REASON, "burst": "domain:abc"}
    page = await national.submit(f"{DESK}/ecarter", form)
    unknown = await national.submit(f"{DESK}/truquer", form)

    assert (page.status_code, unknown.status_code) == (409, 404)
    assert "entre le dépouillement et la publication" in words_of(page.text)


@pytest.mark.parametrize("path", ["", "/2027", "/2027/dates"])
async def test_the_desk_is_for_the_national_organiser_only(
    client: Browser, signed_in: SignIn, database: Database, path: str
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    local = await signed_in("locale@exemple.fr", organises=[ballot.applications[0].cycle_id])
    company = await signed_in("direction@exemple.fr")
    url = f"/organisation/vote{path}"

    if path.endswith("dates"):
        found = [
            (await each.submit(url, {"reason": REASON})).status_code for each in (local, company)
        ]
        stranger = await client.submit(url, {"reason": REASON})
    else:
        found = [(await each.get(url)).status_code for each in (local, company)]
        stranger = await client.get(url)

    assert found == [403, 403]
    assert stranger.status_code == (403 if path.endswith("dates") else 303)
    assert (await the_vote(database)).window_version == 1


@pytest.mark.usefixtures("engine")
async def test_the_chair_of_the_final_settles_a_tie_and_nobody_else(
    application: FastAPI, signed_in: SignIn, national: Browser, database: Database
) -> None:
    score = Decimal("70.00")
    async with database.transaction() as session:
        ballot = await a_vote(session, scores=(score, score))
        final = await a_cycle(session, edition=ballot.edition, territory="REG-76")
        final.level, final.phase = Level.NATIONAL, Phase.DELIBERATION
        await a_juror(session, final, email="chair@exemple.fr", is_chair=True)
    await counted(database, ballot, 0, 1)
    ballot = Ballot(await the_vote(database), ballot.edition, ballot.candidates, (), ballot.owner)
    await runs(application, ballot)
    chair, url = await signed_in("chair@exemple.fr"), "/vote/2027/departage"
    chosen = str(ballot.candidates[1].id)
    form = {"request_id": str(uuid4()), "candidate": chosen, "reason": "Sa portée nationale."}

    hidden = await national.get(url)
    refused = await national.submit(url, form)
    nobody = await chair.submit(url, form | {"candidate": str(uuid4())})
    done = await chair.submit(url, form)
    after = await chair.get(url)

    assert (hidden.status_code, refused.status_code, nobody.status_code) == (404, 404, 422)
    assert done.status_code == 303
    assert "Il n'y a rien à départager" in words_of(after.text)
    vote = await the_vote(database)
    assert (vote.is_tied, str(vote.chosen_id)) == (False, chosen)
    assert "Sa portée nationale." in words_of((await national.get(DESK)).text)


async def test_a_vote_that_could_not_open_says_what_to_do(
    national: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session, laureates=1, phase=VotePhase.PREPARED)
        ballot.vote.lacks_candidates = True
        ballot.vote.closes_at = datetime.now(UTC) + timedelta(days=3)

    page = words_of((await national.get(DESK)).text)

    assert "moins de deux lauréats territoriaux étaient annoncés" in page
    assert "Ouvrir le vote maintenant" in page
