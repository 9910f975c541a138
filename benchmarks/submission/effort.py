"""What processes work for an act: their CPU time, which does not depend on what else the machine does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psutil

# The processes that we wrote, by how a word of their command line starts.
PARTS = {"worker": "worker", "web": "api.app:", "bare": "benchmarks.submission.bare:"}


@dataclass(frozen=True, slots=True)
class Effort:
    """Milliseconds of CPU of each part."""

    by_part: Mapping[str, float]

    def since(self, before: "Effort") -> "Effort":
        """What was spent meanwhile."""
        return Effort({part: spent - before.by_part[part] for part, spent in self.by_part.items()})

    def plus(self, other: "Effort") -> "Effort":
        """Both together."""
        return Effort({part: spent + other.by_part[part] for part, spent in self.by_part.items()})

    def each(self, part: str, acts: int) -> float:
        """What one act cost a part."""
        return self.by_part[part] / acts


NONE = Effort(dict.fromkeys(PARTS, 0.0))


def spent() -> Effort:
    """What every part has used so far."""
    words = {process: process.cmdline() for process in _running()}
    return Effort({part: _of(words, word) for part, word in PARTS.items()})


def _running() -> Iterator[psutil.Process]:
    for process in psutil.Process().children(recursive=True):
        if process.status() != psutil.STATUS_ZOMBIE:
            yield process


def _of(words: Mapping[psutil.Process, list[str]], wanted: str) -> float:
    return sum(
        1000 * (process.cpu_times().user + process.cpu_times().system)
        for process, line in words.items()
        if any(word.startswith(wanted) for word in line)
    )
