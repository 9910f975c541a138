"""Remember which processes are ours, and stop those that a dead supervisor left behind."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from embedded.parts import Part

PATIENCE = 5.0
# The start time is read from a clock that can be corrected by a moment.
SAME_START = 2.0


@dataclass(frozen=True, slots=True)
class Child:
    """A process that a supervisor started."""

    title: str
    pid: int
    started: float
    command: tuple[str, ...]
    stop_signal: int


class Record:
    """The list of our processes, in a file that outlives us."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._children: dict[str, Child] = {}

    def add(self, part: Part, pid: int) -> None:
        """Remember the process that runs a part now."""
        try:
            started = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            return
        self._children[part.name] = Child(
            part.title, pid, started, part.command, int(part.stop_signal)
        )
        self._write()

    def clear(self) -> None:
        """Forget all of them, since all are stopped."""
        self._path.unlink(missing_ok=True)

    def left_behind(self) -> list[Child]:
        """The processes of an earlier supervisor that still run, the last started first."""
        if not self._path.exists():
            return []
        children = [_child(entry) for entry in json.loads(self._path.read_text(encoding="utf-8"))]
        return [child for child in reversed(children) if is_ours(child)]

    def _write(self) -> None:
        draft = self._path.with_suffix(".new")
        children = [asdict(child) for child in self._children.values()]
        draft.write_text(json.dumps(children, indent=1), encoding="utf-8")
        draft.replace(self._path)


def is_ours(child: Child) -> bool:
    """Whether the number still belongs to the process that we started: same start, same command."""
    try:
        process = psutil.Process(child.pid)
        command = tuple(process.cmdline())
        same_start = abs(process.create_time() - child.started) < SAME_START
    except psutil.Error:
        return False
    # The leash carries the command at its end until it becomes the command.
    return same_start and command[-len(child.command) :] == child.command


def stop(child: Child) -> None:
    """Stop a left-over, kindly first."""
    try:
        process = psutil.Process(child.pid)
        os.kill(child.pid, child.stop_signal)
        process.wait(PATIENCE)
    except psutil.TimeoutExpired:
        os.kill(child.pid, 9)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return


def _child(entry: dict[str, object]) -> Child:
    from pydantic import TypeAdapter  # noqa: PLC0415  (slow, and only needed after an accident)

    return TypeAdapter(Child).validate_python(entry)
