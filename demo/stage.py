"""The installation on which the year is played: the newcomer's own, or one that leaves no trace."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded.addresses import addresses
from embedded.catalogue import EVERYTHING
from embedded.narrator import Narrator
from embedded.ports import free_ports, is_listening
from embedded.refusals import AlreadyRunningError
from embedded.state import StateFolder
from embedded.supervisor import Embedded
from settings import ROOT, Settings

CHECK_FOLDER = ROOT / "var" / "demo-check"
PORTS = (
    "web_port",
    "temporal_port",
    "temporal_ui_port",
    "smtp_port",
    "mailbox_port",
    "registry_port",
)
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GONE_WITHIN = 5.0


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything is while the year is played."""

    web: str
    mailbox: str
    token: str
    database: str
    addresses: dict[str, str]
    logs: Path
    pids: dict[str, int]
    temporal: str = ""
    is_ours: bool = True


@asynccontextmanager
async def open_stage(settings: Settings, narrator: Narrator) -> AsyncGenerator[Stage]:
    """Start everything and stop it at the end; what runs already from the same folder is used as it is."""
    folder = StateFolder(settings.state_dir)
    try:
        async with Embedded(settings, EVERYTHING, narrator) as running:
            yield _stage(running.environment, folder, pids=running.pids)
    except AlreadyRunningError:
        yield _stage(folder.published(), folder, pids={}, is_ours=False)


def show_settings() -> Settings:
    """The newcomer's own installation, whose Temporal may move a signatory's years forward."""
    return Settings().model_copy(update={"temporal_skips_time": True})


def check_settings() -> Settings:
    """An installation of its own: an empty folder and ports that nobody has."""
    shutil.rmtree(CHECK_FOLDER, ignore_errors=True)
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    kept = {"state_dir": CHECK_FOLDER / "state", "temporal_skips_time": True}
    return Settings.model_validate({**kept, **ports})


async def left_running(settings: Settings, pids: dict[str, int]) -> list[str]:
    """The parts that still run after the end, given a moment to go."""
    until = time.monotonic() + GONE_WITHIN
    while left := _alive(pids) + _listening(settings):
        if time.monotonic() > until:
            return left
        await asyncio.sleep(0.1)
    return []


def forget_check(*, keep_logs: bool) -> None:
    """Remove what the verification wrote; its logs stay when somebody will want to read them."""
    shutil.rmtree(CHECK_FOLDER / "state" if keep_logs else CHECK_FOLDER, ignore_errors=True)


def cancel_once_when_told_to_stop() -> None:
    """Let the first Ctrl-C stop everything in order, and the next ones wait for it."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def cancel() -> None:
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, lambda: None)
        if task:
            task.cancel()

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, cancel)


def _stage(
    offers: dict[str, str], folder: StateFolder, *, pids: dict[str, int], is_ours: bool = True
) -> Stage:
    return Stage(
        web=offers["TROPHEES_BASE_URL"],
        mailbox=f"http://127.0.0.1:{offers['TROPHEES_MAILBOX_PORT']}",
        database=offers["TROPHEES_DATABASE_URL"],
        token=offers.get("TROPHEES_API_TOKEN", ""),
        addresses=addresses(offers),
        logs=folder.logs,
        pids=pids,
        temporal=offers["TROPHEES_TEMPORAL_ADDRESS"],
        is_ours=is_ours,
    )


def _alive(pids: dict[str, int]) -> list[str]:
    return [f"{name} (process {pid})" for name, pid in pids.items() if _is_alive(pid)]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _listening(settings: Settings) -> list[str]:
    ports = {name: int(getattr(settings, name)) for name in PORTS}
    return [f"port {port} ({name})" for name, port in ports.items() if is_listening(port)]
