"""What happens to an adherence, one transaction per act, and the look at the register."""

from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.refusing import refusing
from activities.registry import Registry
from domain.charter.situation import Situation
from domain.siret import Siret
from domain.wire.adherence import FallDue, RunPurge, SettleAdherence
from storage.acts.charter import adherences
from storage.acts.charter.case import opened
from storage.acts.charter.purge import purge
from storage.database import Database

# The register is asked again next month anyway: after so many silences, this month is let go.
TRIES = 5


class Adherences:
    """The records of adherences, and the public register."""

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._registry = registry

    @activity.defn(name="settle_adherence")
    async def settle(self, asked: SettleAdherence) -> Situation:
        """Settle a request: situation, audit and letters together, or a refusal and nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await adherences.settle(session, asked)

    @activity.defn(name="adherence_falls_due")
    async def fall_due(self, date: FallDue) -> Situation:
        """Do what a date brings, if it is still due."""
        async with self._database.transaction() as session:
            return await adherences.fall_due(session, date)

    @activity.defn(name="check_registry_of_adherence")
    async def check_registry(self, date: FallDue) -> Situation:
        """Look whether the establishment is still open; it is so until the register says no."""
        async with self._database.transaction() as session:
            case = await opened(session, date.adherence, None, date.at)
            siret, situation = Siret(case.adherence.siret), case.situation
        says = await self._registry.facts_about(siret)
        if not says.answered and activity.info().attempt < TRIES:
            message = "the register does not answer"
            raise ApplicationError(message, type="RegisterAway")
        if says.found and says.active is False:
            async with self._database.transaction() as session:
                return await adherences.cease(session, date)
        return situation

    @activity.defn(name="purge_adherence")
    async def purge(self, given_up: RunPurge) -> None:
        """Erase an entry file that was given up, if it still is."""
        async with self._database.transaction() as session:
            await purge(session, UUID(given_up.adherence))
