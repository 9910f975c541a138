"""Why this pair, and why not that one: the deal is asked again with the pair forced in."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.assignment.dealing import DEFAULT, Deal, deal
from domain.assignment.instance import Policy
from domain.assignment.names import JurorCapacity, Pair, Table, suits


class Why(StrEnum):
    """What decides about a pair."""

    LOCKED = "locked"
    CONFLICT = "conflict"
    FULL = "full"
    SUITS = "suits"
    EVENS = "evens"
    DRAWN = "drawn"
    WORSE = "worse"
    AS_GOOD = "as_good"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a file was dealt to a juror, why, and what the other answer would change.

    ``moves`` counts the other readings that would change hands if the pair were forced in.
    """

    is_dealt: bool
    why: Why
    suits: float
    load: int
    mean_load: float
    moves: int = 0


def explain(table: Table, pair: Pair, made: Deal, policy: Policy = DEFAULT) -> Explanation:
    """Say why that pair stands in the deal, or why it does not."""
    juror = next(each for each in table.jurors if each.juror == pair[1])
    why = _why(table, pair, juror, made)
    return Explanation(
        is_dealt=pair in made.pairs,
        why=why,
        suits=suits(table.topics.get(pair[0], ""), juror),
        load=made.loads[juror.juror],
        mean_load=_mean(table, made),
        moves=_moves(table, pair, made, policy) if why is not Why.CONFLICT else 0,
    )


def _why(table: Table, pair: Pair, juror: JurorCapacity, made: Deal) -> Why:
    if pair in table.conflicts and pair not in made.pairs:
        return Why.CONFLICT
    suited, load = suits(table.topics.get(pair[0], ""), juror), made.loads[juror.juror]
    if pair in made.pairs:
        return Why.LOCKED if pair in table.locked else _why_dealt(suited, load, _mean(table, made))
    if load >= juror.maximum:
        return Why.FULL
    return Why.WORSE if suited == 0 else Why.AS_GOOD


def _why_dealt(suited: float, load: int, mean: float) -> Why:
    if suited == 1:
        return Why.SUITS
    return Why.EVENS if load <= mean else Why.DRAWN


def _mean(table: Table, made: Deal) -> float:
    return len(made.pairs) / max(1, len(table.jurors))


def _moves(table: Table, pair: Pair, made: Deal, policy: Policy) -> int:
    """How many other readings would change if the pair were forced in."""
    if pair in made.pairs:
        return 0
    forced = deal(replace(table, locked=frozenset({*table.locked, pair})), made.seed, policy)
    return len(set(forced.pairs) - set(made.pairs) - {pair})
