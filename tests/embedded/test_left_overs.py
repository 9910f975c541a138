"""What a dead supervisor left behind is stopped by the next one."""

import subprocess
import sys

from embedded import orphans
from embedded.orphans import Record
from embedded.parts import Part
from settings import Settings


async def never() -> bool:
    return False


def test_a_process_that_was_recorded_is_found_again_and_stopped(installation: Settings) -> None:
    installation.state_dir.mkdir()
    path = installation.state_dir / "processes.json"
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    with subprocess.Popen(command) as process:  # noqa: S603  (our own command)
        part = Part(name="worker", title="Worker", command=command, is_ready=never)
        Record(path).add(part, process.pid)

        (child,) = Record(path).left_behind()
        orphans.stop(child)

        assert (child.title, child.pid) == ("Worker", process.pid)
        assert Record(path).left_behind() == []


def test_nothing_recorded_is_nothing_left(installation: Settings) -> None:
    assert Record(installation.state_dir / "processes.json").left_behind() == []
