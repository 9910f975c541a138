"""The process of the baseline, beside the service."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from benchmarks.stage import FOLDER, Stage
from benchmarks.waiting import until
from embedded.parts import ROOT, leashed, open_log
from embedded.ports import HERE, free_ports, is_listening
from embedded.postgres import create_database


@asynccontextmanager
async def bare_service(stage: Stage) -> AsyncGenerator[str]:
    """The address of the bare endpoint, in a process and a database of its own."""
    url = await create_database(stage.settings.database_url, "bare")
    port = free_ports(1)[0]
    log = open_log(FOLDER / "log", "bare")
    process = await asyncio.create_subprocess_exec(
        *leashed(_command(port), os.getpid(), signal.SIGTERM, None),
        env={**os.environ, "TROPHEES_DATABASE_URL": url},
        cwd=ROOT,
        stdin=DEVNULL,
        stdout=log,
        stderr=log,
    )
    os.close(log)

    async def listens() -> bool:
        return await asyncio.to_thread(is_listening, port)

    try:
        await until(listens, "the bare endpoint")
        yield f"http://{HERE}:{port}"
    finally:
        process.terminate()
        await process.wait()


def _command(port: int) -> tuple[str, ...]:
    """The same server with the same options as the service's."""
    return (
        *(sys.executable, "-m", "uvicorn", "benchmarks.submission.bare:create_app", "--factory"),
        *("--host", HERE, "--port", str(port)),
        *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "5"),
    )
