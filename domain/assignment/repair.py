"""Repair a deal when somebody leaves, or when a file or a conflict comes late: the sticky way.

The same flow with what is begun locked; every other pair that can survive is worth more than all
that moving it could gain. Solving from nothing moves many readings, filling the holes leaves some
open: this does neither (jury-science, A4).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from domain.assignment.dealing import DEFAULT, Deal, dealt
from domain.assignment.instance import Policy
from domain.assignment.laying import lay
from domain.assignment.names import Pair, Table
from domain.assignment.solving import solve


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair changes: readings that change hands, that come, and that nobody could take."""

    deal: Deal
    moved: tuple[Pair, ...]
    orphaned: tuple[Pair, ...]
    added: tuple[Pair, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every file has all its readers."""
        return not self.deal.short


def repair(table: Table, standing: Collection[Pair], seed: int, policy: Policy = DEFAULT) -> Repair:
    """The nearest deal to the one that stands, by what lies on the table now.

    ``table.locked`` is begun or closed and stays; of ``standing``, pairs stay that still may.
    ``moved`` are pairs that could have stayed and do not.
    """
    here = {each.juror for each in table.jurors}
    shut, locked, files = set(table.conflicts), set(table.locked), set(table.files)
    standing = {pair for pair in standing if pair[0] in files} - locked
    may_stay = {pair for pair in standing - shut if pair[1] in here}
    table = replace(table, kept=frozenset(may_stay))
    laid = lay(table, seed, is_whole=True)
    found = dealt(table, laid, solve(laid.instance, policy), seed)
    return Repair(
        deal=found,
        moved=tuple(sorted(may_stay - set(found.pairs))),
        orphaned=tuple(sorted(standing - may_stay)),
        added=tuple(sorted(set(found.pairs) - standing - locked)),
    )
