"""What people wrote while the engine was away: found in the database, and carried to its workflow."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import structlog
from temporalio import activity

from activities.beating import beating
from activities.carrying import CARRIED, Parcel, addressed, start
from activities.engine import Engine
from domain.refusals import Faulted, NotRunning, Refusal, Unanswered
from domain.wire.sweep import Swept
from storage.acts.refused_late import refuse_late
from storage.acts.unstarted import (
    Window,
    now_settled,
    to_run,
    unstarted_applications,
    unstarted_few,
)
from storage.acts.untaken import cancel_dead_links, untaken_letters
from storage.acts.waiting import (
    Place,
    Waiting,
    settle_as_answered,
    waiting_requests,
)
from storage.database import Database, is_momentary
from storage.sealing import AT_ONCE as AT_ONCE_SEALED
from storage.sealing import seal

PAGE = 100
AT_ONCE = 6  # updates in flight: more would only queue in the engine

Found = TypeVar("Found")

log = structlog.get_logger()


class Sweeping:
    """Asks the workflows again, under the ids under which pages asked: twice is harmless."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    @activity.defn(name="sweep")
    async def sweep(self, last: Swept) -> Swept:
        """Start what was never started, carry what waits, send what nobody took, seal the journal."""
        async with beating():
            swept = await self._start_the_unstarted(last)
            await self._carry_the_waiting()
            await self._send_the_untaken()
            await self._seal_the_journal()
        return swept

    async def _start_the_unstarted(self, last: Swept) -> Swept:
        """Look once at each row, and again at those that could not be started."""
        async with self._database.transaction() as session:
            window = Window(last.until, await now_settled(session))
            few = await unstarted_few(session, window)
        left = await _each({*last.left, *few}, self._start)
        after: Place | None = None
        while True:
            async with self._database.transaction() as session:
                many, after = await unstarted_applications(session, window, after, PAGE)
            left += await _each(many, self._start)
            if len(left) > PAGE:  # the engine is away: the next sweep looks at all of them again
                return last
            if after is None:
                return Swept(window.until, tuple(sorted(left)))

    async def _carry_the_waiting(self) -> None:
        after: Place | None = None
        while True:
            async with self._database.transaction() as session:
                page = await waiting_requests(session, list(CARRIED), after, PAGE)
            await _each(page, self._carry)
            if len(page) < PAGE:
                return
            after = page[-1].place

    async def _send_the_untaken(self) -> None:
        async with self._database.transaction() as session:
            await cancel_dead_links(session)
        after: Place | None = None
        while True:
            async with self._database.transaction() as session:
                page = await untaken_letters(session, after, PAGE)
            await _each([key for key, _ in page], self._engine.send_letter)
            if len(page) < PAGE:
                return
            after = page[-1][1]

    async def _seal_the_journal(self) -> None:
        sealed = AT_ONCE_SEALED
        while sealed == AT_ONCE_SEALED:
            async with self._database.transaction() as session:
                sealed = await seal(session)

    async def _start(self, subject: str) -> None:
        await self._is_started(subject)

    async def _is_started(self, subject: str) -> bool:
        """Start the workflow of a subject, or find it running; False when it is too late for it."""
        async with self._database.transaction() as session:
            run = await to_run(session, subject)
        if run is None:
            return False
        await start(self._engine, run)
        return True

    async def _carry(self, request: Waiting) -> None:
        """Ask, and settle the request by the answer, whatever it is."""
        async with self._database.transaction() as session:
            parcel = await addressed(session, request)
        try:
            await self._ask(parcel)
        except Unanswered:
            raise
        except Refusal as refusal:
            async with self._database.transaction() as session:
                await refuse_late(session, request.id, refusal)
        else:
            # A cycle that was cancelled meanwhile answers, without having settled what it was asked.
            async with self._database.transaction() as session:
                await settle_as_answered(session, request.id)
        log.info("request_carried", request=str(request.id), kind=request.kind)

    async def _ask(self, parcel: Parcel) -> None:
        carry = CARRIED[parcel.request.kind]
        try:
            await carry(self._engine, parcel)
        except NotRunning:
            if not await self._is_started(parcel.request.subject):
                raise
            await carry(self._engine, parcel)
        except Faulted:
            await carry(self._engine.anew(_turn(parcel.request)), parcel)


def _turn(request: Waiting) -> int:
    """How many times its age has doubled since it was a minute old, so that a fault that lasts costs little."""
    return int(request.age.total_seconds() // 60).bit_length() + 1


async def _each(found: Iterable[Found], act: Callable[[Found], Awaitable[None]]) -> list[Found]:
    """Do it for each, some at once; one that fails keeps no other from it. Gives those that failed."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def failed(what: Found) -> list[Found]:
        async with turns:
            try:
                await act(what)
            except Unanswered:
                return [what]
            except Exception as error:
                if is_momentary(error):
                    raise
                # Never with its words, which may quote what people typed.
                log.error("sweep_failed", at=act.__name__, kind=type(error).__qualname__)  # noqa: TRY400
                return [what]
            return []

    return [each for those in await asyncio.gather(*map(failed, found)) for each in those]
