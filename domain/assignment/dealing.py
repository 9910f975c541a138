"""Deal files to jurors by name: conflicts kept, loads even, the same deal for the same seed.

A deal is stored and never computed again for an audit: the solver is deterministic for one
version of itself, not across versions.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from domain.assignment.instance import Policy
from domain.assignment.laying import Laid, lay
from domain.assignment.names import JurorCapacity, Pair, Table
from domain.assignment.solving import Solution, solve

DEFAULT = Policy()


@dataclass(frozen=True, slots=True)
class Deal:
    """Who reads what; ``short`` names the files that lack readers, and how many.

    ``eased`` says what could not be held, in the order in which it was given up.
    """

    pairs: tuple[Pair, ...]
    loads: Mapping[str, int]
    short: tuple[tuple[str, int], ...]
    seed: int
    eased: tuple[str, ...] = ()


def assign(  # noqa: PLR0913, PLR0917  (the six things that a plain deal depends on)
    files: Sequence[str],
    jurors: Sequence[JurorCapacity],
    conflicts: Collection[Pair],
    readings: int,
    seed: int,
    locked: Collection[Pair] = (),
) -> Deal:
    """Give every file its readers, or as many as can be found; locked pairs are kept as they are."""
    return deal(Table(files, jurors, readings, conflicts, locked), seed)


def deal(table: Table, seed: int, policy: Policy = DEFAULT) -> Deal:
    """Give every file of the table its readers, or as many as can be found."""
    laid = lay(table, seed)
    solution = solve(laid.instance, policy)
    if solution.eased and not laid.is_whole:
        # The arcs that were left out might have done better.
        laid = lay(table, seed, is_whole=True)
        solution = solve(laid.instance, policy)
    return dealt(table, laid, solution, seed)


def dealt(table: Table, laid: Laid, solution: Solution, seed: int) -> Deal:
    """A solution by name, with the pairs that were locked."""
    named = set(laid.files)
    pairs = {pair for pair in table.locked if pair[0] in named} | {*laid.pairs(solution.chosen)}
    loads = Counter({each.juror: 0 for each in laid.jurors})
    loads.update(juror for _, juror in pairs)
    read = Counter(file for file, _ in pairs)
    return Deal(
        pairs=tuple(sorted(pairs)),
        loads=dict(sorted(loads.items())),
        short=tuple(
            (file, table.wanted(file) - read[file])
            for file in laid.files
            if read[file] < table.wanted(file)
        ),
        seed=seed,
        eased=solution.eased,
    )


def solver() -> str:
    """What solved the deal, with its version: written beside the seed."""
    return f"ortools {version('ortools')}"
