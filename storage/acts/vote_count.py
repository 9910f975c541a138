"""The count of a vote: one grouped question, one document, and its fingerprint."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.refusals import N_, Refusal
from domain.votes_count import Counted, WonBy, in_order, outcome_of, turnout
from storage.tables.applications import Application
from storage.tables.votes import Voice, Vote, VoteBurst, VoteCandidate


async def count(session: AsyncSession, vote: Vote, at: datetime) -> bool:
    """Count the voices and keep what came out; tells whether only the chair can part the first."""
    lines = await lines_of(session, vote.id)
    outcome = outcome_of(lines, str(vote.chosen_id) if vote.chosen_id else None)
    received, kept = turnout(lines)
    bursts = (
        await session.scalars(
            select(VoteBurst).where(col(VoteBurst.vote_id) == vote.id).order_by(col(VoteBurst.at))
        )
    ).all()
    document: dict[str, object] = {
        "counted_at": at.isoformat(),
        "received": received,
        "kept": kept,
        "won_by": outcome.won_by,
        "winner": outcome.winner,
        "tied": list(outcome.tied),
        "chosen_because": vote.chosen_reason if outcome.won_by is WonBy.CHAIR else "",
        "lines": [
            {
                "candidate": each.candidate,
                "received": each.received,
                "voices": each.voices,
                "is_standing": each.is_standing,
            }
            for each in in_order(lines)
        ],
        "put_aside": [
            {"shared": each.shared, "voices": each.voices, "reason": each.reason} for each in bursts
        ],
    }
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    vote.results = document | {"fingerprint": sha256(canonical.encode()).hexdigest()}
    return outcome.won_by is WonBy.TIED


async def choose(session: AsyncSession, vote: Vote, candidate: str, reason: str) -> None:
    """What the chair decides between candidates who are equal in everything."""
    outcome = outcome_of(await lines_of(session, vote.id))
    if candidate not in outcome.tied:
        raise Refusal(N_("Choisissez l'un des lauréats à égalité."))
    vote.chosen_id, vote.chosen_reason = UUID(candidate), reason


async def lines_of(session: AsyncSession, vote_id: UUID) -> Sequence[Counted]:
    """What each candidate received, and how much of it is kept."""
    rows = await session.execute(
        select(
            col(VoteCandidate.id),
            func.count(col(Voice.id)).label("received"),
            func.count(col(Voice.id)).filter(col(Voice.burst_id).is_(None)).label("kept"),
            col(VoteCandidate.score),
            col(Application.status),
        )
        .join(Application, col(Application.id) == col(VoteCandidate.application_id))
        .outerjoin(Voice, col(Voice.candidate_id) == col(VoteCandidate.id))
        .where(col(VoteCandidate.vote_id) == vote_id)
        .group_by(col(VoteCandidate.id), col(VoteCandidate.score), col(Application.status))
        .order_by(col(VoteCandidate.id))
    )
    return [
        Counted(
            candidate=str(row.id),
            received=row.received,
            voices=row.kept,
            score=row.score,
            is_standing=row.status == Status.ADMITTED,
        )
        for row in rows
    ]
