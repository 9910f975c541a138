"""A favourite vote with its candidates, and people who vote by the pages."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.phases import Phase
from domain.votes import VotePhase
from domain.votes_mailbox import Voter, voter_of
from storage.acts.vote_candidates import freeze
from storage.tables.applications import Application
from storage.tables.cycles import Edition
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.results import Decision, Standing
from storage.tables.votes import Vote, VoteCandidate
from tests.builders import a_cycle, a_person, an_application, an_edition

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TERRITORIES = ("REG-84", "REG-53", "REG-11", "REG-93")
KEY = "a-key-of-the-tests"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote, its edition, and its candidates in the order of their territories."""

    vote: Vote
    edition: Edition
    candidates: tuple[VoteCandidate, ...]
    applications: tuple[Application, ...]
    owner: UUID


async def a_vote(
    session: AsyncSession,
    *,
    laureates: int = 2,
    phase: VotePhase = VotePhase.OPEN,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    scores: tuple[Decimal | None, ...] = (),
    announced: Phase = Phase.PUBLISHED,
) -> Ballot:
    """A vote that runs, among the laureates of as many territories."""
    now = datetime.now(UTC)
    edition = await an_edition(session)
    owner = await a_person(session, "direction@exemple.fr")
    files = [
        await _laureate(session, edition, place, owner.id, announced, _of(scores, place))
        for place in range(laureates)
    ]
    opens, closes = opens_at or now - HOUR, closes_at or now + 10 * DAY
    vote = Vote(
        edition_id=edition.id,
        phase=phase,
        opens_at=opens,
        closes_at=closes,
        publishes_at=closes + 10 * DAY,
    )
    session.add(vote)
    await session.flush()
    if phase is not VotePhase.PREPARED:
        await freeze(session, vote)
    return Ballot(vote, edition, await _candidates(session, vote, files), tuple(files), owner.id)


async def letters_of(session: AsyncSession, kind: str) -> list[tuple[str, str]]:
    """The letters of a kind: to whom, and the link that they carry."""
    rows = await session.execute(
        select(col(Person.email), col(Letter.facts))
        .join(Person, col(Person.id) == col(Letter.person_id))
        .where(col(Letter.kind) == kind)
        .order_by(col(Letter.planned_at), col(Letter.id))
    )
    return [(email, facts.get("token_path") or facts["link"]) for email, facts in rows]


def a_voter(ballot: Ballot, address: str, origin: str = "192.0.2.7") -> Voter:
    """Somebody by fingerprints."""
    return voter_of(KEY, str(ballot.vote.id), address, origin)


async def _laureate(
    session: AsyncSession,
    edition: Edition,
    place: int,
    owner: UUID,
    announced: Phase,
    score: Decimal | None,
) -> Application:
    cycle = await a_cycle(session, edition=edition, territory=TERRITORIES[place], phase=announced)
    file = await an_application(
        session,
        cycle,
        status=Status.ADMITTED,
        company=f"Société {place}",
        title=f"Action {place}",
        answers={"public_summary": f"Ce que fait l'action {place}."},
        by=owner,
    )
    session.add(Decision(cycle_id=cycle.id, category="QUA", laureate_id=file.id))
    session.add(
        Standing(cycle_id=cycle.id, category="QUA", application_id=file.id, place=1, mean=score)
    )
    await session.flush()
    return file


async def _candidates(
    session: AsyncSession, vote: Vote, files: list[Application]
) -> tuple[VoteCandidate, ...]:
    rows = await session.scalars(select(VoteCandidate).where(col(VoteCandidate.vote_id) == vote.id))
    known = {each.application_id: each for each in rows}
    return tuple(known[file.id] for file in files if file.id in known)


def _of(scores: tuple[Decimal | None, ...], place: int) -> Decimal | None:
    return scores[place] if place < len(scores) else None
