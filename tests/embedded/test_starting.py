"""Parts start together, each after those that it needs; one that cannot stops them all."""

import time

from embedded.catalogue import EVERYTHING, SERVERS, parts
from embedded.supervisor import Embedded
from settings import Settings
from tests.embedded.conftest import Up, processes_of
from tests.embedded.test_healing import Listener


class Clock(Listener):
    """Remembers how long each part took."""

    def __init__(self) -> None:
        super().__init__()
        self.took: list[tuple[str, float]] = []

    def ready(self, title: str, seconds: float) -> None:
        self.took.append((title, seconds))


def test_a_part_is_told_after_those_that_it_needs(installation: Settings) -> None:
    told = parts(installation, EVERYTHING)

    names = [part.name for part in told]
    assert names == list(EVERYTHING)
    assert [
        (part.name, need)
        for place, part in enumerate(told)
        for need in part.needs
        if need not in names[:place]
    ] == []


async def test_parts_that_need_nothing_start_at_the_same_time(installation: Settings) -> None:
    listener = Clock()
    began = time.monotonic()

    async with Embedded(installation, SERVERS, listener):
        took = time.monotonic() - began

    each = [seconds for _, seconds in listener.took]
    assert [title for title, _ in listener.took] == [
        part.title for part in parts(installation, SERVERS)
    ]
    assert took < sum(each)


def test_a_part_that_cannot_start_leaves_none_of_the_others(installation: Settings, up: Up) -> None:
    # A folder where Temporal wants its file.
    (installation.state_dir / "temporal.db").mkdir(parents=True)

    refused = up(*(word for name in SERVERS for word in ("--part", name)))
    said, _ = refused.communicate()

    assert refused.returncode == 1
    assert "✗ Temporal stops as soon as it starts; read " in said
    assert "Traceback" not in said
    assert processes_of(installation) == []


def test_what_is_told_comes_in_order_and_ends_with_the_whole_time(
    installation: Settings, up: Up
) -> None:
    supervisor = up(*(word for name in SERVERS for word in ("--part", name)))
    assert supervisor.stdout is not None

    said = [supervisor.stdout.readline() for _ in range(len(SERVERS) + 1)]

    titles = [f"✓ {part.title}" for part in parts(installation, SERVERS)]
    assert [line.rpartition(" s")[0].rpartition(" ")[0] for line in said[:-1]] == titles
    assert said[-1].startswith("Everything is up in ")
