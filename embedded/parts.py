"""What a part is: one process that the supervisor starts, watches and stops."""

import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEASH = Path(__file__).with_name("leash.py")
BIGGEST_LOG = 20_000_000


def nothing_to_prepare() -> None:
    """Prepare nothing."""


async def nothing_to_finish() -> None:
    """Finish nothing."""


@dataclass(frozen=True, slots=True)
class Port:
    """A port that a part listens on, and the setting that moves it."""

    number: int
    purpose: str
    setting: str


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the service, with what it needs and what it offers to the parts after it."""

    name: str
    title: str
    command: tuple[str, ...]
    is_ready: Callable[[], Awaitable[bool]]
    prepare: Callable[[], None] = nothing_to_prepare
    finish: Callable[[], Awaitable[None]] = nothing_to_finish
    ports: tuple[Port, ...] = ()
    offers: Mapping[str, str] = field(default_factory=dict[str, str])
    stop_signal: signal.Signals = signal.SIGTERM
    user: str | None = None
    patience: float = 180
    runs_once: bool = False
    # The parts that must be ready before this one starts, if they are started too.
    needs: tuple[str, ...] = ()

    def leashed(self, parent: int) -> tuple[str, ...]:
        """The command line that makes the part die with its parent."""
        return leashed(self.command, parent, self.stop_signal, self.user)


def leashed(
    command: tuple[str, ...], parent: int, last_signal: signal.Signals, user: str | None
) -> tuple[str, ...]:
    """The command, run so that it ends by this signal when the parent does."""
    bond = (str(parent), str(int(last_signal)), user or "-")
    return (sys.executable, "-I", "-S", str(LEASH), *bond, *command)


def python(*arguments: str) -> tuple[str, ...]:
    """The command line of a Python part, in the interpreter of this service."""
    return (sys.executable, *arguments)


def open_log(folder: Path, name: str) -> int:
    """A descriptor to append to the log of a part; an overgrown log is set aside once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > BIGGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
