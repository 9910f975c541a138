"""Voices in the database: one for each mailbox, counted by arrival, told to nobody, then forgotten."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from domain.applications import Status
from domain.phases import Phase
from domain.refusals import Refusal
from domain.votes import VoteAct, VoteDue, VotePhase, VoteTimer
from domain.votes_count import WonBy
from domain.wire.vote import SettleVote, VoteFallsDue
from storage.acts import voices, vote_calendar, vote_count, votes
from storage.acts.vote_candidates import laureates_for
from storage.acts.vote_letters import link_key
from storage.database import Database
from storage.identity import person_called
from storage.ledger import Intent, plan
from storage.reads.vote_bursts import bursts_in
from storage.reads.votes import counted_vote, public_vote
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.records import JournalLine
from storage.tables.votes import Voice, VoiceLink, Vote, VoteBurst
from tests.builders import an_organiser
from tests.votes import DAY, HOUR, Ballot, a_vote, a_voter


async def casts(
    database: Database, ballot: Ballot, address: str, choice: int | None, origin: str = "192.0.2.7"
) -> voices.Heard | None:
    """A link asked, and used at once."""
    async with database.transaction() as session:
        candidate = None if choice is None else ballot.candidates[choice].id
        link = await voices.ask_for_link(
            session, ballot.vote, a_voter(ballot, address, origin), candidate
        )
    if link is None:
        return None
    async with database.transaction() as session:
        return await voices.use_link(session, link.id)


async def falls_due(database: Database, ballot: Ballot, what: VoteTimer, at: datetime) -> VotePhase:
    """A date of the vote, as its workflow says it."""
    async with database.transaction() as session:
        due = VoteDue(at, what)
        state = await vote_calendar.fall_due(session, VoteFallsDue(str(ballot.vote.id), due, at))
    return state.situation.phase


async def counts(database: Database, ballot: Ballot) -> None:
    """Close the vote, then count it."""
    closes = ballot.vote.closes_at
    await falls_due(database, ballot, VoteTimer.CLOSE, closes)
    await falls_due(database, ballot, VoteTimer.COUNT, closes + timedelta(minutes=1))


async def asks(database: Database, ballot: Ballot, act: VoteAct, **payload: str) -> votes.VoteState:
    """An act of the national organiser, as its activity settles it."""
    async with database.transaction() as session:
        organiser = await an_organiser_once(session)
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind=act,
            subject=f"vote:{ballot.vote.id}",
            by_person=organiser.id,
            payload={"reason": "Décision du comité.", **payload},
        )
    async with database.transaction() as session:
        return await votes.settle(
            session, SettleVote(str(ballot.vote.id), act, asked.request, asked.arrived_at)
        )


async def an_organiser_once(session: AsyncSession) -> Person:
    """The national organiser, written down the first time."""
    found = await session.execute(select(Person).where(col(Person.email) == "nationale@exemple.fr"))
    return found.scalar_one_or_none() or await an_organiser(session, None, "nationale@exemple.fr")


async def totals(database: Database, ballot: Ballot) -> list[tuple[int, int]]:
    """What each candidate received and keeps, in the order of the territories."""
    async with database.transaction() as session:
        lines = {
            each.candidate: each for each in await vote_count.lines_of(session, ballot.vote.id)
        }
    found = [lines[str(each.id)] for each in ballot.candidates]
    return [(each.received, each.voices) for each in found]


async def how_many(session: AsyncSession, table: type[SQLModel]) -> int:
    return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def test_one_voice_for_each_mailbox_the_last_confirmed(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)

    first = await casts(database, ballot, "ada@exemple.fr", 0)
    again = await casts(database, ballot, "ADA+bis@exemple.fr", 1)
    other = await casts(database, ballot, "eve@exemple.fr", 1)

    assert [each.given for each in (first, again, other) if each] == ["given", "changed", "given"]
    assert await totals(database, ballot) == [(0, 0), (2, 2)]


async def test_a_voice_may_be_taken_back(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    await casts(database, ballot, "ada@exemple.fr", 0)

    heard = await casts(database, ballot, "ada@exemple.fr", None)
    never = await casts(database, ballot, "eve@exemple.fr", None)

    assert heard == never == voices.Heard(voices.Given.TAKEN_BACK, None)
    assert await totals(database, ballot) == [(0, 0), (0, 0)]


async def test_a_link_gives_one_voice_only(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
        candidate = ballot.candidates[0].id
        link = await voices.ask_for_link(
            session, ballot.vote, a_voter(ballot, "ada@exemple.fr"), candidate
        )
    assert link is not None

    async with database.transaction() as session:
        first = await voices.use_link(session, link.id)
    async with database.transaction() as session:
        second = await voices.use_link(session, link.id)
        kept = await session.get_one(VoiceLink, link.id)

    assert first == voices.Heard(voices.Given.GIVEN, candidate)
    assert second is None
    assert kept.candidate_id is None


@pytest.mark.parametrize(
    ("opens", "closes", "phase"),
    [
        pytest.param(HOUR, DAY, VotePhase.OPEN, id="before the opening"),
        pytest.param(
            -DAY, -timedelta(seconds=1), VotePhase.OPEN, id="after, the worker being late"
        ),
        pytest.param(-DAY, -timedelta(seconds=1), VotePhase.CLOSED, id="after the closing"),
        pytest.param(-DAY, DAY, VotePhase.CANCELLED, id="a cancelled vote"),
    ],
)
async def test_a_voice_counts_by_the_instant_of_its_arrival(
    database: Database, opens: timedelta, closes: timedelta, phase: VotePhase
) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        ballot = await a_vote(session, phase=phase, opens_at=now + opens, closes_at=now + closes)

    with pytest.raises(Refusal, match="n'est pas ouvert"):
        await casts(database, ballot, "ada@exemple.fr", 0)

    assert await totals(database, ballot) == [(0, 0), (0, 0)]


async def test_a_mailbox_is_not_flooded_and_an_origin_is_told_to_wait(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
        candidate = ballot.candidates[0].id
        to_one = [
            await voices.ask_for_link(session, ballot.vote, a_voter(ballot, "a@b.fr"), candidate)
            for _ in range(6)
        ]
        for number in range(55):
            await voices.ask_for_link(
                session, ballot.vote, a_voter(ballot, f"a{number}@b.fr"), candidate
            )
        with pytest.raises(Refusal, match="connexion"):
            await voices.ask_for_link(session, ballot.vote, a_voter(ballot, "z@b.fr"), candidate)
        elsewhere = await voices.ask_for_link(
            session, ballot.vote, a_voter(ballot, "z@b.fr", "198.51.100.9"), candidate
        )

    assert [each is not None for each in to_one] == [True] * 5 + [False]
    assert elsewhere is not None


async def test_candidates_are_the_announced_laureates_unless_the_edition_says_otherwise(
    database: Database,
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session, phase=VotePhase.PREPARED, announced=Phase.DECIDED)
        announced = await laureates_for(session, ballot.vote)
        ballot.vote.announced_only = False
        under_embargo = await laureates_for(session, ballot.vote)

    assert announced == ()
    assert [each.shown["company"] for each in under_embargo] != []
    assert {each.application_id for each in under_embargo} == {
        each.id for each in ballot.applications
    }


async def test_a_vote_without_candidates_does_not_open_and_its_organiser_knows(
    database: Database,
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session, laureates=1, phase=VotePhase.PREPARED)
        await an_organiser_once(session)

    phase = await falls_due(database, ballot, VoteTimer.OPEN, ballot.vote.opens_at)

    assert phase is VotePhase.PREPARED
    async with database.transaction() as session:
        assert list(await session.scalars(select(col(Letter.kind)))) == ["vote_not_opened"]
    lapsed = await falls_due(database, ballot, VoteTimer.LAPSE, ballot.vote.closes_at)
    assert lapsed is VotePhase.CANCELLED


async def test_a_date_that_moved_meanwhile_does_nothing(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)

    stale = ballot.vote.closes_at - HOUR

    assert await falls_due(database, ballot, VoteTimer.CLOSE, stale) is VotePhase.OPEN


async def test_results_stay_empty_until_the_count_and_hidden_until_their_publication(
    database: Database,
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    for voter in ("a", "b", "c"):
        await casts(database, ballot, f"{voter}@exemple.fr", 1)
    async with database.transaction() as session:
        before = await counted_vote(session, ballot.edition.code)

    await counts(database, ballot)
    async with database.transaction() as session:
        counted = await counted_vote(session, ballot.edition.code)
        hidden = await public_vote(session, ballot.edition.code)
    await falls_due(database, ballot, VoteTimer.PUBLISH, ballot.vote.publishes_at)
    async with database.transaction() as session:
        public = await public_vote(session, ballot.edition.code)
        letters = list(await session.scalars(select(col(Letter.kind))))

    assert before
    assert before.results is None
    assert hidden
    assert hidden.results is None
    assert counted
    assert counted.results
    assert public
    assert public.results == counted.results
    assert (counted.results.received, counted.results.kept) == (3, 3)
    assert counted.results.winner
    assert counted.results.winner.company == "Société 1"
    assert counted.results.won_by is WonBy.VOICES
    assert letters == ["vote_won"]


async def test_a_burst_is_put_aside_with_both_totals_kept(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    for number in range(12):
        await casts(database, ballot, f"robot{number}@jetable.example", 0, f"198.51.100.{number}")
    for number in range(3):
        await casts(database, ballot, f"ami{number}@exemple.fr", 1, f"203.0.113.{number}")
    await counts(database, ballot)
    async with database.transaction() as session:
        [burst] = await bursts_in(session, ballot.vote.id)

    await asks(
        database,
        ballot,
        VoteAct.INVALIDATE,
        shared=burst.shared,
        fingerprint=burst.fingerprint,
        reason="Adresses jetables créées le même jour.",
    )

    assert (burst.voices, burst.for_one) == (12, 12)
    assert await totals(database, ballot) == [(12, 0), (3, 3)]
    async with database.transaction() as session:
        shown = await counted_vote(session, ballot.edition.code)
    assert shown
    assert shown.results
    assert (shown.results.received, shown.results.kept) == (15, 3)
    assert shown.results.winner
    assert shown.results.winner.company == "Société 1"
    assert [each.reason for each in shown.results.put_aside] == [
        "Adresses jetables créées le même jour."
    ]
    with pytest.raises(Refusal, match="déjà écartées"):
        await asks(
            database,
            ballot,
            VoteAct.INVALIDATE,
            shared=burst.shared,
            fingerprint=burst.fingerprint,
        )


async def test_a_withdrawn_laureate_keeps_its_voices_and_wins_nothing(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    for voter in ("a", "b"):
        await casts(database, ballot, f"{voter}@exemple.fr", 0)
    await casts(database, ballot, "c@exemple.fr", 1)
    async with database.transaction() as session:
        gone = await session.get_one(Application, ballot.applications[0].id)
        gone.status = Status.WITHDRAWN
    with pytest.raises(Refusal, match="plus en lice"):
        await casts(database, ballot, "d@exemple.fr", 0)

    await counts(database, ballot)

    async with database.transaction() as session:
        shown = await counted_vote(session, ballot.edition.code)
    assert shown
    assert shown.results
    assert shown.results.winner
    assert shown.results.winner.company == "Société 1"
    assert await totals(database, ballot) == [(2, 2), (1, 1)]


async def test_equals_in_everything_wait_for_the_chair_and_nothing_is_published(
    database: Database,
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session, scores=(Decimal("71.00"), Decimal("71.00")))
        await an_organiser_once(session)
    await casts(database, ballot, "a@exemple.fr", 0)
    await casts(database, ballot, "b@exemple.fr", 1)
    await counts(database, ballot)
    publishes_at = ballot.vote.publishes_at

    early = await falls_due(database, ballot, VoteTimer.PUBLISH, publishes_at)
    with pytest.raises(Refusal, match="à égalité"):
        await asks(database, ballot, VoteAct.SETTLE, candidate=str(uuid4()))
    settled = await asks(
        database,
        ballot,
        VoteAct.SETTLE,
        candidate=str(ballot.candidates[1].id),
        reason="Sa portée.",
    )

    assert early is VotePhase.COUNTED
    assert settled.situation.is_tied is False
    async with database.transaction() as session:
        shown = await counted_vote(session, ballot.edition.code)
        letters = list(await session.scalars(select(col(Letter.kind))))
    assert shown
    assert shown.results
    assert shown.results.won_by is WonBy.CHAIR
    assert shown.results.chosen_because == "Sa portée."
    assert letters == ["vote_tied"]


async def test_the_score_parts_equals_before_the_chair_is_asked(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session, scores=(Decimal("71.00"), Decimal("84.00")))
    await casts(database, ballot, "a@exemple.fr", 0)
    await casts(database, ballot, "b@exemple.fr", 1)

    await counts(database, ballot)

    async with database.transaction() as session:
        shown = await counted_vote(session, ballot.edition.code)
    assert shown
    assert shown.results
    assert shown.results.won_by is WonBy.SCORE
    assert shown.results.winner
    assert shown.results.winner.company == "Société 1"


async def test_an_act_is_done_once_with_its_line(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
    closes = ballot.vote.closes_at + DAY

    moved = await asks(
        database,
        ballot,
        VoteAct.MOVE,
        opens_at=ballot.vote.opens_at.isoformat(),
        closes_at=closes.isoformat(),
        publishes_at=ballot.vote.publishes_at.isoformat(),
    )

    assert moved.situation.closes_at == closes
    async with database.transaction() as session:
        lines = (await session.scalars(select(JournalLine))).all()
        vote = await session.get_one(Vote, ballot.vote.id)
    assert [(each.act, each.reason, each.calendar_version) for each in lines] == [
        ("move_vote", "Décision du comité.", 2)
    ]
    assert vote.window_version == 2
    with pytest.raises(Refusal, match="motif"):
        await asks(database, ballot, VoteAct.CANCEL, reason=" ")


async def test_weeks_later_nothing_says_who_voted_and_the_totals_stay(database: Database) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
        for address in ("inconnue@exemple.fr", "direction@exemple.fr"):
            link = await voices.ask_for_link(
                session, ballot.vote, a_voter(ballot, address), ballot.candidates[0].id
            )
            assert link is not None
            person = await person_called(session, address)
            key = link_key(link.id)
            await plan(session, [Intent(key, "vote_confirmation", key, person.id)])
            await voices.use_link(session, link.id)
    await counts(database, ballot)

    counted_at = ballot.vote.closes_at + timedelta(minutes=1)
    await falls_due(database, ballot, VoteTimer.PUBLISH, ballot.vote.publishes_at)
    await falls_due(database, ballot, VoteTimer.PURGE, counted_at + timedelta(days=30))

    async with database.transaction() as session:
        left = [await how_many(session, each) for each in (Voice, VoiceLink, VoteBurst)]
        letters = list(await session.scalars(select(col(Letter.kind))))
        people = list(await session.scalars(select(col(Person.email))))
        shown = await public_vote(session, ballot.edition.code)
    assert left == [0, 0, 0]
    assert letters == ["vote_won"]
    # Who works on an application is known otherwise, and stays.
    assert people == ["direction@exemple.fr"]
    assert shown
    assert shown.results
    assert shown.results.kept == 2


async def test_a_link_whose_letter_did_not_leave_stays_with_us_once_the_vote_is_closed(
    database: Database,
) -> None:
    async with database.transaction() as session:
        ballot = await a_vote(session)
        link = await voices.ask_for_link(
            session, ballot.vote, a_voter(ballot, "ada@exemple.fr"), ballot.candidates[0].id
        )
        assert link is not None
        person = await person_called(session, "ada@exemple.fr")
        key = link_key(link.id)
        await plan(session, [Intent(key, "vote_confirmation", key, person.id)])

    await falls_due(database, ballot, VoteTimer.CLOSE, ballot.vote.closes_at)

    async with database.transaction() as session:
        assert list(await session.scalars(select(col(Letter.state)))) == ["cancelled"]
