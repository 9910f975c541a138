"""What happens to places in the final, one transaction per act, and the workflows that it starts."""

from uuid import UUID

from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.engine import Engine
from activities.refusing import refusing
from domain.wire import names
from domain.wire.edition import PromotionSettled, TellEdition
from domain.wire.promotion import (
    BeginPromotions,
    PromotionFallsDue,
    PromotionRef,
    PromotionsBegun,
    PromotionState,
    SettlePromotion,
)
from storage.acts import promotions
from storage.acts.final_opening import waiting_promotions, write_to_files
from storage.acts.promotion_starts import files_to_run, place_of, promotion_to_run, run_of
from storage.database import Database


class Promotions:
    """The records of promotions, and the workflows on each side of them."""

    def __init__(self, database: Database, engine: Engine, client: Client) -> None:
        self._database = database
        self._engine = engine
        self._client = client

    @activity.defn(name="begin_promotions")
    async def begin(self, due: BeginPromotions) -> PromotionsBegun:
        """Write the places of a decided territory down, then have each category's offered."""
        async with self._database.transaction() as session:
            rows = await promotions.begin(session, due)
        for row in rows:
            await self._engine.run_promotion(
                names.promotion_id(due.cycle, row.category), run_of(row)
            )
        return PromotionsBegun(len(rows))

    @activity.defn(name="offer_places")
    async def offer_places(self, due: PromotionRef) -> PromotionState:
        """Offer the places that nobody holds, by the dates and the decision in force."""
        async with self._database.transaction() as session:
            return await promotions.offer_places(session, due)

    @activity.defn(name="settle_promotion")
    async def settle(self, asked: SettlePromotion) -> PromotionState:
        """Settle an answer: offer, file in the final, audit and letters, or a refusal and nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await promotions.settle(session, asked)

    @activity.defn(name="promotion_falls_due")
    async def fall_due(self, date: PromotionFallsDue) -> PromotionState:
        """Do what a date brings, if it is still due."""
        async with self._database.transaction() as session:
            return await promotions.fall_due(session, date)

    @activity.defn(name="start_final_files")
    async def start_final_files(self, about: PromotionRef) -> None:
        """Start the life of the files that went up; one that runs already is left alone."""
        async with self._database.transaction() as session:
            files = await files_to_run(session, about.promotion)
        for file in files:
            await self._engine.run_application(file)

    @activity.defn(name="offer_place_again")
    async def offer_again(self, about: PromotionRef) -> None:
        """Have a place that was taken back offered to the next, whether its workflow had ended or not."""
        async with self._database.transaction() as session:
            start = await promotion_to_run(session, UUID(about.promotion))
        if start is None:
            return
        workflow_id = names.promotion_id(start.cycle, start.category)
        await self._engine.run_promotion(workflow_id, start.run)
        await self._signal(workflow_id, "look_again")

    @activity.defn(name="follow_the_final")
    async def follow_the_final(self, moved: TellEdition) -> None:
        """A final moved: the places that wait look at its dates, and its files hear that it is open."""
        async with self._database.transaction() as session:
            waiting = await waiting_promotions(session, moved.cycle)
            letters = await write_to_files(session, moved.cycle)
        for workflow_id in waiting:
            await self._signal(workflow_id, "look_again")
        for key in letters:
            await self._engine.send_letter(key)

    @activity.defn(name="tell_edition_of_promotion")
    async def tell_edition(self, about: PromotionRef) -> None:
        """Tell the edition that the places are settled; one that does not run needs no news."""
        async with self._database.transaction() as session:
            place = await place_of(session, about.promotion)
        settled = PromotionSettled(place.cycle, place.category)
        await self._signal(names.edition_id(place.edition), "promotion_settled", settled)

    async def _signal(self, workflow_id: str, signal: str, *said: object) -> None:
        try:
            await self._client.get_workflow_handle(workflow_id).signal(signal, args=said)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
