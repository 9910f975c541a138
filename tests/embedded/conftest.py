"""An installation of its own for each test: a folder, free ports, nothing shared."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from embedded.parts import ROOT
from embedded.ports import free_ports
from settings import Settings

PORTS = ("web", "temporal", "temporal_ui", "smtp", "mailbox", "registry")
PATIENCE = 20.0

Up = Callable[..., subprocess.Popen[str]]


def an_installation(folder: Path) -> Settings:
    """Settings that collide with nobody's."""
    ports = dict(zip((f"{name}_port" for name in PORTS), free_ports(len(PORTS)), strict=True))
    return Settings.model_validate({"state_dir": folder / "state", **ports})


@pytest.fixture
def installation() -> Iterator[Settings]:
    """Not under pytest's folders, whose parent another run closes to the account of PostgreSQL."""
    with TemporaryDirectory(prefix="trophees-up-", ignore_cleanup_errors=True) as folder:
        yield an_installation(Path(folder))


@pytest.fixture
def up(installation: Settings) -> Iterator[Up]:
    """Runs `trophees up` as a person would, and lets nothing survive the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "cli", "up", *arguments]
        environment = {**os.environ, **environment_of(installation)}
        process = subprocess.Popen(  # noqa: S603  (our own command)
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        if process.stdout:
            process.stdout.close()


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as the environment of a process."""
    ports = {
        f"TROPHEES_{name.upper()}_PORT": str(getattr(settings, f"{name}_port")) for name in PORTS
    }
    return {"TROPHEES_STATE_DIR": str(settings.state_dir), "COLUMNS": "200", **ports}


def wait_for(happened: Callable[[], bool], what: str) -> None:
    """Wait until something is so, or fail with its name."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, f"not seen in time: {what}"
        time.sleep(0.05)


def processes_of(settings: Settings) -> list[int]:
    """The numbers of every process that works for this installation."""
    marks = (str(settings.state_dir), f" {settings.registry_port}")
    return [
        process.pid
        for process in psutil.process_iter()
        if process.pid != os.getpid() and any(mark in _command(process) for mark in marks)
    ]


def _command(process: psutil.Process) -> str:
    try:
        return "" if process.status() == psutil.STATUS_ZOMBIE else " ".join(process.cmdline())
    except psutil.Error:
        return ""
