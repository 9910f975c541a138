"""``python -m benchmarks [name] [--adherences N]``: measure everything, or one thing."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial

from rich.console import Console

from benchmarks.assign.measure import measure as assign
from benchmarks.boards.measure import measure as boards
from benchmarks.charter.measure import ADHERENCES
from benchmarks.charter.measure import measure as charter
from benchmarks.edition.measure import measure as edition
from benchmarks.history.measure import measure as history
from benchmarks.mailing.kills import measure as kills
from benchmarks.mailing.measure import SIZES
from benchmarks.mailing.measure import measure as mailing
from benchmarks.ranking.measure import measure as ranking
from benchmarks.repair.measure import measure as repair
from benchmarks.report import Report, show
from benchmarks.submission.measure import measure as submission

BENCHMARKS: dict[str, Callable[[], Coroutine[None, None, Report]]] = {
    "history": history,
    "submission": submission,
    "boards": boards,
    "charter": charter,
    "edition": edition,
    "mailing": mailing,
    "kills": kills,
    "assign": assign,
    "repair": repair,
    "ranking": ranking,
}


def main(words: Sequence[str]) -> int:
    """Run the benchmarks of these names, or all of them; 2 when a name is not known."""
    asked = _parser().parse_args(words)
    names: list[str] = asked.names
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}; they are {', '.join(BENCHMARKS)}.")
        return 2
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    chosen = BENCHMARKS | {
        "charter": partial(charter, asked.adherences),
        "mailing": partial(mailing, asked.letters),
        "kills": partial(kills, min(asked.letters, SIZES[-1])),
    }
    for name in names or chosen:
        began = time.monotonic()
        console.rule(f"{name}, {_machine()}")
        report = asyncio.run(chosen[name]())
        show(report, console)
        console.print(f"[dim]{name}: {time.monotonic() - began:.0f} s; {_machine()}[/]\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--adherences", type=int, default=ADHERENCES, help="of the charter")
    parser.add_argument(
        "--letters",
        type=int,
        default=SIZES[-1],
        help="of the largest mailing; 100000 shows that memory is flat",
    )
    return parser


def _machine() -> str:
    """Figures are ratios because of this: the machine is seldom ours alone."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
