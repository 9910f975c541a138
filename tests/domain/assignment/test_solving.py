"""The exact flow against a second solver, and what it gives up first."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assignment.balance import widest_bounds
from domain.assignment.dealing import deal
from domain.assignment.instance import Instance, Policy
from domain.assignment.laying import lay
from domain.assignment.limits import Rule
from domain.assignment.names import JurorCapacity, Table, suits
from domain.assignment.network import cheapest, is_feasible
from domain.assignment.overlapping import cheapest_within
from domain.assignment.solving import solve
from tests.domain.assignment.juries import tables


def _jury(files: int, jurors: int, seed: int = 1) -> Instance:
    """A jury whose affinities are drawn, so that every deal has its own worth."""
    table = Table(
        [f"f{each}" for each in range(files)],
        [JurorCapacity(f"j{each}", files) for each in range(jurors)],
        3,
    )
    instance = lay(table, seed).instance
    return replace(instance, affinity=np.random.default_rng(seed).random(instance.arcs))


@settings(deadline=None, max_examples=40)
@given(tables(), st.integers(0, 1000))
def test_the_flow_is_the_proven_optimum_of_the_whole_number_programme(
    table: Table, seed: int
) -> None:
    instance = lay(table, seed).instance
    bounds, every = widest_bounds(instance), np.ones(instance.arcs, dtype=np.bool_)
    cost = -instance.affinity - 0.15 * instance.jitter

    flow = cheapest(instance, bounds, cost, 0.1, every)
    if flow is None or not instance.arcs:
        return
    proven = cheapest_within(instance, bounds, cost, 0.1)

    assert proven is not None
    assert _total(instance, flow, cost) == pytest.approx(_total(instance, proven, cost), abs=0.02)


def _total(instance: Instance, chosen: np.ndarray, cost: np.ndarray) -> float:
    loads = np.bincount(instance.juror[chosen], minlength=instance.jurors)
    return float(cost[chosen].sum()) + 0.1 * float((loads * (loads + 1) / 2).sum())


@settings(deadline=None, max_examples=40)
@given(tables(), st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_files_and_jurors_changes_nothing(
    table: Table, seed: int, lot: Random
) -> None:
    files, jurors = list(table.files), list(table.jurors)
    lot.shuffle(files)
    lot.shuffle(jurors)

    assert deal(replace(table, files=files, jurors=jurors), seed) == deal(table, seed)


def test_the_worst_reading_is_raised_before_the_total() -> None:
    instance = replace(
        _jury(2, 2),
        wanted=np.array([1, 1]),
        affinity=np.array([0.6, 0.4, 1.0, 0.5]),
        jitter=np.zeros(4),
    )
    alone, fair = (
        solve(instance, Policy(jitter=0, tolerance=0, is_fair=is_fair)) for is_fair in (False, True)
    )

    assert instance.affinity[alone.chosen].tolist() == [0.4, 1.0]
    assert instance.affinity[fair.chosen].tolist() == [0.6, 0.5]


def test_loads_stay_within_one_of_the_mean_where_they_can() -> None:
    instance = _jury(100, 12)

    solution = solve(instance, Policy())

    loads = np.bincount(instance.juror[solution.chosen], minlength=12)
    assert (int(loads.min()) >= 24, int(loads.max()) <= 26, int(loads.sum())) == (True, True, 300)


@settings(deadline=None, max_examples=40)
@given(tables(), st.sampled_from(Rule))
def test_a_rule_that_is_not_given_up_is_held_by_every_file_that_can(
    table: Table, rule: Rule
) -> None:
    found = deal(replace(table, rules=(rule,)), 1)
    known = {each.juror: each for each in table.jurors}
    if found.eased:
        return

    for file in table.files:
        readers = [known[juror] for each, juror in found.pairs if each == file]
        able = [each for each in table.jurors if (file, each.juror) not in table.conflicts]
        assert _holds(rule, table.topics[file], readers) or not _could(rule, table, file, able)


def _holds(rule: Rule, topic: str, readers: list[JurorCapacity]) -> bool:
    if rule is Rule.SPECIALIST:
        return any(suits(topic, each) == 1 for each in readers)
    if rule is Rule.PARITY:
        kinds = [each.parity for each in readers]
        return len(kinds) < 2 or len(set(kinds)) > 1 or kinds[0] == ""
    named = [each.organisation for each in readers if each.organisation]
    return rule is Rule.REGION or len(named) == len(set(named))


def _could(rule: Rule, table: Table, file: str, able: list[JurorCapacity]) -> bool:
    if rule is Rule.SPECIALIST:
        return any(suits(table.topics[file], each) == 1 for each in able)
    if rule is Rule.PARITY:
        return len({each.parity for each in able}) > 1 or any(not each.parity for each in able)
    free = sum(not each.organisation for each in able)
    return free + len({each.organisation for each in able if each.organisation}) >= table.readings


def test_all_rules_hold_together() -> None:
    files = [f"f{number:02}" for number in range(40)]
    jurors = [
        JurorCapacity(
            f"j{number:02}",
            40,
            expertise=frozenset("ABCD"[number % 4]),
            organisation=f"o{number % 9}",
            region=f"r{number % 7}",
            parity="fm"[number % 2],
        )
        for number in range(24)
    ]
    topics = {file: "ABCD"[place % 4] for place, file in enumerate(files)}

    found = deal(Table(files, jurors, 3, topics=topics, rules=tuple(Rule)), 1)

    known = {each.juror: each for each in jurors}
    assert found.eased == ()
    assert found.short == ()
    for file in files:
        readers = [known[juror] for each, juror in found.pairs if each == file]
        assert any(topics[file] in each.expertise for each in readers)
        assert {
            len({each.organisation for each in readers}),
            len({each.region for each in readers}),
        } == {3}
        assert len({each.parity for each in readers}) == 2


def test_the_last_rule_is_given_up_first() -> None:
    # Everybody is of one organisation, and of both sexes.
    jurors = [JurorCapacity(f"j{n}", 4, organisation="one", parity="fm"[n % 2]) for n in range(4)]
    table = Table(["f0", "f1"], jurors, 2, rules=(Rule.PARITY, Rule.ORGANISATION))

    found = deal(table, 1)

    known = {each.juror: each for each in jurors}
    assert found.short == ()
    assert [
        {known[juror].parity for each, juror in found.pairs if each == file} for file in table.files
    ] == [{"f", "m"}] * 2


def test_what_is_feasible_is_said_by_a_maximum_flow() -> None:
    instance = _jury(2, 3)
    more = replace(instance, wanted=instance.wanted + 1)
    every = np.ones(instance.arcs, dtype=np.bool_)

    assert is_feasible(instance, widest_bounds(instance), every)
    assert not is_feasible(more, widest_bounds(more), every)


def test_a_large_jury_keeps_only_some_arcs_of_each_file_and_loses_nothing() -> None:
    table = Table(
        [f"f{each}" for each in range(1000)],
        [JurorCapacity(f"j{each}", 1000) for each in range(500)],
        3,
    )

    laid, found = lay(table, 1), deal(table, 1)

    assert laid.instance.arcs <= 30 * 1000
    assert (found.short, found.eased) == ((), ())
    assert set(found.loads.values()) == {6}
