"""Keep one part alive: start it, watch it, start it again with back-off, stop it."""

import asyncio
import os
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path

from embedded.narrator import Narrator
from embedded.orphans import Record
from embedded.parts import ROOT, Part, open_log
from embedded.readiness import wait_until
from embedded.refusals import EmbeddedError

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 15.0
STEADY_AFTER = 30.0
STOP_PATIENCE = 10.0
ATTEMPTS_BEFORE_READY = 3


class Keeper:
    """Answers for one part."""

    def __init__(
        self,
        part: Part,
        environment: Mapping[str, str],
        logs: Path,
        record: Record,
        narrator: Narrator,
    ) -> None:
        self.part = part
        self._environment = dict(environment)
        self._logs = logs
        self._record = record
        self._narrator = narrator
        self._process: Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._was_ready = False
        self._gave_up = False

    async def start(self) -> float:
        """Start the part and return when it is ready, with the seconds that it took.

        It is kept alive from then on, unless it is of those that do their work and end.
        """
        began = time.monotonic()
        await (self._run_once() if self.part.runs_once else self._start())
        return time.monotonic() - began

    async def _start(self) -> None:
        await asyncio.to_thread(self.part.prepare)
        self._watch = asyncio.create_task(self._keep_alive())
        await self._until_ready()
        await self.part.finish()
        self._was_ready = True

    async def _run_once(self) -> None:
        self._process = await self._spawn()
        async with asyncio.timeout(self.part.patience):
            if await self._process.wait():
                raise EmbeddedError(self._failure("failed"))

    async def stop(self) -> None:
        """Stop the part, kindly first."""
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._narrator.stopping(self.part.title)
        process.send_signal(self.part.stop_signal)
        try:
            async with asyncio.timeout(STOP_PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    @property
    def pid(self) -> int | None:
        """The number of the process that runs now."""
        return self._process.pid if self._process else None

    async def _until_ready(self) -> None:
        settled = await wait_until(self._is_settled, self.part.patience)
        if self._gave_up:
            raise EmbeddedError(self._failure("stops as soon as it starts"))
        if not settled:
            raise EmbeddedError(self._failure(f"was not ready after {self.part.patience:.0f} s"))

    async def _is_settled(self) -> bool:
        return self._gave_up or await self.part.is_ready()

    async def _keep_alive(self) -> None:
        pause, attempts = FIRST_PAUSE, 0
        while True:
            began = time.monotonic()
            self._process = await self._spawn()
            back = asyncio.create_task(self._announce_return(attempts))
            code = await self._process.wait()
            back.cancel()
            attempts += 1
            if not self._was_ready and attempts >= ATTEMPTS_BEFORE_READY:
                self._gave_up = True
                return
            if time.monotonic() - began > STEADY_AFTER:
                pause = FIRST_PAUSE
            if self._was_ready:
                self._narrator.fell(self.part.title, _how(code), pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await asyncio.to_thread(self.part.prepare)

    async def _announce_return(self, attempts: int) -> None:
        if (
            attempts
            and self._was_ready
            and await wait_until(self.part.is_ready, self.part.patience)
        ):
            self._narrator.back(self.part.title)

    async def _spawn(self) -> Process:
        log = open_log(self._logs, self.part.name)
        try:
            process = await asyncio.create_subprocess_exec(
                *self.part.leashed(os.getpid()),
                env=self._environment,
                cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C in the terminal reaches the supervisor only, which stops the parts in order.
                start_new_session=True,
            )
        finally:
            os.close(log)
        self._record.add(self.part, process.pid)
        return process

    def _failure(self, what: str) -> str:
        path = self._logs / f"{self.part.name}.log"
        lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        said = f", which ends with: {lines[-1].strip()}" if lines else ""
        return f"{self.part.title} {what}; read {path}{said}"


def _how(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
