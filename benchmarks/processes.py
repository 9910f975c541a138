"""Processes beside the installation: the baseline, or the same pages on another database."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from benchmarks.stage import FOLDER
from benchmarks.waiting import until
from embedded.parts import ROOT, leashed, open_log
from embedded.ports import HERE, free_ports, is_listening


@dataclass(frozen=True, slots=True)
class Serving:
    """A web process: its address and its number."""

    address: str
    pid: int


@asynccontextmanager
async def serving(factory: str, environment: Mapping[str, str]) -> AsyncGenerator[Serving]:
    """Serve an application in a process of its own, with the options of the service's."""
    port = free_ports(1)[0]
    log = open_log(FOLDER / "log", factory.partition(":")[0])
    process = await asyncio.create_subprocess_exec(
        *leashed(_command(factory, port), os.getpid(), signal.SIGTERM, None),
        env={**os.environ, **environment},
        cwd=ROOT,
        stdin=DEVNULL,
        stdout=log,
        stderr=log,
    )
    os.close(log)

    async def listens() -> bool:
        return await asyncio.to_thread(is_listening, port)

    try:
        await until(listens, f"{factory} to listen")
        yield Serving(f"http://{HERE}:{port}", process.pid)
    finally:
        process.terminate()
        await process.wait()


def _command(factory: str, port: int) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "uvicorn", factory, "--factory"),
        *("--host", HERE, "--port", str(port)),
        *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "5"),
    )
