"""What happens to jurors and their cards, one transaction per act."""

from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy

from activities.refusing import refusing
from domain.phases import Phase
from domain.wire import names
from domain.wire.juror import (
    CardState,
    JurorRef,
    JurorState,
    Planned,
    Recruit,
    RemindJuror,
    RunJuror,
    SettleAnswer,
    SettleCard,
    SettleConflicts,
)
from storage.acts import cards, conflicts, juries
from storage.database import Database
from storage.tables.cycles import Cycle
from storage.templates import calendar_in


class Juries:
    """The records of juries."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client

    @activity.defn(name="settle_answer")
    async def settle_answer(self, asked: SettleAnswer) -> JurorState:
        """Record an acceptance or a refusal."""
        with refusing():
            async with self._database.transaction() as session:
                return await juries.settle_answer(session, asked)

    @activity.defn(name="settle_conflicts")
    async def settle_conflicts(self, asked: SettleConflicts) -> JurorState:
        """Record conflicts, and hand over the cards that they close."""
        with refusing():
            async with self._database.transaction() as session:
                return await conflicts.settle_conflicts(session, asked)

    @activity.defn(name="settle_card")
    async def settle_card(self, asked: SettleCard) -> CardState:
        """Close a card, and find another reader when the juror stands aside."""
        with refusing():
            async with self._database.transaction() as session:
                return await cards.settle_card(session, asked)

    @activity.defn(name="remind_juror")
    async def remind(self, reminder: RemindJuror) -> Planned:
        """Plan a reminder if something is still to do, at the date in force."""
        async with self._database.transaction() as session:
            return await juries.remind(session, reminder)

    @activity.defn(name="invite_juror")
    async def invite(self, invited: JurorRef) -> None:
        """Plan the invitation."""
        async with self._database.transaction() as session:
            await juries.invite_by_id(session, invited)

    @activity.defn(name="ask_for_conflicts")
    async def ask_for_conflicts(self, asked: JurorRef) -> None:
        """Plan the letter that opens the list of candidates."""
        async with self._database.transaction() as session:
            await juries.ask_for_conflicts(session, asked)

    @activity.defn(name="expire_invitation")
    async def expire(self, silent: JurorRef) -> JurorState:
        """Close an invitation without an answer."""
        async with self._database.transaction() as session:
            return await juries.expire(session, silent)

    @activity.defn(name="call_the_reserve")
    async def call_the_reserve(self, leaving: JurorRef) -> Recruit:
        """Invite the next of the reserve and start their service."""
        async with self._database.transaction() as session:
            recruit = await juries.invite_the_next(session, leaving)
            if recruit is None:
                return Recruit()
            cycle = await session.get_one(Cycle, recruit.cycle_id)
            service = RunJuror(
                str(recruit.id), str(cycle.id), calendar_in(cycle), Phase(cycle.phase)
            )
        await self._client.start_workflow(
            "JurorWorkflow",
            service,
            id=names.juror_id(service.cycle, service.juror),
            task_queue=names.CYCLES,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        return Recruit(service.juror)
