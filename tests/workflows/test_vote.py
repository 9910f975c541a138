"""A favourite vote over weeks of virtual time: it opens, closes, is counted, published, forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from domain.votes import VoteAct, VotePhase
from domain.votes_count import WonBy
from storage.database import Database
from storage.reads.votes import counted_vote, public_vote
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.records import JournalLine
from storage.tables.votes import Voice, Vote
from tests.votes import DAY, HOUR
from tests.workflows.test_no_personal_data import readable
from tests.workflows.vote_story import TYPED, VOTERS, RunningVote, a_running_vote


async def lines(vote: RunningVote) -> list[tuple[str, datetime]]:
    """What happened to the vote, and when."""
    async with vote.database.transaction() as session:
        rows = await session.execute(
            select(col(JournalLine.act), col(JournalLine.at))
            .where(col(JournalLine.subject) == f"vote:{vote.ballot.vote.id}")
            .order_by(col(JournalLine.id))
        )
        return [(row.act, row.at) for row in rows]


def near(at: datetime, due: datetime) -> bool:
    """Whether something happened at its date, to the second."""
    return timedelta() <= at - due < timedelta(seconds=2)


async def test_a_vote_opens_closes_is_counted_published_and_forgets_its_voters(
    at_work: TimeSkipper, database: Database
) -> None:
    now = datetime.now(UTC)
    vote = await a_running_vote(
        at_work.client,
        database,
        phase=VotePhase.PREPARED,
        opens_at=now + 3 * HOUR,
        closes_at=now + 18 * DAY,
    )
    closes, publishes = vote.ballot.vote.closes_at, vote.ballot.vote.publishes_at

    await at_work.fast_forward(vote.handle)
    ended = await vote.handle.result()

    happened = await lines(vote)
    assert [act for act, _ in happened] == [
        "vote_opens",
        "vote_closes",
        "vote_is_counted",
        "vote_is_published",
        "vote_is_purged",
    ]
    counted_at = closes + timedelta(minutes=1)
    dues = (now + 3 * HOUR, closes, counted_at, publishes, counted_at + 30 * DAY)
    assert [near(at, due) for (_, at), due in zip(happened, dues, strict=True)] == [True] * 5
    assert ended.situation.is_over


async def test_voices_are_counted_once_the_vote_is_closed_and_nobody_is_named(
    at_work: TimeSkipper, database: Database
) -> None:
    vote = await a_running_vote(at_work.client, database)
    for voter, choice in zip(VOTERS, (1, 1, 0), strict=True):
        await vote.hears(voter, choice)
    code = vote.ballot.edition.code

    await at_work.fast_forward(vote.handle, 9 * DAY)
    async with database.transaction() as session:
        before = await counted_vote(session, code)
    await at_work.fast_forward(vote.handle, 2 * DAY)
    async with database.transaction() as session:
        counted = await counted_vote(session, code)
        hidden = await public_vote(session, code)
    await at_work.fast_forward(vote.handle)
    await vote.handle.result()

    assert before is not None
    assert before.results is None
    assert hidden is not None
    assert hidden.results is None
    assert counted is not None
    assert counted.results is not None
    assert [each.voices for each in counted.results.lines] == [2, 1]
    assert counted.results.won_by is WonBy.VOICES
    async with database.transaction() as session:
        left = (await session.execute(select(func.count()).select_from(Voice))).scalar_one()
        people = {*await session.scalars(select(col(Person.email)))}
        letters = sorted(await session.scalars(select(col(Letter.kind))))
    assert left == 0
    assert people == {"direction@exemple.fr", "nationale@exemple.fr"}
    assert letters == ["vote_won"]
    history = readable((await vote.handle.fetch_history()).to_json())
    assert [word for word in TYPED if word in history] == []
    assert str(vote.ballot.vote.id) in history


async def test_a_window_that_moves_is_closed_at_its_new_date_only(
    at_work: TimeSkipper, database: Database
) -> None:
    vote = await a_running_vote(at_work.client, database)
    window = vote.ballot.vote
    later = window.closes_at + 5 * DAY
    await at_work.fast_forward(vote.handle, 8 * DAY)

    moved = await vote.asks(
        VoteAct.MOVE,
        window.closes_at - 2 * DAY,
        opens_at=window.opens_at.isoformat(),
        closes_at=later.isoformat(),
        publishes_at=window.publishes_at.isoformat(),
    )
    await at_work.fast_forward(vote.handle, 3 * DAY)
    during = (await vote.handle.query("state", result_type=type(moved))).situation.phase
    await at_work.fast_forward(vote.handle)
    await vote.handle.result()

    assert moved.situation.closes_at == later
    assert during is VotePhase.OPEN
    happened = dict(await lines(vote))
    assert near(happened["vote_closes"], later)
    assert [*happened] == [
        "move_vote",
        "vote_closes",
        "vote_is_counted",
        "vote_is_published",
        "vote_is_purged",
    ]


async def test_a_vote_opens_early_or_is_cancelled_when_its_organiser_says_so(
    at_work: TimeSkipper, database: Database
) -> None:
    now = datetime.now(UTC)
    vote = await a_running_vote(
        at_work.client,
        database,
        phase=VotePhase.PREPARED,
        opens_at=now + 3 * DAY,
        closes_at=now + 18 * DAY,
    )

    opened = await vote.asks(VoteAct.OPEN, now)
    with pytest.raises(WorkflowUpdateFailedError):
        await vote.asks(VoteAct.OPEN, now)
    cancelled = await vote.asks(VoteAct.CANCEL, now + HOUR)
    await at_work.fast_forward(vote.handle)
    ended = await vote.handle.result()

    assert opened.situation.phase is VotePhase.OPEN
    assert cancelled.situation.phase is VotePhase.CANCELLED
    assert ended.situation.is_over
    assert [act for act, _ in await lines(vote)] == [
        "open_vote",
        "cancel_vote",
        "vote_is_purged",
    ]
    async with database.transaction() as session:
        assert (await session.get_one(Vote, vote.ballot.vote.id)).results is None
        sent = await session.execute(select(col(Letter.kind), col(Letter.state)))
        assert sorted((row.kind, row.state) for row in sent) == [
            *[("vote_cancelled", "sent")] * 2,
            *[("vote_opened", "sent")] * 2,
        ]
