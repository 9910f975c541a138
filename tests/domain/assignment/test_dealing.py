from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.assignment.dealing import Deal, assign
from domain.assignment.names import JurorCapacity

Pairs = frozenset[tuple[str, str]]


def _files(count: int) -> list[str]:
    return [f"f{number}" for number in range(count)]


def _jurors(count: int, maximum: int = 100) -> list[JurorCapacity]:
    return [JurorCapacity(f"j{number}", maximum) for number in range(count)]


def test_every_file_gets_its_readers_and_loads_are_even() -> None:
    deal = assign(_files(10), _jurors(6), conflicts=(), readings=3, seed=1)

    assert deal.short == ()
    assert deal.loads == {f"j{number}": 5 for number in range(6)}
    assert [sum(file == each for each, _ in deal.pairs) for file in _files(10)] == [3] * 10


def test_nobody_reads_the_same_file_twice() -> None:
    deal = assign(_files(40), _jurors(7), conflicts=(), readings=3, seed=1)

    assert len(set(deal.pairs)) == len(deal.pairs) == 120


def test_a_conflict_is_never_dealt() -> None:
    conflicts = {("f0", "j0"), ("f1", "j0"), ("f2", "j1")}

    deal = assign(_files(4), _jurors(4), conflicts, readings=3, seed=1)

    assert conflicts.isdisjoint(deal.pairs)
    assert deal.short == ()


def test_the_same_seed_gives_the_same_deal_whatever_the_order() -> None:
    files, jurors = _files(12), _jurors(5)

    first = assign(files, jurors, (), 3, 7)
    again = assign(files[::-1], jurors[::-1], (), 3, 7)

    assert again == first


def test_another_seed_gives_another_deal() -> None:
    deals = {assign(_files(12), _jurors(5), (), 3, seed).pairs for seed in range(5)}

    assert len(deals) == 5


def test_nobody_reads_more_than_their_maximum() -> None:
    jurors = [JurorCapacity("j0", 1), JurorCapacity("j1", 10), JurorCapacity("j2", 10)]

    deal = assign(_files(5), jurors, (), 2, 1)

    assert sorted(deal.loads.values()) == [1, 4, 5]
    assert deal.loads["j0"] == 1
    assert deal.short == ()


def test_a_promised_minimum_comes_before_evenness() -> None:
    jurors = [JurorCapacity("j0", 6, minimum=6), *_jurors(4)[1:]]

    deal = assign(_files(6), jurors, (), 2, 1)

    assert deal.loads == {"j0": 6, "j1": 2, "j2": 2, "j3": 2}


def test_too_few_jurors_give_the_best_partial_deal() -> None:
    deal = assign(_files(2), _jurors(2), (), 3, 1)

    assert deal == Deal(
        pairs=tuple(product(["f0", "f1"], ["j0", "j1"])),
        loads={"j0": 2, "j1": 2},
        short=(("f0", 1), ("f1", 1)),
        seed=1,
        eased=("readings",),
    )


def test_too_little_room_is_shared_between_files() -> None:
    deal = assign(_files(3), _jurors(3, maximum=2), (), 3, 1)

    assert deal.short == (("f0", 1), ("f1", 1), ("f2", 1))
    assert deal.loads == {"j0": 2, "j1": 2, "j2": 2}


def test_a_file_that_conflicts_with_everybody_is_short_alone() -> None:
    conflicts = {("f0", "j0"), ("f0", "j1"), ("f0", "j2")}

    deal = assign(_files(2), _jurors(3), conflicts, 3, 1)

    assert deal.short == (("f0", 3),)


def test_no_juror_at_all_leaves_everything_short() -> None:
    assert assign(["f0"], [], (), 3, 1) == Deal((), {}, (("f0", 3),), 1, ("readings",))


def test_nothing_to_deal_is_an_empty_deal() -> None:
    assert assign([], _jurors(1), (), 3, 1) == Deal((), {"j0": 0}, (), 1)


def test_locked_pairs_stay_and_count() -> None:
    locked = {("f0", "j0"), ("f0", "j1"), ("f1", "j0")}

    deal = assign(_files(4), _jurors(4), (), 2, 1, locked)

    assert locked <= set(deal.pairs)
    assert deal.loads == {"j0": 2, "j1": 2, "j2": 2, "j3": 2}


def test_a_locked_reader_who_left_still_counts() -> None:
    deal = assign(["f0"], _jurors(1), (), 2, 1, {("f0", "gone")})

    assert deal.pairs == (("f0", "gone"), ("f0", "j0"))
    assert deal.short == ()


def test_a_replacement_moves_nobody_else() -> None:
    first = assign(_files(6), _jurors(4), (), 3, 1)
    kept = [pair for pair in first.pairs if pair[1] != "j0"]

    second = assign(_files(6), [*_jurors(4)[1:], JurorCapacity("new", 100)], (), 3, 2, kept)

    assert set(kept) <= set(second.pairs)
    assert second.short == ()


@st.composite
def _juries(draw: st.DrawFn) -> tuple[list[str], list[JurorCapacity], Pairs, int]:
    files = _files(draw(st.integers(1, 6)))
    jurors = [
        JurorCapacity(f"j{number}", draw(st.integers(0, 6)))
        for number in range(draw(st.integers(1, 5)))
    ]
    every = [(file, juror.juror) for file in files for juror in jurors]
    return files, jurors, frozenset(draw(st.sets(st.sampled_from(every)))), draw(st.integers(1, 3))


@settings(deadline=None)
@given(_juries(), st.integers(0, 1000))
def test_a_deal_keeps_all_its_promises(
    jury: tuple[list[str], list[JurorCapacity], Pairs, int], seed: int
) -> None:
    files, jurors, conflicts, readings = jury

    deal = assign(files, jurors, conflicts, readings, seed)

    read = {file: sum(each == file for each, _ in deal.pairs) for file in files}
    short = dict(deal.short)
    assert conflicts.isdisjoint(deal.pairs)
    assert {file: readings - count for file, count in read.items() if count < readings} == short
    assert all(deal.loads[juror.juror] <= juror.maximum for juror in jurors)
    assert sum(deal.loads.values()) == len(deal.pairs) == len(set(deal.pairs))


@settings(deadline=None)
@given(_juries(), st.integers(0, 1000))
def test_no_reading_that_could_be_dealt_is_left_out(
    jury: tuple[list[str], list[JurorCapacity], Pairs, int], seed: int
) -> None:
    """Against a plain augmenting-path matching, written apart."""
    files, jurors, conflicts, readings = jury

    deal = assign(files, jurors, conflicts, readings, seed)

    assert len(deal.pairs) == _most_readings(files, jurors, conflicts, readings)


def _most_readings(
    files: list[str], jurors: list[JurorCapacity], conflicts: Pairs, readings: int
) -> int:
    room = {each.juror: each.maximum for each in jurors}
    held: dict[str, set[str]] = {juror: set() for juror in room}

    def place(file: str, seen: set[str]) -> bool:
        for juror, files_held in held.items():
            if juror in seen or (file, juror) in conflicts or file in files_held:
                continue
            seen.add(juror)
            if len(files_held) < room[juror]:
                files_held.add(file)
                return True
            for other in sorted(files_held):
                if place(other, seen):
                    files_held.remove(other)
                    files_held.add(file)
                    return True
        return False

    return sum(place(file, set()) for file in files for _ in range(readings))


@settings(deadline=None)
@given(st.integers(1, 20), st.integers(1, 8), st.integers(1, 3), st.integers(0, 1000))
def test_without_conflicts_loads_differ_by_one_at_most(
    files: int, jurors: int, readings: int, seed: int
) -> None:
    assume(readings <= jurors)

    deal = assign(_files(files), _jurors(jurors), (), readings, seed)

    assert deal.short == ()
    assert max(deal.loads.values()) - min(deal.loads.values()) <= 1


@pytest.mark.parametrize("seed", range(3))
def test_a_national_jury_is_dealt_evenly(seed: int) -> None:
    conflicts = {(f"f{n}", f"j{n % 20}") for n in range(200)}

    deal = assign(_files(200), _jurors(20, maximum=40), conflicts, 3, seed)

    assert set(deal.loads.values()) == {30}
    assert conflicts.isdisjoint(deal.pairs)
