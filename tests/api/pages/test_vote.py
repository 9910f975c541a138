"""Voting by the public pages: a choice, an address, a letter, one press; nothing is told by the way."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlmodel import col
from temporalio.client import Client

from api.clock import system_clock
from domain.applications import Status
from domain.votes import VotePhase
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.votes import Voice, VoiceLink
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.counting import queries
from tests.votes import DAY, HOUR, Ballot, a_vote, letters_of
from tests.workflows.postbox import Postbox

ADA = "Ada.Martin@Exemple.fr"
PAGE = "/vote/2027"
# Its vote, its candidates, and the beginning of their transaction.
FEW = 2


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def ballot(database: Database) -> Ballot:
    async with database.transaction() as session:
        return await a_vote(session, laureates=3)


async def chooses(client: Browser, ballot: Ballot, choice: int, email: str = ADA) -> str:
    """Ask for a link, and give the words of the page that answers."""
    form = {"candidate": str(ballot.candidates[choice].id), "email": email}
    page = await client.submit(PAGE, form)
    assert page.status_code == 200
    return words_of(page.text)


async def last_link(database: Database) -> str:
    """The path of the last link that was written to somebody."""
    async with database.transaction() as session:
        return (await letters_of(session, "vote_confirmation"))[-1][1]


async def voices_for(database: Database, ballot: Ballot) -> list[int]:
    """How many voices each candidate has, in the order of the territories."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(col(Voice.candidate_id), func.count()).group_by(col(Voice.candidate_id))
        )
        found = {row[0]: row[1] for row in rows}
    return [found.get(each.id, 0) for each in ballot.candidates]


def order_on(page: str) -> list[str]:
    return re.findall(r'name="candidate" value="([^"]+)"', page)


async def test_a_voice_is_counted_at_the_press_and_not_before(
    client: Browser, database: Database, ballot: Ballot
) -> None:
    said = await chooses(client, ballot, 1)
    link = await last_link(database)
    confirm = await client.get(link)
    scanned = await voices_for(database, ballot)

    done = await client.submit(link)

    assert "ada.martin@exemple.fr" in said
    assert "Action 1" in words_of(confirm.text)
    assert scanned == [0, 0, 0]
    assert (done.status_code, await voices_for(database, ballot)) == (200, [0, 1, 0])
    assert "Votre voix est comptée pour « Action 1 »" in words_of(done.text)


async def test_the_letter_reaches_the_mailbox_with_a_link_that_opens(
    client: Browser, database: Database, ballot: Ballot, engine: Postbox
) -> None:
    await chooses(client, ballot, 0)
    async with database.transaction() as session:
        key = (await session.scalars(select(col(Letter.key)))).one()
    handle = client.app.state.engine._client.get_workflow_handle(f"letter:{key}")
    await handle.result()

    [letter] = engine.letters
    body = letter.get_body(("plain",))
    assert body is not None
    path = re.search(r"http://localhost(/vote/confirmation/\S+)", body.get_content())
    assert path is not None
    assert "Action 0" not in body.get_content()
    assert (await client.get(path[1])).status_code == 200


async def test_a_link_used_twice_says_so_and_counts_once(
    client: Browser, database: Database, ballot: Ballot
) -> None:
    await chooses(client, ballot, 1)
    link = await last_link(database)
    await client.submit(link)

    again = await client.submit(link)
    opened = await client.get(link)

    assert (again.status_code, opened.status_code) == (410, 410)
    assert "Il a déjà servi" in words_of(again.text)
    assert await voices_for(database, ballot) == [0, 1, 0]


async def test_a_new_link_replaces_the_voice_and_another_takes_it_back(
    client: Browser, database: Database, ballot: Ballot
) -> None:
    await chooses(client, ballot, 1)
    await client.submit(await last_link(database))
    await chooses(client, ballot, 2, "ADA.martin+encore@exemple.fr")
    changed = await client.submit(await last_link(database))
    after_change = await voices_for(database, ballot)

    await client.submit(f"{PAGE}/retrait", {"email": ADA})
    page = await client.get(await last_link(database))
    taken_back = await client.submit(await last_link(database))

    assert "elle va maintenant à « Action 2 »" in words_of(changed.text)
    assert after_change == [0, 0, 1]
    assert "votre voix n'est plus comptée" in words_of(page.text)
    assert "Aucune voix de votre adresse n'est comptée" in words_of(taken_back.text)
    assert await voices_for(database, ballot) == [0, 0, 0]


async def test_the_answer_is_the_same_whatever_the_address_has_done(
    client: Browser, database: Database, ballot: Ballot
) -> None:
    first = await chooses(client, ballot, 1)
    await client.submit(await last_link(database))

    voted_already = await chooses(client, ballot, 1)
    answers = [await chooses(client, ballot, 1) for _ in range(6)]
    withdrawals = [
        words_of((await client.submit(f"{PAGE}/retrait", {"email": each})).text)
        for each in (ADA, ADA)
    ]

    assert {voted_already, *answers} == {first}
    assert withdrawals[0] == withdrawals[1]
    async with database.transaction() as session:
        sent = (await session.execute(select(func.count()).select_from(VoiceLink))).scalar_one()
    assert sent == 5


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param({"email": ADA}, "Choisissez un lauréat.", id="nobody chosen"),
        pytest.param(
            {"email": ADA, "candidate": "nobody"}, "Choisissez un lauréat.", id="not a candidate"
        ),
        pytest.param(
            {"email": ADA, "candidate": str(uuid4())}, "Choisissez un lauréat.", id="somebody else"
        ),
        pytest.param({"email": "ada"}, "semble incomplète", id="not an address"),
        pytest.param({}, "semble incomplète", id="nothing"),
    ],
)
async def test_what_is_wrong_is_said_on_the_page_with_what_was_typed(
    client: Browser, database: Database, ballot: Ballot, form: dict[str, str], said: str
) -> None:
    page = await client.submit(PAGE, form)

    assert page.status_code == 422
    assert said in words_of(page.text)
    assert f'value="{form.get("email", "")}"' in page.text
    async with database.transaction() as session:
        assert (await session.scalars(select(col(Person.email)))).all() == ["direction@exemple.fr"]
    assert await voices_for(database, ballot) == [0, 0, 0]


@pytest.mark.parametrize(
    ("opens", "closes", "phase", "said"),
    [
        pytest.param(DAY, 2 * DAY, VotePhase.PREPARED, "n'est pas encore ouvert", id="before"),
        pytest.param(-DAY, DAY, VotePhase.PREPARED, "dès que les lauréats", id="no laureate yet"),
        pytest.param(-DAY, -HOUR, VotePhase.OPEN, "Le vote est clos", id="after, not told yet"),
        pytest.param(-DAY, -HOUR, VotePhase.CLOSED, "Le vote est clos", id="after"),
        pytest.param(-DAY, DAY, VotePhase.CANCELLED, "Ce vote est annulé", id="cancelled"),
    ],
)
async def test_a_vote_that_is_not_open_says_why_and_takes_nothing(
    client: Browser,
    database: Database,
    opens: timedelta,
    closes: timedelta,
    phase: VotePhase,
    said: str,
) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        ballot = await a_vote(session, phase=phase, opens_at=now + opens, closes_at=now + closes)
    chosen = str(ballot.candidates[0].id) if ballot.candidates else str(uuid4())

    page = await client.get(PAGE)
    posted = await client.submit(PAGE, {"candidate": chosen, "email": ADA})
    withdrawn = await client.submit(f"{PAGE}/retrait", {"email": ADA})

    assert said in words_of(page.text)
    assert 'type="email"' not in page.text
    assert {posted.status_code, withdrawn.status_code} <= {409, 422}
    assert await voices_for(database, ballot) == [0] * len(ballot.candidates)


async def test_a_link_opened_after_the_closing_counts_nothing(
    application: FastAPI, client: Browser, database: Database, ballot: Ballot
) -> None:
    await chooses(client, ballot, 1)
    link = await last_link(database)
    async with database.transaction() as session:
        vote = await session.merge(ballot.vote)
        vote.closes_at = datetime.now(UTC) - HOUR

    opened, used = await client.get(link), await client.submit(link)

    assert (opened.status_code, used.status_code) == (410, 410)
    assert "ce lien ne peut plus rien compter" in words_of(used.text)
    assert await voices_for(database, ballot) == [0, 0, 0]
    assert application.state.clock is system_clock


async def test_a_laureate_who_left_cannot_be_chosen(
    client: Browser, database: Database, ballot: Ballot
) -> None:
    await chooses(client, ballot, 1)
    async with database.transaction() as session:
        gone = await session.get_one(Application, ballot.applications[1].id)
        gone.status = Status.WITHDRAWN

    page = await client.get(PAGE)
    used = await client.submit(await last_link(database))

    assert len(order_on(page.text)) == 2
    assert used.status_code == 409
    assert "plus en lice" in words_of(used.text)


@pytest.mark.parametrize("path", ["/vote/2031", "/vote/2031/retrait", "/vote/confirmation/x.y"])
async def test_what_does_not_exist_is_not_found(client: Browser, path: str) -> None:
    assert (await client.get(path)).status_code == 404
    assert (await client.submit(path, {"email": ADA})).status_code == 404


async def test_a_visitor_reads_one_order_at_each_visit(
    application: FastAPI, client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        await a_vote(session, laureates=4)
    mine = [order_on((await client.get(PAGE)).text) for _ in range(3)]
    others = []
    for _ in range(12):
        async with Browser(application) as other:
            others.append(order_on((await other.get(PAGE)).text))

    assert mine[0] == mine[1] == mine[2]
    assert len({each[0] for each in others}) > 1
    assert all(sorted(each) == sorted(mine[0]) for each in others)


async def test_a_whole_office_may_vote_and_a_flood_is_told_to_wait(
    client: Browser, ballot: Ballot
) -> None:
    for number in range(60):
        await chooses(client, ballot, 1, f"personne{number}@exemple.fr")

    form = {"candidate": str(ballot.candidates[0].id), "email": "encore@exemple.fr"}
    page = await client.submit(PAGE, form)

    assert page.status_code == 429
    assert "Réessayez dans une heure" in words_of(page.text)
    assert 'value="encore@exemple.fr"' in page.text


@pytest.mark.parametrize("laureates", [2, 4])
async def test_the_page_asks_as_much_of_the_database_whatever_the_candidates(
    application: FastAPI, client: Browser, database: Database, laureates: int
) -> None:
    async with database.transaction() as session:
        await a_vote(session, laureates=laureates)

    with queries(application) as asked:
        page = await client.get(PAGE)

    assert len(order_on(page.text)) == laureates
    assert asked.count == FEW


async def test_english_readers_vote_too(client: Browser, ballot: Ballot) -> None:
    page = await client.get(PAGE, headers={"accept-language": "en"})

    assert "Public favourite 2027" in words_of(page.text)
    assert "Receive the confirmation link" in words_of(page.text)
    assert len(order_on(page.text)) == len(ballot.candidates)
