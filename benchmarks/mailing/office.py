"""The processes of the post: the sink, the worker that sends to it, and the bare client beside it."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import psutil

from benchmarks.mailing.sink import TALLY
from benchmarks.stage import FOLDER, Stage
from benchmarks.waiting import until
from embedded.parts import ROOT, leashed, open_log
from embedded.ports import HERE, free_ports, is_listening

MOST = 2**26


class Sink:
    """The mail server that drops what it takes."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def copies(self) -> dict[str, int]:
        """How many letters each address got."""
        reader, writer = await asyncio.open_connection(HERE, self.port, limit=MOST)
        await reader.readline()
        writer.write(TALLY + b"\r\n")
        said = json.loads(await reader.readline())
        writer.close()
        await writer.wait_closed()
        return said


class PostWorker:
    """The real process of the post, that may be killed and started again."""

    def __init__(self, stage: Stage, sink: Sink) -> None:
        self._environment = stage.running.environment | {
            "TROPHEES_SMTP_HOST": HERE,
            "TROPHEES_SMTP_PORT": str(sink.port),
        }
        self._process: Process | None = None

    @property
    def mib(self) -> float:
        """Mebibytes that it holds now."""
        return psutil.Process(self._running.pid).memory_info().rss / 2**20

    async def start(self) -> None:
        """Begin to work."""
        self._process = await _spawned(("-m", "worker", "post"), "post", self._environment)

    async def kill(self) -> None:
        """End at once, without a word to anybody."""
        self._running.kill()
        await self._running.wait()

    async def stop(self) -> None:
        """End kindly."""
        if self._running.returncode is None:
            self._running.terminate()
        await self._running.wait()

    @property
    def _running(self) -> Process:
        if self._process is None:
            message = "The post has not been started."
            raise RuntimeError(message)
        return self._process


@asynccontextmanager
async def opened_sink() -> AsyncGenerator[Sink]:
    """A sink in a process of its own."""
    sink = Sink(free_ports(1)[0])
    process = await _spawned(("-m", "benchmarks.mailing.sink", str(sink.port)), "sink", {})

    async def listens() -> bool:
        return await asyncio.to_thread(is_listening, sink.port)

    try:
        await until(listens, "the sink to listen")
        yield sink
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def working_post(stage: Stage, sink: Sink) -> AsyncGenerator[PostWorker]:
    """The worker of the post, at work."""
    worker = PostWorker(stage, sink)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def bare_seconds(sink: Sink, letters: int, connections: int) -> float:
    """What the bare client takes for that many letters."""
    words = ("-m", "benchmarks.mailing.bare", str(sink.port), str(letters), str(connections))
    process = await _spawned(words, "bare", {}, answers=True)
    said, _ = await process.communicate()
    return float(said)


async def _spawned(
    words: tuple[str, ...], name: str, environment: Mapping[str, str], *, answers: bool = False
) -> Process:
    log = open_log(FOLDER / "log", name)
    try:
        return await asyncio.create_subprocess_exec(
            *leashed((sys.executable, *words), os.getpid(), signal.SIGTERM, None),
            env={**os.environ, **environment},
            cwd=ROOT,
            stdin=DEVNULL,
            stdout=PIPE if answers else log,
            stderr=log,
            # A session of its own, as the supervisor gives: niceness counts between sessions.
            start_new_session=True,
        )
    finally:
        os.close(log)
