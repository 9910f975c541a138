"""What would start the workflow of a vote again, from its row alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.votes import VotePhase
from domain.wire import names
from domain.wire.vote import RunVote
from storage.acts.votes import situation_of
from storage.tables.cycles import Edition
from storage.tables.votes import Vote


@dataclass(frozen=True, slots=True)
class VoteToRun:
    """The start of a vote, with the code of its edition, which is its name."""

    edition: str
    run: RunVote


async def run_of_vote(session: AsyncSession, vote_id: UUID) -> VoteToRun | None:
    """The start of a vote, unless all of it is over."""
    vote = await session.get_one(Vote, vote_id)
    situation = situation_of(vote)
    if situation.is_over:
        return None
    return VoteToRun(await edition_of_vote(session, vote_id), RunVote(str(vote.id), situation))


async def vote_to_run(session: AsyncSession, edition_id: UUID) -> VoteToRun | None:
    """The start of the vote of an edition, if it has one that is not over."""
    found = await session.scalar(select(col(Vote.id)).where(col(Vote.edition_id) == edition_id))
    return await run_of_vote(session, found) if found else None


async def edition_of_vote(session: AsyncSession, vote_id: UUID) -> str:
    """The code of the edition of a vote."""
    found = await session.execute(
        select(col(Edition.code))
        .join(Vote, col(Vote.edition_id) == col(Edition.id))
        .where(col(Vote.id) == vote_id)
    )
    return found.scalar_one()


async def unstarted_votes(
    session: AsyncSession, since: datetime | None, until: datetime
) -> Sequence[str]:
    """The votes that were prepared in a window of time, and may not have been started."""
    rows = select(col(Vote.id)).where(
        col(Vote.phase) == VotePhase.PREPARED, col(Vote.created_at) <= until
    )
    if since is not None:
        rows = rows.where(col(Vote.created_at) > since)
    return [names.vote_subject(str(each)) for each in await session.scalars(rows)]
