"""What processes keep in memory: the worker, and the server behind it."""

from collections.abc import Iterator

import psutil

# How a word of their command line starts, by what we call them.
WORDS = {"worker": "worker", "temporal": "start-dev"}


def resident() -> dict[str, float]:
    """Mebibytes that each part holds now."""
    return {name: sum(_sizes(word)) / 2**20 for name, word in WORDS.items()}


def _sizes(word: str) -> Iterator[int]:
    for process in psutil.Process().children(recursive=True):
        if process.status() != psutil.STATUS_ZOMBIE and word in process.cmdline():
            yield process.memory_info().rss
