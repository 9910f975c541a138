"""What stands between a jury and all its readings, and the least that would change it."""

from dataclasses import replace

from hypothesis import given, settings

from domain.assignment.dealing import deal
from domain.assignment.names import JurorCapacity, Table
from domain.assignment.reasons import Shortage, why_short
from tests.domain.assignment.juries import tables


def test_nothing_stands_in_the_way_of_a_jury_that_can_read_all() -> None:
    table = Table(["f0"], [JurorCapacity("j0", 1)], 1)

    assert why_short(table, 5) is None


def test_the_cut_names_the_files_the_jurors_and_the_room_they_have() -> None:
    # f0 and f1 may only go to j0, who has room for one; f2 is well read.
    table = Table(
        ["f0", "f1", "f2"],
        [JurorCapacity("j0", 1), JurorCapacity("j1", 9)],
        1,
        conflicts={("f0", "j1"), ("f1", "j1")},
    )

    found = why_short(table, 5)

    assert found == Shortage(
        files=("f0", "f1"), jurors=("j0",), wanted=2, room=1, raises=(("j0", 1),), newcomers=1
    )
    assert found is not None
    assert found.missing == 1


def test_a_file_with_too_few_possible_readers_needs_newcomers_and_no_room_does() -> None:
    table = Table(["f0"], [JurorCapacity("j0", 9)], 3)

    found = why_short(table, 5)

    assert found == Shortage(files=("f0",), jurors=("j0",), wanted=3, room=1, newcomers=2)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_the_change_that_is_named_is_enough_and_nothing_less_is(table: Table) -> None:
    found = why_short(table, 6)
    if found is None:
        assert deal(table, 1).short == ()
        return

    new = [JurorCapacity(f"new {place}", 6) for place in range(found.newcomers)]
    assert deal(replace(table, jurors=(*table.jurors, *new)), 1).short == ()
    assert deal(replace(table, jurors=(*table.jurors, *new[:-1])), 1).short != ()
    if found.raises:
        more = dict(found.raises)
        raised = [
            replace(each, maximum=each.maximum + more.get(each.juror, 0)) for each in table.jurors
        ]
        assert deal(replace(table, jurors=raised), 1).short == ()
        assert sum(more.values()) == found.missing
