"""What happens to a complaint, one transaction per act, and what it does to the adherence."""

from temporalio import activity

from activities.engine import Engine
from activities.refusing import refusing
from domain.refusals import Refusal
from domain.wire.adherence import AskOfAdherence
from domain.wire.alert import AlertFallsDue, AlertState, CarryOut, SettleAlert
from storage.acts.charter import alert_calendar, alerts
from storage.database import Database


class Alerts:
    """The records of complaints, and the adherences that they touch."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    @activity.defn(name="settle_alert")
    async def settle(self, asked: SettleAlert) -> AlertState:
        """Settle a request: step, audit and letters together, or a refusal and nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await alerts.settle(session, asked)

    @activity.defn(name="alert_falls_due")
    async def fall_due(self, date: AlertFallsDue) -> AlertState:
        """Do what a date brings, if it is still due."""
        async with self._database.transaction() as session:
            return await alert_calendar.fall_due(session, date)

    @activity.defn(name="carry_out_alert")
    async def carry_out(self, order: CarryOut) -> None:
        """Ask the adherence for what was decided; one that has ended meanwhile needs nothing."""
        async with self._database.transaction() as session:
            workflow, act, asked = await alert_calendar.ask_of_adherence(session, order)
        try:
            await self._engine.ask_adherence(
                workflow, AskOfAdherence(act, asked.request, asked.arrived_at)
            )
        except Refusal as refusal:
            activity.logger.warning("alert_without_effect: %s", refusal.sentence)
