from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.charter.document import CharterDocument
from domain.charter.masking import Mask, Published, change, published, targets_beside, total

MOST = 40
COUNTS = range(MOST + 1)
World = dict[str, int]


def seen(charter: CharterDocument, world: World) -> dict[str, Published]:
    reported = {code: Decimal(value) for code, value in world.items() if code != "stayed"}
    return published(charter, reported)


def read(charter: CharterDocument, world: World) -> Hashable:
    return tuple((code, each.in_("fr"), each.mask) for code, each in seen(charter, world).items())


def readings(
    charter: CharterDocument, worlds: Iterable[World], secret: Callable[[World], object]
) -> dict[Hashable, set[object]]:
    """What each public reading leaves possible for a secret."""
    possible: dict[Hashable, set[object]] = defaultdict(set)
    for world in worlds:
        possible[read(charter, world)].add(secret(world))
    return possible


def hires() -> list[World]:
    return [{"I5.1": whole, "I5.2": part} for whole in COUNTS for part in range(whole + 1)]


def presences() -> list[World]:
    return [
        {"I5.1": whole, "I5.3": round(100 * stayed / whole), "stayed": stayed}
        for whole in COUNTS[1:]
        for stayed in range(whole + 1)
    ]


def test_a_small_count_is_shown_as_small(charter: CharterDocument) -> None:
    shown = {count: seen(charter, {"I7.2": count})["I7.2"].in_("fr") for count in (0, 4, 5, 1200)}

    assert shown == {0: "<\u00a05", 4: "<\u00a05", 5: "5", 1200: "1\u202f200"}


def test_what_does_not_count_people_is_shown_however_small(charter: CharterDocument) -> None:
    assert seen(charter, {"I3.3": 2})["I3.3"].in_("fr") == "2"


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        (20, 12, Mask.NONE),
        (20, 4, Mask.SMALL),
        (20, 16, Mask.WITHHELD),
        (20, 20, Mask.WITHHELD),
        (20, 15, Mask.NONE),
        (9, 5, Mask.WITHHELD),
        (9, 3, Mask.WITHHELD),
        (10, 5, Mask.NONE),
        (4, 4, Mask.SMALL),
    ],
)
def test_a_part_is_hidden_when_it_or_what_remains_is_small(
    charter: CharterDocument, whole: int, part: int, expected: Mask
) -> None:
    assert seen(charter, {"I5.1": whole, "I5.2": part})["I5.2"].mask is expected


@pytest.mark.parametrize(
    ("whole", "share", "expected"),
    [
        (20, 50, Mask.NONE),
        (20, 20, Mask.WITHHELD),
        (20, 90, Mask.WITHHELD),
        (3, 33, Mask.WITHHELD),
        (None, 50, Mask.WITHHELD),
    ],
)
def test_a_share_is_hidden_when_it_stands_for_few_people(
    charter: CharterDocument, whole: int | None, share: int, expected: Mask
) -> None:
    world = {"I5.3": share} | ({} if whole is None else {"I5.1": whole})

    assert seen(charter, world)["I5.3"].mask is expected


def test_no_reading_of_hires_lets_a_small_group_be_found(charter: CharterDocument) -> None:
    smalls = (
        lambda world: world["I5.1"],
        lambda world: world["I5.2"],
        lambda world: world["I5.1"] - world["I5.2"],
    )

    found = [
        (reading, values)
        for secret in smalls
        for reading, values in readings(charter, hires(), secret).items()
        if len(values) == 1 and min(values) < 5
    ]

    assert found == []


def test_no_share_lets_a_small_group_be_found(charter: CharterDocument) -> None:
    smalls = (
        lambda world: world["I5.1"],
        lambda world: world["stayed"],
        lambda world: world["I5.1"] - world["stayed"],
    )

    found = [
        (reading, values)
        for secret in smalls
        for reading, values in readings(charter, presences(), secret).items()
        if len(values) == 1 and min(values) < 5
    ]

    assert found == []


def test_the_share_of_the_staff_goes_with_the_count_of_the_staff(charter: CharterDocument) -> None:
    shown = seen(charter, {"I8.1": 3, "I8.2": 12})

    assert [each.mask for each in shown.values()] == [Mask.SMALL, Mask.WITHHELD]
    assert seen(charter, {"I8.1": 5, "I8.2": 12})["I8.2"].mask is Mask.NONE


@given(st.lists(st.integers(0, 30), max_size=8), st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_total_says_nothing_of_the_counts_that_it_leaves_out(
    charter: CharterDocument, counts: list[int], data: st.DataObject
) -> None:
    others = [data.draw(st.integers(0, 4)) if count < 5 else count for count in counts]

    told = total(seen(charter, {"I7.2": count})["I7.2"] for count in counts)

    assert told == total(seen(charter, {"I7.2": count})["I7.2"] for count in others)
    assert told.value == sum(count for count in counts if count >= 5)
    assert told.left_out == sum(count < 5 for count in counts)


def test_a_change_is_said_between_two_published_figures_only(charter: CharterDocument) -> None:
    small, start, end = (seen(charter, {"I7.2": count})["I7.2"] for count in (4, 6, 20))

    assert change(start, end) == Decimal(14)
    assert change(small, end) is None
    assert change(end, small) is None


def test_no_target_stands_beside_a_value_that_is_withheld(charter: CharterDocument) -> None:
    targets = seen(charter, {"I5.1": 30, "I5.2": 20})
    values = seen(charter, {"I5.1": 20, "I5.2": 20})

    beside = targets_beside(targets, values)

    assert {code: each.mask for code, each in beside.items()} == {
        "I5.1": Mask.NONE,
        "I5.2": Mask.WITHHELD,
    }
    assert beside["I5.2"].in_("fr") == ""
