"""Years that pass: the workflow of one adherence is moved forward, alone, to a day to come.

What is sent on such a day bears its date, for the arrival decides; a page would stamp the day of the
machine, by which the report would have waited for more than a year and been accepted by silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

from temporalio.client import WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from activities.engine import Engine, connect
from demo.cast import Human, Signatory
from demo.stage import Stage
from domain.charter.states import Act
from domain.wire import names
from domain.wire.adherence import AskOfAdherence
from settings import Settings
from storage.charters import CHARTER
from storage.database import Database
from storage.identity import person_called
from storage.tables.records import Request

PARIS = ZoneInfo("Europe/Paris")
NOON = time(12)
# Beyond so many dates the server would stop skipping, without a word.
SKIPS = 10_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks of an adherence."""

    of: Signatory
    adherence: str
    act: Act
    by: Human
    says: Mapping[str, str]


class Years:
    """The hand on the clock of an adherence; the clocks of everything else stay as they are."""

    def __init__(self, skipper: TimeSkipper, database: str) -> None:
        self._skipper = skipper
        self._engine = Engine(skipper.client)
        self._database = database

    async def may_pass(self, played: Signatory) -> bool:
        """Whether this Temporal moves workflows forward; that of `trophees up` does not."""
        try:
            await self._skipper.fast_forward(self._handle(played), 0.001)
        except RPCError:
            return False
        return True

    async def until(self, played: Signatory, day: date) -> None:
        """Let time pass to noon of that day, with everything that it brings."""
        handle = self._handle(played)
        noon = datetime.combine(day, NOON, PARIS).astimezone(UTC)
        now = await self._skipper.get_current_time(handle)
        await self._skipper.fast_forward(handle, noon - now)

    async def ask(self, wish: Wish) -> None:
        """Send what a page would have sent, on the day that this adherence has reached."""
        now = await self._skipper.get_current_time(self._handle(wish.of))
        database = Database(self._database, connections=1)
        try:
            async with database.transaction() as session:
                request = Request(
                    id=uuid4(),
                    kind=wish.act,
                    subject=names.adherence_subject(wish.adherence),
                    by_person=(await person_called(session, wish.by.email)).id,
                    payload=dict(wish.says),
                    arrived_at=now,
                )
                session.add(request)
        finally:
            await database.close()
        asked = AskOfAdherence(wish.act, str(request.id), now)
        await self._engine.ask_adherence(_workflow_of(wish.of), asked)

    def _handle(self, played: Signatory) -> WorkflowHandle[object, object]:
        return self._skipper.client.get_workflow_handle(_workflow_of(played))


async def years_on(stage: Stage) -> Years:
    """The clocks of the Temporal of this stage."""
    client = await connect(stage.temporal, Settings().temporal_namespace, Settings().payload_keys)
    skipper = TimeSkipper(client, config=TimeSkippingConfig(max_session_skip_count=SKIPS))
    return Years(skipper, stage.database)


def _workflow_of(played: Signatory) -> str:
    return names.adherence_id(CHARTER, played.siret[:9])
