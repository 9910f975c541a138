"""The favourite vote of an edition: its dates and candidates for everybody, its totals once published."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter

from api.dependencies import Db
from api.errors import NotFound
from domain.votes import VotePhase
from storage.reads.votes import Candidate, Results, public_vote

router = APIRouter(prefix="/votes", tags=["Votes"])


@dataclass(frozen=True, slots=True)
class VoteAnswered:
    """A vote as a program reads it; `results` is null until they are published."""

    edition: str
    name: str
    phase: VotePhase
    opens_at: datetime
    closes_at: datetime
    publishes_at: datetime
    candidates: tuple[Candidate, ...]
    results: Results | None


@router.get("/{edition}")
async def show_vote(edition: str, db: Db) -> VoteAnswered:
    """Show the vote of an edition, by the code of the edition; no token is needed."""
    async with db.transaction() as session:
        vote = await public_vote(session, edition)
    if vote is None:
        raise NotFound
    situation = vote.situation
    return VoteAnswered(
        edition=vote.edition,
        name=vote.edition_name,
        phase=situation.phase,
        opens_at=situation.opens_at,
        closes_at=situation.closes_at,
        publishes_at=situation.publishes_at,
        candidates=vote.candidates,
        results=vote.results,
    )
