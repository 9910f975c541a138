"""The switch from « decided » to « published »."""

from temporalio import activity

from activities.beating import beating
from domain.wire.cycle import CycleRef
from domain.wire.mailing import Published
from storage.acts import publication
from storage.database import Database


class Publication:
    """The palmarès and its letters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="publish")
    async def publish(self, due: CycleRef) -> Published | None:
        """Publish page and letters in one transaction; twice is once."""
        async with beating(), self._database.transaction() as session:
            return await publication.publish(session, due)
