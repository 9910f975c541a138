"""Why this pair, why not that one."""

from domain.assignment.dealing import deal
from domain.assignment.explaining import Why, explain
from domain.assignment.names import JurorCapacity, Table

TABLE = Table(
    ["f0", "f1"],
    [
        JurorCapacity("j0", 2, expertise=frozenset("A")),
        JurorCapacity("j1", 2, expertise=frozenset("B")),
        JurorCapacity("j2", 0, expertise=frozenset("A")),
        JurorCapacity("j3", 2, expertise=frozenset("A")),
    ],
    1,
    conflicts={("f0", "j3")},
    topics={"f0": "A", "f1": "B"},
)


def test_each_pair_has_its_reason() -> None:
    made = deal(TABLE, 1)

    why = {juror: explain(TABLE, ("f0", juror), made).why for juror in ("j0", "j1", "j2", "j3")}

    assert made.pairs == (("f0", "j0"), ("f1", "j1"))
    assert why == {"j0": Why.SUITS, "j1": Why.WORSE, "j2": Why.FULL, "j3": Why.CONFLICT}


def test_a_pair_that_would_be_forced_in_says_what_it_moves() -> None:
    table = Table(["f0", "f1"], [JurorCapacity("j0", 1), JurorCapacity("j1", 1)], 1)
    made = deal(table, 1)
    (other,) = {("f0", "j0"), ("f0", "j1")} - set(made.pairs)

    found = explain(table, other, made)

    assert (found.is_dealt, found.why, found.moves) == (False, Why.FULL, 1)
