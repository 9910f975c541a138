"""Whatever dies comes back."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from embedded.catalogue import SERVERS
from embedded.supervisor import Embedded, Running
from tests.embedded.conftest import an_installation


class Listener:
    """Remembers what was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def starting(self, title: str) -> None:
        self.told.append(f"starting {title}")

    def ready(self, title: str, seconds: float) -> None:
        assert seconds >= 0
        self.told.append(f"ready {title}")

    def fell(self, title: str, how: str, pause: float) -> None:
        assert pause > 0
        self.told.append(f"{title} {how}")

    def back(self, title: str) -> None:
        self.told.append(f"back {title}")

    def stopping(self, title: str) -> None:
        self.told.append(f"stopping {title}")

    def cleared(self, title: str, pid: int) -> None:
        self.told.append(f"cleared {title} {pid}")


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="module")
async def running(
    tmp_path_factory: pytest.TempPathFactory, listener: Listener
) -> AsyncIterator[Running]:
    folder: Path = tmp_path_factory.mktemp("healing")
    async with Embedded(an_installation(folder), SERVERS, listener) as everything:
        yield everything


async def test_parts_start_in_order(running: Running, listener: Listener) -> None:
    assert list(running.pids) == list(SERVERS)
    assert listener.told[:8] == [
        "starting PostgreSQL",
        "ready PostgreSQL",
        "starting Temporal",
        "ready Temporal",
        "starting Mail and mailbox",
        "ready Mail and mailbox",
        "starting Company registry (stand-in)",
        "ready Company registry (stand-in)",
    ]


@pytest.mark.parametrize("name", SERVERS)
async def test_a_part_killed_without_warning_comes_back(
    running: Running, listener: Listener, name: str
) -> None:
    part, before = running.keepers[name].part, running.pids[name]

    os.kill(before, signal.SIGKILL)
    await _told(listener, f"back {part.title}")

    assert running.pids[name] != before
    assert await part.is_ready()
    assert f"{part.title} was ended by SIGKILL" in listener.told


async def _told(listener: Listener, line: str) -> None:
    until = time.monotonic() + 20
    while line not in listener.told:
        assert time.monotonic() < until, listener.told
        await asyncio.sleep(0.05)
