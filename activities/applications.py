"""What happens to an application, one transaction per act."""

from temporalio import activity

from activities.refusing import refusing
from domain.wire.application import (
    ApplicationState,
    HearOfTheCharter,
    LapseDraft,
    RemindDraft,
    SettleApplication,
)
from domain.wire.juror import Planned
from domain.wire.partner import PartnerState, SettlePartner, Tended, TendPartner
from storage.acts import applications, partner_delay, partners, reopening
from storage.acts.charter_verdict import hear_of_the_charter
from storage.database import Database


class Applications:
    """The records of applications."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="settle_application")
    async def settle(self, asked: SettleApplication) -> ApplicationState:
        """Settle a request: state, journal and letters together, or a refusal and nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await applications.settle(session, asked)

    @activity.defn(name="remind_draft")
    async def remind_draft(self, reminder: RemindDraft) -> Planned:
        """Plan a reminder if the draft still is one, at the date in force."""
        async with self._database.transaction() as session:
            return await applications.remind_draft(session, reminder)

    @activity.defn(name="lapse_draft")
    async def lapse_draft(self, draft: LapseDraft) -> ApplicationState:
        """Settle what arrived in time, else let the draft lapse."""
        async with self._database.transaction() as session:
            return await applications.lapse(session, draft)

    @activity.defn(name="reopen_draft")
    async def reopen_draft(self, draft: LapseDraft) -> ApplicationState:
        """Make a draft again of one that had lapsed, if its call takes applications again."""
        async with self._database.transaction() as session:
            return await reopening.reopen(session, draft)

    @activity.defn(name="hear_of_the_charter")
    async def hear_of_the_charter(self, news: HearOfTheCharter) -> Planned:
        """Read the rule of the charter again, and write when its answer has changed."""
        async with self._database.transaction() as session:
            return Planned(await hear_of_the_charter(session, news.application, news.at))

    @activity.defn(name="settle_partner")
    async def settle_partner(self, asked: SettlePartner) -> PartnerState:
        """Settle an invitation, its withdrawal or a countersignature, or refuse and change nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await partners.settle(session, asked)

    @activity.defn(name="tend_partner")
    async def tend_partner(self, due: TendPartner) -> Tended:
        """Remind the partner once, and note the end of its delay."""
        async with self._database.transaction() as session:
            return await partner_delay.tend(session, due)
