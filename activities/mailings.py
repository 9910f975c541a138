"""What happens to a mailing that people look after, one transaction per act."""

from temporalio import activity

from activities.refusing import refusing
from domain.wire.mailing import ConcludeMailing, MailingState, SettleMailing
from storage.acts import mailings
from storage.database import Database


class Mailings:
    """The records of mailings, and the letters that follow them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="settle_mailing")
    async def settle(self, asked: SettleMailing) -> MailingState:
        """Release, pause, resume or cancel: step, letters and journal together, or a refusal."""
        with refusing():
            async with self._database.transaction() as session:
                return await mailings.settle(session, asked)

    @activity.defn(name="conclude_mailing")
    async def conclude(self, ended: ConcludeMailing) -> MailingState:
        """Close it once nothing is left to send."""
        async with self._database.transaction() as session:
            return await mailings.conclude(session, ended)
