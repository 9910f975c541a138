"""The post: letters of the ledger leave once, as far as SMTP permits."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.letters.carrier import LEASE, Carrier, Fate
from activities.letters.kinds import REPEATABLE
from activities.letters.mailer import CONNECTIONS, Mailer
from activities.letters.rendering import Writer
from activities.letters.turns import Turns
from domain.pace import Pace
from domain.wire.letters import Posted, SendLetter, SendLettersAbout, SendMailing
from storage import piles, post
from storage.database import Database
from storage.piles import Pile
from storage.post import Count, Planned

BATCH = 200
LANES = CONNECTIONS
HEARTBEAT = 3.0
# A server that still says « later » after this long means no (RFC 5321, 4.5.4.1, asks for days).
PATIENCE = timedelta(days=3)
# How soon to look again at a letter that another attempt holds.
GLANCE = timedelta(seconds=5)

log = structlog.get_logger()


class Post:
    """Sends what the ledger plans; a retry goes on from what the ledger says."""

    def __init__(
        self, database: Database, mailer: Mailer, writer: Writer, pace: Pace | None = None
    ) -> None:
        self._database = database
        self._pace = pace or Pace()
        self._carrier = Carrier(database, mailer, writer)

    @activity.defn
    async def send_letter(self, letter: SendLetter) -> Posted:
        """Send one letter, unless it has left."""
        return await self._send(piles.with_key(letter.key))

    @activity.defn
    async def send_letters_about(self, letters: SendLettersAbout) -> Posted:
        """Send every planned letter about a subject."""
        return await self._send(piles.about(letters.subject))

    @activity.defn
    async def send_mailing(self, mailing: SendMailing) -> Posted:
        """Send every planned letter of a mailing."""
        return await self._send(piles.of_mailing(mailing.mailing))

    async def _send(self, pile: Pile) -> Posted:
        """Send a pile and count, over all attempts, what left; raise while anything still waits."""
        await self._doubt_the_abandoned(pile)
        async with _heart() as progress:
            async for batch in self._batches(pile):
                fates = await self._carry_all(batch)
                progress.append(str(batch[-1].id))
                log.info("letters_carried", **Counter(fates), by=pile.by, pile=pile.value)
                if Fate.SERVER_AWAY in fates:
                    break
        async with self._database.statement() as connection:
            return _concluded(await post.count(connection, pile))

    async def _doubt_the_abandoned(self, pile: Pile) -> None:
        async with self._database.statement() as connection:
            is_any = await post.has_abandoned(connection, pile, LEASE)
        if is_any:
            async with self._database.transaction() as session:
                await post.doubt_the_abandoned(session, pile, LEASE, REPEATABLE)

    async def _batches(self, pile: Pile) -> AsyncIterator[Sequence[Planned]]:
        """The planned letters, by a cursor on their ids.

        What has left is not planned any more, so every attempt starts from the first id and meets
        only what is left, those put back included.
        """
        after = None
        while batch := await self._next(pile, after):
            yield batch
            if len(batch) < BATCH:
                return
            after = batch[-1].id

    async def _next(self, pile: Pile, after: UUID | None) -> Sequence[Planned]:
        async with self._database.statement() as connection:
            return await post.next_planned(connection, pile, after, BATCH)

    async def _carry_all(self, batch: Sequence[Planned]) -> list[Fate]:
        """Carry a batch over a few lanes; when cancelled, finish the letters under way and no other."""
        fates: list[Fate] = []
        turns = Turns(batch, self._pace)
        lanes = [
            asyncio.create_task(self._lane(turns, fates)) for _ in range(min(LANES, len(batch)))
        ]
        try:
            await asyncio.shield(asyncio.gather(*lanes))
        except BaseException:
            turns.stop()
            await asyncio.gather(*lanes, return_exceptions=True)
            raise
        return fates

    async def _lane(self, turns: Turns, fates: list[Fate]) -> None:
        while letter := await turns.next():
            fates.append(await self._carrier.carry(letter, last_chance=_is_last_chance()))
            if fates[-1] is Fate.SERVER_AWAY:
                turns.stop()


def _is_last_chance() -> bool:
    info = activity.info()
    return info.started_time - info.scheduled_time > PATIENCE


def _concluded(pile: Count) -> Posted:
    """Answer once nothing waits; otherwise have Temporal ask again, later and later."""
    if pile.planned:
        message = f"{pile.planned} letters still to send"
        raise ApplicationError(message, type="LettersWaiting")
    if pile.held_since is not None:
        message = f"{pile.held} letters held by another attempt"
        free = pile.held_since + LEASE - pile.now
        pause = max(min(free, GLANCE), timedelta(seconds=1))
        raise ApplicationError(message, type="LettersHeld", next_retry_delay=pause)
    return Posted(pile.sent)


@asynccontextmanager
async def _heart() -> AsyncGenerator[list[str]]:
    """Tell Temporal that we live and, once a batch is through, the id that ends it."""
    progress: list[str] = []

    async def beat() -> None:
        while True:
            # Asleep first: a letter that leaves at once costs the engine no question.
            await asyncio.sleep(HEARTBEAT)
            activity.heartbeat(*progress[-1:])

    beating = asyncio.create_task(beat())
    try:
        yield progress
    finally:
        beating.cancel()
