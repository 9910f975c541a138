"""Places in the final over weeks of virtual time: each has its own full delay, and the arrival decides."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from domain.phases import Phase
from domain.promotion import OfferStatus, PlaceStatus, PromotionAct
from domain.wire import names
from domain.wire.asked import Asked
from domain.wire.promotion import AskOfPromotion, BeginPromotions, PromotionState
from storage.acts import promotions
from storage.acts.promotion_starts import run_of
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.templates import calendar_document
from tests.builders import a_calendar, an_organiser
from tests.storage.promoting import CATEGORY, DAY, WEEK, Territory, a_decided_territory
from tests.workflows.builders import written
from workflows.promotion import PromotionWorkflow

SECOND = timedelta(seconds=1)


@dataclass
class Place:
    """The place of a category, whose workflow runs."""

    world: TimeSkipper
    database: Database
    handle: WorkflowHandle[PromotionWorkflow, PromotionState]
    territory: Territory
    id: str
    began: datetime

    async def waits(self, period: timedelta) -> None:
        await self.world.fast_forward(self.handle, period)

    async def has_turned(self, turns: int) -> None:
        """Wait until so much has happened to the place."""
        async with asyncio.timeout(20):
            while (await self.state()).turn < turns:  # noqa: ASYNC110  (a query tells, no event does)
                await asyncio.sleep(0.05)

    async def state(self) -> PromotionState:
        return await self.handle.query(PromotionWorkflow.state)

    async def writes(
        self, act: PromotionAct, file: int, *, arrived_at: datetime, reason: str = "Trop tôt."
    ) -> Asked:
        offers = {each.application: each for each in (await self.state()).offers}
        offer = offers[str(self.territory.files[file].id)]
        return await written(
            self.database,
            kind=act,
            subject=names.promotion_subject(self.id),
            by=self.territory.owners[file],
            arrived_at=arrived_at,
            payload={"offer": offer.offer, "reason": reason},
        )

    async def sends(self, act: PromotionAct, asked: Asked) -> PromotionState:
        return await self.handle.execute_update(
            PromotionWorkflow.act,
            AskOfPromotion(act, asked.request, asked.arrived_at),
            id=asked.request,
        )

    async def asks(self, act: PromotionAct, file: int, *, arrived_at: datetime) -> PromotionState:
        return await self.sends(act, await self.writes(act, file, arrived_at=arrived_at))

    async def statuses(self) -> list[OfferStatus]:
        return [each.status for each in (await self.state()).offers]

    async def letters(self) -> list[str]:
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(col(Letter.kind))
                .where(
                    col(Letter.subject) == names.promotion_subject(self.id),
                    col(Letter.state) == "sent",
                )
                .order_by(col(Letter.planned_at), col(Letter.id))
            )
            return [str(kind).removeprefix("promotion_") for kind in rows.scalars()]

    async def files_of_the_final(self) -> list[str]:
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(col(Application.company)).where(
                    col(Application.cycle_id) == self.territory.final.id
                )
            )
            return list(rows)


async def offered(world: TimeSkipper, database: Database, *means: str, year: int = 2027) -> Place:
    """A place that was just offered to the laureate."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        territory = await a_decided_territory(session, *means, at=now, year=year)
        await promotions.begin(session, BeginPromotions(str(territory.cycle.id), now))
        promotion = await territory.promotion(session)
    handle = await world.client.start_workflow(
        PromotionWorkflow.run,
        run_of(promotion),
        id=names.promotion_id(str(territory.cycle.id), CATEGORY),
        task_queue=names.CYCLES,
    )
    place = Place(world, database, handle, territory, str(promotion.id), now)
    await place.has_turned(1)
    return place


def about(instant: datetime, expected: datetime) -> bool:
    """The same, but for the seconds that starting takes."""
    return abs(instant - expected) < timedelta(minutes=1)


async def test_a_confirmed_place_opens_the_file_of_the_final_and_ends_the_wait(
    at_work: TimeSkipper, database: Database
) -> None:
    place = await offered(at_work, database, "80", "70")

    await place.waits(2 * DAY)
    await place.asks(PromotionAct.CONFIRM, 0, arrived_at=place.began + 2 * DAY)
    ended = await place.handle.result()

    assert ended.status is PlaceStatus.FILLED
    assert await place.files_of_the_final() == ["Entreprise 1"]
    assert await place.letters() == ["offered", "confirmed"]


async def test_who_declines_leaves_the_place_to_the_next_at_once(
    at_work: TimeSkipper, database: Database
) -> None:
    place = await offered(at_work, database, "80", "70")
    await place.waits(2 * DAY)

    state = await place.asks(PromotionAct.DECLINE, 0, arrived_at=place.began + 2 * DAY)
    await place.waits(DAY)
    await place.asks(PromotionAct.CONFIRM, 1, arrived_at=place.began + 3 * DAY)
    ended = await place.handle.result()

    assert [each.status for each in state.offers] == [OfferStatus.DECLINED, OfferStatus.OFFERED]
    assert state.offers[1].until == place.began + 2 * DAY + WEEK
    assert ended.status is PlaceStatus.FILLED
    assert await place.files_of_the_final() == ["Entreprise 2"]


async def test_silence_gives_the_next_seven_days_of_its_own_after_two_reminders_each(
    at_work: TimeSkipper, database: Database
) -> None:
    place = await offered(at_work, database, "80", "70", "60")

    await place.waits(WEEK + DAY)
    first = await place.state()
    await place.waits(WEEK)
    second = await place.state()
    await place.asks(PromotionAct.CONFIRM, 2, arrived_at=second.offers[2].offered_at + DAY)
    ended = await place.handle.result()

    assert [each.status for each in first.offers] == [OfferStatus.LAPSED, OfferStatus.OFFERED]
    assert about(first.offers[0].until, place.began + WEEK)
    assert about(first.offers[1].until, place.began + 2 * WEEK)
    assert about(second.offers[2].until, place.began + 3 * WEEK)
    assert ended.status is PlaceStatus.FILLED
    assert await place.letters() == [
        *["offered", "reminder", "reminder", "lapsed"],
        *["offered", "reminder", "reminder", "lapsed"],
        *["offered", "confirmed"],
    ]


async def test_a_chain_that_is_exhausted_leaves_the_place_vacant_and_says_so(
    at_work: TimeSkipper, database: Database
) -> None:
    place = await offered(at_work, database, "80", "70", "40")
    async with database.transaction() as session:
        await an_organiser(session, None)

    await place.waits(3 * WEEK)
    ended = await place.handle.result()

    assert ended.status is PlaceStatus.EMPTY
    assert [each.status for each in ended.offers] == [OfferStatus.LAPSED, OfferStatus.LAPSED]
    assert (await place.letters())[-1] == "exhausted"
    assert await place.files_of_the_final() == []


async def test_at_the_end_of_the_delay_the_arrival_decides_twenty_times_out_of_twenty(
    at_work: TimeSkipper, database: Database
) -> None:
    for turn in range(20):
        place = await offered(at_work, database, "80", "70", year=2027 + turn)
        [offer] = (await place.state()).offers
        is_in_time = turn % 2 == 0
        arrived_at = offer.until if is_in_time else offer.until + timedelta(microseconds=1)
        await place.waits(WEEK - SECOND)
        asked = await place.writes(PromotionAct.CONFIRM, 0, arrived_at=arrived_at)

        answer, _ = await asyncio.gather(
            place.sends(PromotionAct.CONFIRM, asked),
            place.waits(10 * SECOND),
            return_exceptions=True,
        )

        first = (await place.statuses())[0]
        if is_in_time:
            assert isinstance(answer, PromotionState)
            assert first is OfferStatus.CONFIRMED
        else:
            assert isinstance(answer, WorkflowUpdateFailedError)
            assert first is OfferStatus.LAPSED
            await place.handle.terminate()


async def test_a_closing_of_the_final_that_moves_moves_the_end_of_the_delay(
    at_work: TimeSkipper, database: Database
) -> None:
    place = await offered(at_work, database, "80", "70")
    await place.waits(DAY)
    await _final_closes(place, place.began + 4 * DAY)

    await place.handle.signal(PromotionWorkflow.look_again)
    await place.has_turned(2)
    shortened = (await place.state()).offers[0].until
    await _final_closes(place, place.began + 30 * DAY)
    await place.waits(4 * DAY)
    statuses = await place.statuses()
    restored = (await place.state()).offers[0].until

    assert shortened == place.began + 4 * DAY
    assert statuses == [OfferStatus.OFFERED]
    assert about(restored, place.began + WEEK)


async def _final_closes(place: Place, closes_at: datetime) -> None:
    async with place.database.transaction() as session:
        final = await session.get_one(Cycle, UUID(str(place.territory.final.id)))
        final.phase = Phase.OPEN
        final.calendar = calendar_document(a_calendar(closes_at - 10 * DAY))
