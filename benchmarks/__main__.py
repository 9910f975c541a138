"""``python -m benchmarks [name]``: measure everything, or one thing."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Coroutine

from rich.console import Console

from benchmarks.boards.measure import measure as boards
from benchmarks.history.measure import measure as history
from benchmarks.report import Report, show
from benchmarks.submission.measure import measure as submission

BENCHMARKS: dict[str, Callable[[], Coroutine[None, None, Report]]] = {
    "history": history,
    "submission": submission,
    "boards": boards,
}


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, or all of them; 2 when a name is not known."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}; they are {', '.join(BENCHMARKS)}.")
        return 2
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    for name in names or BENCHMARKS:
        began = time.monotonic()
        console.rule(f"{name}, {_machine()}")
        report = asyncio.run(BENCHMARKS[name]())
        show(report, console)
        console.print(f"[dim]{name}: {time.monotonic() - began:.0f} s; {_machine()}[/]\n")
    return 0


def _machine() -> str:
    """Figures are ratios because of this: the machine is seldom ours alone."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
