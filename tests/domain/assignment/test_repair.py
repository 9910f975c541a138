"""A jury that loses somebody: what stays, what moves, and that nothing repairable is left open."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assignment.dealing import deal
from domain.assignment.names import JurorCapacity, Pair, Table
from domain.assignment.repair import repair
from tests.domain.assignment.juries import tables


def _table(files: int, jurors: int, room: int = 100, readings: int = 2) -> Table:
    return Table(
        [f"f{each}" for each in range(files)],
        [JurorCapacity(f"j{each}", room) for each in range(jurors)],
        readings,
    )


def test_the_readings_of_whoever_leaves_go_to_others_and_nobody_else_moves() -> None:
    table = _table(8, 4)
    standing = deal(table, 1).pairs
    left = replace(table, jurors=table.jurors[1:])

    found = repair(left, standing, 1)

    gone = [pair for pair in standing if pair[1] == "j0"]
    assert found.orphaned == tuple(gone)
    assert found.moved == ()
    assert len(found.added) == len(gone) == 4
    assert found.is_whole


def test_a_repair_of_nothing_changes_nothing() -> None:
    table = _table(8, 4)
    standing = deal(table, 1).pairs

    found = repair(table, standing, 9)

    assert (found.deal.pairs, found.moved, found.added) == (standing, (), ())


def test_a_reading_moves_when_the_hole_could_not_be_filled_otherwise() -> None:
    # f0 lost its reader; only j1 may read it, who is full with f1, which j2 may take over.
    table = Table(
        ["f0", "f1"],
        [JurorCapacity("j1", 1), JurorCapacity("j2", 1)],
        1,
        conflicts={("f0", "j2")},
    )

    found = repair(table, [("f0", "gone"), ("f1", "j1")], 1)

    assert found.deal.pairs == (("f0", "j1"), ("f1", "j2"))
    assert found.moved == (("f1", "j1"),)


def test_what_is_begun_never_moves() -> None:
    table = Table(
        ["f0", "f1"],
        [JurorCapacity("j1", 1), JurorCapacity("j2", 1)],
        1,
        conflicts={("f0", "j2")},
        locked={("f1", "j1")},
    )

    found = repair(table, [("f0", "gone"), ("f1", "j1")], 1)

    assert found.deal.pairs == (("f1", "j1"),)
    assert found.deal.short == (("f0", 1),)


def test_a_late_conflict_and_a_late_file_are_the_same_repair() -> None:
    table = _table(4, 4)
    standing = deal(table, 1).pairs
    tied = standing[0]
    later = replace(table, files=[*table.files, "late"], conflicts={tied})

    found = repair(later, standing, 1)

    assert found.orphaned == (tied,)
    assert found.moved == ()
    assert len(found.added) == 3
    assert found.is_whole


@settings(deadline=None, max_examples=60)
@given(tables(), st.integers(0, 4), st.data())
def test_a_repair_deals_as_much_as_a_new_deal_and_keeps_every_locked_pair(
    table: Table, leaver: int, data: st.DataObject
) -> None:
    standing = deal(table, 1).pairs
    jurors = [each for each in table.jurors if each.juror != f"j{leaver}"]
    may_lock = [pair for pair in standing if pair[1] != f"j{leaver}"]
    locked = data.draw(st.sets(st.sampled_from(may_lock))) if may_lock else set[Pair]()
    left = replace(table, jurors=jurors, locked=locked)

    found, anew = repair(left, standing, 1), deal(left, 1)

    assert locked <= set(found.deal.pairs)
    assert len(found.deal.pairs) == len(anew.pairs)
    assert len(found.moved) <= len(set(standing) - set(anew.pairs))
