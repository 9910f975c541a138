"""What happens to a whole cycle, one transaction per act."""

from dataclasses import replace

from temporalio import activity

from activities.beating import beating
from activities.refusing import refusing
from domain.wire.cycle import (
    CycleMoved,
    CycleRef,
    CycleSettled,
    CycleState,
    EnterPhase,
    MoveDates,
    RepairDeal,
    Repaired,
    SettleCycle,
    SignMinutes,
    Told,
)
from storage.acts import cycle_acts, cycles, dates, dealing, minutes, ranking, repairing
from storage.database import Database


class Cycles:
    """The records of cycles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="enter_phase")
    async def enter_phase(self, entered: EnterPhase) -> CycleMoved:
        """Move the cycle to a phase, unless dates that were moved in time put its end off."""
        async with self._database.transaction() as session:
            version = await dates.settle_moves_in_time(session, entered)
            moved = await cycles.enter_phase(session, entered)
            return replace(moved, version=version)

    @activity.defn(name="move_dates")
    async def move_dates(self, asked: MoveDates) -> CycleMoved:
        """Move dates, with the letters that this causes, or refuse and move nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await dates.move_dates(session, asked)

    @activity.defn(name="settle_cycle")
    async def settle(self, asked: SettleCycle) -> CycleSettled:
        """Settle a request: rows, journal and letters together, or a refusal and nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await cycle_acts.settle(session, asked)

    @activity.defn(name="deal")
    async def deal(self, due: CycleRef) -> Told:
        """Give every admitted file its readers; cards already dealt stay where they are."""
        async with beating(), self._database.transaction() as session:
            cycle = await cycles.locked(session, due.cycle)
            return Told(len((await dealing.deal(session, cycle, due.at)).pairs))

    @activity.defn(name="repair_deal")
    async def repair_deal(self, asked: RepairDeal) -> Repaired:
        """Give what lacks readers to others, by the nearest deal to the one that stands."""
        with refusing():
            async with beating(), self._database.transaction() as session:
                return await repairing.repair_deal(session, asked)

    @activity.defn(name="freeze_ranking")
    async def freeze_ranking(self, due: CycleRef) -> Told:
        """Compute the standings of every category and keep them."""
        async with beating(), self._database.transaction() as session:
            cycle = await cycles.locked(session, due.cycle)
            return Told(await ranking.freeze_ranking(session, cycle, due.at))

    @activity.defn(name="remind_the_chair")
    async def remind_the_chair(self, late: CycleRef) -> None:
        """Plan the letters that say that the minutes are late."""
        async with self._database.transaction() as session:
            await cycles.remind_the_chair(session, late)

    @activity.defn(name="sign_minutes")
    async def sign_minutes(self, asked: SignMinutes) -> CycleState:
        """Seal the decisions by the chair's signature, or refuse with the reason."""
        with refusing():
            async with self._database.transaction() as session:
                return await minutes.sign_minutes(session, asked)
