"""What happens to a favourite vote, one transaction per act."""

from temporalio import activity

from activities.refusing import refusing
from domain.wire.vote import SettleVote, VoteFallsDue, VoteState
from storage.acts import vote_calendar, votes
from storage.database import Database


class Votes:
    """The records of favourite votes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="settle_vote")
    async def settle(self, asked: SettleVote) -> VoteState:
        """Settle a request: phase, audit and letters together, or a refusal and nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await votes.settle(session, asked)

    @activity.defn(name="vote_falls_due")
    async def fall_due(self, date: VoteFallsDue) -> VoteState:
        """Do what a date brings, if it is still due."""
        async with self._database.transaction() as session:
            return await vote_calendar.fall_due(session, date)
