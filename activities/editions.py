"""What happens to an edition, one transaction per act, and the cycles that it starts and cancels."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from temporalio import activity

from activities.beating import beating
from activities.engine import Engine
from activities.refusing import refusing
from domain.levels import Level
from domain.phases import ENDED, Phase
from domain.refusals import NotRunning, Refusal, Unanswered
from domain.wire.cycle import CycleRef, CyclesToDeal, EnterPhase, MoveDates, RunCycle
from domain.wire.edition import (
    EditionPlan,
    EditionRef,
    EnterEditionPhase,
    MoveCycles,
    SettleEdition,
)
from storage.acts import cycles, dates, editions
from storage.acts.edition_dates import CycleAsked, asked_of_cycles
from storage.acts.edition_opening import cycles_of, prepare_edition
from storage.acts.regrouping import send_to_neighbours
from storage.acts.unstarted import run_of_edition
from storage.acts.vote_start import vote_to_run
from storage.database import Database
from storage.editions import MAIN, shipped_template
from storage.reads.organiser.editions import edition_on
from storage.requests import write_request
from storage.tables.cycles import Cycle
from storage.tables.records import Request
from storage.templates import calendar_in

PARIS = ZoneInfo("Europe/Paris")


class Editions:
    """The records of editions, and the engine in which their cycles run."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    @activity.defn(name="settle_edition")
    async def settle(self, asked: SettleEdition) -> EditionPlan:
        """Do what the national organiser asked, or refuse with the reason."""
        with refusing():
            async with self._database.transaction() as session:
                return await editions.settle(session, asked)

    @activity.defn(name="enter_edition_phase")
    async def enter(self, entered: EnterEditionPhase) -> EditionPlan:
        """Move the edition to a phase, with its journal line and the letters that it causes."""
        async with self._database.transaction() as session:
            return await editions.enter(session, entered)

    @activity.defn(name="ask_to_confirm_edition")
    async def remind(self, due: EditionRef) -> EditionPlan:
        """Plan the letters that ask for a confirmation, if one is due by the dates in force."""
        async with self._database.transaction() as session:
            return await editions.remind(session, due)

    @activity.defn(name="start_territories")
    async def start_territories(self, edition: EditionRef) -> None:
        """Start the cycle of each territory, and the favourite vote; what runs already stays as it is."""
        await self._start(edition, Level.TERRITORIAL)
        async with self._database.transaction() as session:
            vote = await vote_to_run(session, UUID(edition.edition))
        if vote is not None:
            await self._engine.run_vote(vote.edition, vote.run)

    @activity.defn(name="start_final")
    async def start_final(self, edition: EditionRef) -> None:
        """Start the national cycle; it stays as it is when it runs already."""
        await self._start(edition, Level.NATIONAL)

    @activity.defn(name="move_edition_cycles")
    async def move_cycles(self, moving: MoveCycles) -> None:
        """Have each cycle move as the edition asks; a refusal stays with the request that met it."""
        async with beating():
            async with self._database.transaction() as session:
                waiting = await asked_of_cycles(session, moving.edition, moving.request)
            for each in waiting:
                await self._move(each)

    @activity.defn(name="cancel_cycles")
    async def cancel_cycles(self, edition: EditionRef) -> None:
        """Cancel every cycle that is not over, each by a request that gives the reason."""
        async with beating():
            async with self._database.transaction() as session:
                row = await editions.locked(session, edition.edition)
                asked = await editions.cancelled_by(session, row)
                living = [each for each in await cycles_of(session, row) if _lives(each)]
            if asked is not None:
                for each in living:
                    await self._cancel(each, asked)

    @activity.defn(name="send_regrouped")
    async def send_regrouped(self, due: CycleRef) -> CyclesToDeal:
        """Send the files of short categories to their neighbours; gives those that already read."""
        async with self._database.transaction() as session:
            files, reading = await send_to_neighbours(session, due)
        for file in files:
            await self._engine.run_application(file)
        return CyclesToDeal(tuple(sorted(map(str, reading))))

    @activity.defn(name="prepare_edition")
    async def prepare(self) -> None:
        """Prepare the edition of next year, unless somebody has already, and have it led."""
        year = _next_year(activity.info().started_time)
        shipped = shipped_template(MAIN)
        if shipped is None:
            return
        async with self._database.transaction() as session:
            edition = await edition_on(session, MAIN, year)
            if edition is None:
                edition = await prepare_edition(session, shipped.document, year)
            run = await run_of_edition(session, edition.id)
        if run is not None:
            await self._engine.run_edition(run.code, run.run)

    async def _start(self, edition: EditionRef, level: Level) -> None:
        async with beating():
            for each in await self._cycles(edition, level):
                run = RunCycle(str(each.id), calendar_in(each))
                await self._engine.run_cycle(each.code, run)

    async def _cycles(self, edition: EditionRef, level: Level) -> Iterable[Cycle]:
        async with self._database.transaction() as session:
            row = await editions.locked(session, edition.edition)
            return [
                each
                for each in await cycles_of(session, row)
                if each.level == level and each.phase == Phase.PREPARED
            ]

    async def _move(self, each: CycleAsked) -> None:
        try:
            await self._engine.move_dates(each.code, each.asked)
        except NotRunning:
            # A final that has not begun has no workflow to ask: its row is ours.
            moving = MoveDates(each.cycle, each.asked.request, each.asked.arrived_at)
            async with self._database.transaction() as session:
                await dates.move_dates(session, moving)
        except Unanswered:
            raise
        except Refusal:
            return

    async def _cancel(self, cycle: Cycle, because: Request) -> None:
        request_id = uuid5(because.id, str(cycle.id))
        try:
            async with self._database.transaction() as session:
                asked = await write_request(
                    session,
                    request_id=request_id,
                    kind="cancel",
                    subject=f"cycle:{cycle.id}",
                    by_person=because.by_person,
                    payload={"reason": str(because.payload.get("reason", ""))},
                )
            await self._engine.cancel_cycle(cycle.code, asked)
        except NotRunning:
            await self._cancel_unstarted(cycle, request_id, because.arrived_at)
        except Unanswered:
            raise
        except Refusal:
            return  # it ended by itself meanwhile

    async def _cancel_unstarted(self, cycle: Cycle, request_id: UUID, at: datetime) -> None:
        """A final that never began has no workflow to ask: its row is ours."""
        entered = EnterPhase(str(cycle.id), Phase.CANCELLED, at, str(request_id))
        async with self._database.transaction() as session:
            await cycles.enter_phase(session, entered)


def _lives(cycle: Cycle) -> bool:
    return Phase(cycle.phase) not in ENDED


def _next_year(now: datetime) -> int:
    return now.astimezone(PARIS).year + 1
