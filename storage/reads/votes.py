"""A favourite vote as its pages read it: nothing of its voices before they are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.levels import Level
from domain.texts import Text
from domain.votes import VotePhase, VoteSituation
from domain.votes_count import WonBy
from storage.acts.votes import situation_of
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.tables.results import Palmares
from storage.tables.votes import Vote, VoteCandidate

MOST = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A territorial laureate as the public reads it."""

    id: str
    company: str
    title: str
    summary: str
    territory: str
    category: Text
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What a candidate received, and how much of it is kept."""

    candidate: Candidate
    received: int
    voices: int


@dataclass(frozen=True, slots=True)
class PutAside:
    """Voices put aside together, and why."""

    shared: str
    voices: int
    reason: str


@dataclass(frozen=True, slots=True)
class Results:
    """What came out of a vote."""

    counted_at: datetime
    received: int
    kept: int
    won_by: WonBy
    winner: Candidate | None
    tied: tuple[Candidate, ...]
    chosen_because: str
    lines: tuple[Line, ...]
    put_aside: tuple[PutAside, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class VoteShown:
    """A vote, its candidates, and its results once the reader may know them."""

    id: UUID
    edition_id: UUID
    edition: str
    edition_name: str
    year: int
    situation: VoteSituation
    announced_only: bool
    candidates: tuple[Candidate, ...]
    results: Results | None

    @property
    def standing(self) -> tuple[Candidate, ...]:
        """Those who may be chosen today."""
        return tuple(each for each in self.candidates if each.is_standing)


@dataclass(frozen=True, slots=True)
class VoteListed:
    """A vote in the list."""

    edition: str
    edition_name: str
    situation: VoteSituation


async def votes_listed(session: AsyncSession) -> tuple[VoteListed, ...]:
    """The votes, the latest edition first."""
    rows = await session.execute(
        select(Vote, Edition)
        .join(Edition, col(Edition.id) == col(Vote.edition_id))
        .order_by(col(Edition.year).desc(), col(Edition.code))
        .limit(MOST)
    )
    return tuple(
        VoteListed(row.Edition.code, row.Edition.name, situation_of(row.Vote)) for row in rows
    )


async def public_vote(session: AsyncSession, edition: str) -> VoteShown | None:
    """A vote as anybody may read it: its results only once they are published."""
    row = await _found(session, edition)
    if row is None:
        return None
    return await _shown(session, *row, tells=await _is_public(session, row[0]))


async def counted_vote(session: AsyncSession, edition: str) -> VoteShown | None:
    """A vote as its organiser or the chair may read it: its results once the voices are counted."""
    row = await _found(session, edition)
    return None if row is None else await _shown(session, *row, tells=True)


async def vote_of(session: AsyncSession, vote_id: UUID) -> tuple[Vote, Edition] | None:
    """A vote by its id, with its edition."""
    row = (
        await session.execute(
            select(Vote, Edition)
            .join(Edition, col(Edition.id) == col(Vote.edition_id))
            .where(col(Vote.id) == vote_id)
        )
    ).one_or_none()
    return None if row is None else (row.Vote, row.Edition)


async def candidate_in(session: AsyncSession, vote_id: UUID, candidate: UUID) -> Candidate | None:
    """A candidate of a vote, by its id."""
    found = await _candidates(session, vote_id, only=candidate)
    return found[0] if found else None


async def _found(session: AsyncSession, edition: str) -> tuple[Vote, Edition] | None:
    row = (
        await session.execute(
            select(Vote, Edition)
            .join(Edition, col(Edition.id) == col(Vote.edition_id))
            .where(col(Edition.code) == edition)
        )
    ).one_or_none()
    return None if row is None else (row.Vote, row.Edition)


async def _is_public(session: AsyncSession, vote: Vote) -> bool:
    """Whether the totals are published: at their own date, or with the national palmarès."""
    if vote.phase == VotePhase.PUBLISHED:
        return True
    if vote.phase != VotePhase.COUNTED or vote.is_tied:
        return False
    published = await session.execute(
        select(func.count())
        .select_from(Palmares)
        .join(Cycle, col(Cycle.id) == col(Palmares.cycle_id))
        .where(col(Cycle.edition_id) == vote.edition_id, col(Cycle.level) == Level.NATIONAL)
    )
    return published.scalar_one() > 0


async def _shown(session: AsyncSession, vote: Vote, edition: Edition, *, tells: bool) -> VoteShown:
    candidates = await _candidates(session, vote.id)
    return VoteShown(
        id=vote.id,
        edition_id=edition.id,
        edition=edition.code,
        edition_name=edition.name,
        year=edition.year,
        situation=situation_of(vote),
        announced_only=vote.announced_only,
        candidates=candidates,
        results=_results(vote.results, candidates) if tells and vote.results else None,
    )


async def _candidates(
    session: AsyncSession, vote_id: UUID, only: UUID | None = None
) -> tuple[Candidate, ...]:
    query = (
        select(col(VoteCandidate.id), col(VoteCandidate.shown), col(Application.status))
        .join(Application, col(Application.id) == col(VoteCandidate.application_id))
        .where(col(VoteCandidate.vote_id) == vote_id)
        .order_by(col(VoteCandidate.id))
    )
    if only is not None:
        query = query.where(col(VoteCandidate.id) == only)
    return tuple(
        _candidate(row.id, row.shown, is_standing=row.status == Status.ADMITTED)
        for row in await session.execute(query)
    )


def _candidate(its_id: UUID, shown: Mapping[str, Any], *, is_standing: bool) -> Candidate:
    return Candidate(
        id=str(its_id),
        company=shown["company"],
        title=shown["title"],
        summary=shown["summary"],
        territory=shown["territory"],
        category=Text(shown["category"]["fr"], shown["category"]["en"]),
        is_standing=is_standing,
    )


def _results(document: Mapping[str, Any], candidates: tuple[Candidate, ...]) -> Results:
    known = {each.id: each for each in candidates}
    return Results(
        counted_at=datetime.fromisoformat(document["counted_at"]),
        received=document["received"],
        kept=document["kept"],
        won_by=WonBy(document["won_by"]),
        winner=known.get(document["winner"]),
        tied=tuple(known[each] for each in document["tied"]),
        chosen_because=document["chosen_because"],
        lines=tuple(
            Line(known[each["candidate"]], each["received"], each["voices"])
            for each in document["lines"]
        ),
        put_aside=tuple(PutAside(**each) for each in document["put_aside"]),
        fingerprint=document["fingerprint"],
    )
