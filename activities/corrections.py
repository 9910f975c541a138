"""What happens to a correction of a palmarès, one transaction per act."""

from temporalio import activity

from activities.refusing import refusing
from domain.wire.correction import CorrectionState, LapseCorrection, SettleCorrection
from storage.acts import corrections
from storage.database import Database


class Corrections:
    """The records of corrections, and the versions that they publish."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="settle_correction")
    async def settle(self, asked: SettleCorrection) -> CorrectionState:
        """Publish or dismiss: version, journal and letters together, or a refusal and nothing."""
        with refusing():
            async with self._database.transaction() as session:
                return await corrections.settle(session, asked)

    @activity.defn(name="lapse_correction")
    async def lapse(self, late: LapseCorrection) -> CorrectionState:
        """Close a proposal that nobody answered."""
        async with self._database.transaction() as session:
            return await corrections.lapse(session, late)
