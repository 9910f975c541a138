"""The ordinary life of one application, from its draft to the published palmarès."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from temporalio.client import WorkflowHandle

from benchmarks.history.actions import billable_actions
from benchmarks.history.driver import Driver
from benchmarks.history.jury import seat_a_jury
from benchmarks.stage import Stage
from benchmarks.world import a_cycle, a_draft, an_edition, an_open_calendar
from domain.applications import Act
from domain.calendar import CycleCalendar
from domain.phases import Phase
from storage.identity import person_called
from storage.tables.applications import Application
from storage.tables.cycles import Edition

CALL = timedelta(days=10)
REMINDED_AFTER = timedelta(seconds=3)


class Weight:
    """What a life left in the engine: its events, and its actions by kind."""

    def __init__(self, events: int, actions: Counter[str]) -> None:
        self.events = events
        self.actions = actions

    @property
    def billed(self) -> int:
        """All the actions."""
        return self.actions.total()


async def an_ordinary_life(driver: Driver, application: Application) -> Weight:
    """Reminded once, submitted, submitted again, admitted, then the cycle is published."""
    await driver.follow(application)
    await driver.letters_have_left(application, 1)
    await driver.ask(application, Act.SUBMIT)
    await driver.letters_have_left(application, 2)
    await driver.ask(application, Act.SUBMIT)
    await driver.letters_have_left(application, 3)
    await driver.end(Phase.OPEN, Phase.SCREENING)
    await driver.ask(application, Act.ADMIT)
    await driver.letters_have_left(application, 4)
    await driver.end(Phase.SCREENING, Phase.EVALUATION)
    await driver.end(Phase.EVALUATION, Phase.DELIBERATION)
    await driver.decide_and_sign()
    await driver.end(Phase.DECIDED, Phase.PUBLISHED)
    return await weight_of(driver.of(application))


async def the_shortest_life(driver: Driver, application: Application) -> Weight:
    """The least that an application can be: a draft that is submitted, then withdrawn."""
    await driver.follow(application)
    await driver.ask(application, Act.SUBMIT)
    await driver.letters_have_left(application, 1)
    await driver.ask(application, Act.WITHDRAW)
    return await weight_of(driver.of(application))


async def weight_of(handle: WorkflowHandle[object, object]) -> Weight:
    """What a workflow that has ended left behind."""
    async with asyncio.timeout(60):
        await handle.result()
    events = (await handle.fetch_history()).events
    return Weight(len(events), billable_actions(events))


async def both_lives(stage: Stage) -> tuple[Weight, Weight]:
    """An ordinary life and the shortest one, side by side in one cycle."""
    async with stage.database.transaction() as session:
        organiser = await person_called(session, "organisation@exemple.fr")
        edition: Edition = await an_edition(session, "vies")
        cycle = await a_cycle(session, edition, "REG-84", _reminded_soon())
        await seat_a_jury(session, cycle)
        ordinary, short = [await a_draft(session, cycle, rank) for rank in (1, 2)]
    driver = Driver(stage, await stage.temporal(), cycle, organiser.id)
    await driver.open()
    shortest = await the_shortest_life(driver, short)
    return await an_ordinary_life(driver, ordinary), shortest


def _reminded_soon() -> CycleCalendar:
    """A call of days, with one reminder in a few seconds."""
    closes_at = datetime.now(UTC) + CALL
    return an_open_calendar(closes_at=closes_at, draft_reminders_before=(CALL - REMINDED_AFTER,))
