"""Before its end a vote says nothing of its voices to anybody, wherever one looks."""

import re
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import col

from domain.jurors import JurorStatus
from domain.levels import Level
from domain.phases import Phase
from domain.votes import VotePhase
from domain.votes_mailbox import voter_of
from storage.acts import voices, vote_calendar
from storage.database import Database
from storage.tables.letters import Letter
from storage.tables.votes import Vote
from tests.api.rest.conftest import give_key
from tests.browser import Browser
from tests.builders import a_cycle, a_juror
from tests.conftest import SignIn
from tests.votes import DAY, HOUR, KEY, Ballot, a_vote

# A number that nothing else on these pages says.
MANY = 37
PUBLIC = ("/", "/vote", "/vote/2027", "/vote/2027/retrait", "/palmares", "/palmares/2027:REG-84")
ORGANISER = (
    "/organisation",
    "/organisation/vote",
    "/organisation/vote/2027",
    "/organisation/2027:REG-84",
    "/organisation/2027:REG-84/lettres",
    "/organisation/2027:REG-84/journal",
    "/organisation/2027:REG-84/resultats",
)
CHAIR = ("/vote/2027/departage", "/mon-espace")
PROGRAMS = (
    "/api/v1/votes/2027",
    "/api/v1/editions",
    "/api/v1/editions/2027",
    "/api/v1/cycles/2027:REG-84",
    "/api/v1/cycles/2027:REG-84/letters",
    "/api/v1/palmares",
)
# What changes from one answer to the next, and what is no number of anything.
NOISE = (r"[0-9a-f]{8}-[0-9a-f-]{27}", r"[0-9a-f]{32,}", r"#[0-9a-f]+", r"\d+:\d+:\d+[.\d]*")


async def with_voices(database: Database, ballot: Ballot, count: int) -> None:
    """As many voices for the first candidate, each from a mailbox and a place of its own."""
    async with database.transaction() as session:
        vote = await session.merge(ballot.vote)
        for number in range(count):
            origin = f"198.51.100.{number}"
            voter = voter_of(KEY, str(vote.id), f"a{number}@exemple.fr", origin)
            link = await voices.ask_for_link(session, vote, voter, ballot.candidates[0].id)
            assert link is not None
            await voices.use_link(session, link.id)


async def with_a_chair(database: Database, ballot: Ballot) -> None:
    """The final of the edition, whose jury has a chair."""
    async with database.transaction() as session:
        final = await a_cycle(session, edition=ballot.edition, territory="REG-76")
        final.level, final.phase = Level.NATIONAL, Phase.DELIBERATION
        await a_juror(
            session,
            final,
            email="chair@exemple.fr",
            status=JurorStatus.ACCEPTED,
            is_chair=True,
        )


async def answers(browser: Browser, paths: tuple[str, ...]) -> dict[str, str]:
    """What each page says, less what is different each time."""
    found = {}
    for path in paths:
        page = await browser.get(path)
        assert page.status_code < 500
        text = re.sub(r'value="[^"]*"|\?v=\w+|datetime="[^"]*"', "", page.text)
        for noise in NOISE:
            text = re.sub(noise, "", text)
        found[path] = text
    return found


@pytest.mark.parametrize("phase", [VotePhase.OPEN, VotePhase.CLOSED])
async def test_no_page_and_no_answer_changes_with_the_voices_before_the_count(
    application: FastAPI, signed_in: SignIn, database: Database, phase: VotePhase
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    await with_a_chair(database, ballot)
    nobody = Browser(application)
    national = await signed_in("nationale@exemple.fr", organises_everything=True)
    local = await signed_in("locale@exemple.fr", organises=[ballot.applications[0].cycle_id])
    company, chair = await signed_in("direction@exemple.fr"), await signed_in("chair@exemple.fr")
    program = Browser(application)
    await give_key(database, program, organises=[None])
    everybody = (
        (nobody, PUBLIC + ORGANISER + CHAIR + PROGRAMS),
        (national, PUBLIC + ORGANISER + CHAIR),
        (local, PUBLIC + ORGANISER + CHAIR),
        (company, PUBLIC + ORGANISER + CHAIR),
        (chair, PUBLIC + ORGANISER + CHAIR),
        (program, PROGRAMS),
    )
    await answers(nobody, ("/vote/2027",))

    before = [await answers(browser, paths) for browser, paths in everybody]
    await with_voices(database, ballot, MANY)
    async with database.transaction() as session:
        (await session.merge(ballot.vote)).phase = phase
    after = [await answers(browser, paths) for browser, paths in everybody]

    said = [text for each in after for text in each.values()]
    assert [text for text in said if re.search(rf"\b{MANY}\b", text)] == []
    if phase is VotePhase.OPEN:
        assert after == before
    await nobody.aclose()
    await program.aclose()


async def test_totals_are_the_organisers_once_counted_and_everybodys_once_published(
    application: FastAPI, signed_in: SignIn, database: Database
) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        ballot = await a_vote(session, opens_at=now - DAY, closes_at=now + HOUR)
    await with_voices(database, ballot, MANY)
    async with database.transaction() as session:
        vote = await session.get_one(Vote, ballot.vote.id)
        vote.phase, vote.closes_at = VotePhase.CLOSED, now - HOUR
        case = await vote_calendar.opened(session, str(vote.id), None, now)
        await vote_calendar.close(
            session, case, "vote_is_counted", await vote_calendar._count(session, case)
        )
    national = await signed_in("nationale@exemple.fr", organises_everything=True)
    local = await signed_in("locale@exemple.fr", organises=[ballot.applications[0].cycle_id])
    async with Browser(application) as nobody:
        counted = [
            (await each.get(path)).text
            for each, path in (
                (national, "/organisation/vote/2027"),
                (local, "/vote/2027"),
                (nobody, "/vote/2027"),
                (nobody, "/api/v1/votes/2027"),
            )
        ]
        async with database.transaction() as session:
            (await session.get_one(Vote, ballot.vote.id)).phase = VotePhase.PUBLISHED
        published = [(await nobody.get(path)).text for path in ("/vote/2027", "/api/v1/votes/2027")]

    assert [bool(re.search(rf"\b{MANY}\b", text)) for text in counted] == [
        True,
        False,
        False,
        False,
    ]
    assert [bool(re.search(rf"\b{MANY}\b", text)) for text in published] == [True, True]


async def test_no_address_is_in_the_url_of_a_vote_nor_beside_a_voice(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    form = {"candidate": str(ballot.candidates[0].id), "email": "ada.martin@exemple.fr"}

    await client.submit("/vote/2027", form)
    async with database.transaction() as session:
        letter = (await session.scalars(select(Letter))).one()
    done = await client.submit(letter.facts["token_path"])

    kept = str(letter.facts) + letter.key + letter.subject + str(done.url)
    assert [word for word in ("ada", "martin", "exemple.fr", "Action") if word in kept] == []
    async with database.transaction() as session:
        rows = await session.execute(select(col(voices.Voice.mailbox), col(voices.Voice.domain)))
        assert [len(mailbox + domain) for mailbox, domain in rows] == [128]
