"""Two templates side by side: the differences are exactly what turns one into the other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from
from domain.refusals import N_
from domain.rules_text.blocks import said
from domain.template_compare import Change, ChangeKind, compare, differences
from domain.template_facts import Fact, Key
from domain.texts import Text
from storage.editions import shipped_template

YEAR = 2027
ABOUT = said(N_("Nom"))
keys = st.lists(st.sampled_from("abc"), min_size=1, max_size=2).map(tuple)
facts = st.dictionaries(keys, st.integers(0, 3).map(lambda value: Fact(ABOUT, value)))


def the_template(code: str = "trophees-insertion") -> EditionTemplate:
    shipped = shipped_template(code)
    assert shipped is not None
    return edition_from(shipped.document)


def applied(old: dict[Key, Fact], changes: tuple[Change, ...]) -> dict[Key, Fact]:
    """The facts, once changed."""
    new = dict(old)
    for change in changes:
        if change.kind is ChangeKind.REMOVED:
            del new[change.key]
        else:
            new[change.key] = Fact(change.about, change.after)
    return new


@given(old=facts, new=facts)
def test_the_differences_turn_the_first_into_the_second(
    old: dict[Key, Fact], new: dict[Key, Fact]
) -> None:
    assert applied(old, differences(old, new)) == new


@given(same=facts)
def test_nothing_differs_from_itself(same: dict[Key, Fact]) -> None:
    assert differences(same, dict(reversed(same.items()))) == ()


@given(old=facts, new=facts)
def test_read_backwards_what_was_added_is_removed(
    old: dict[Key, Fact], new: dict[Key, Fact]
) -> None:
    there = {(each.key, each.before, each.after) for each in differences(old, new)}
    back = {(each.key, each.after, each.before) for each in differences(new, old)}

    assert there == back


def test_a_weight_that_moves_says_by_how_much() -> None:
    before = the_template()
    first, second, *others = before.categories[0].criteria
    moved = (replace(first, weight=30), replace(second, weight=10), *others)
    after = replace(
        before,
        categories=(replace(before.categories[0], criteria=moved), *before.categories[1:]),
    )

    changes = compare(before, after, YEAR)

    assert [(each.key[-1], each.before, each.after, each.difference) for each in changes] == [
        ("VOL", 25, 30, 5),
        ("FIA", 15, 10, -5),
    ]


def test_words_that_change_are_shown_on_both_sides() -> None:
    before = the_template()
    named = Text("Autre nom", "Another name")
    after = replace(before, name=named)

    changes = compare(before, after, YEAR)

    assert [(each.kind, each.before, each.after, each.difference) for each in changes] == [
        (ChangeKind.CHANGED, before.name, named, None)
    ]


def test_a_category_that_leaves_takes_all_that_was_said_of_it() -> None:
    before = the_template()
    after = replace(before, categories=before.categories[1:], rules=before.rules)

    gone = {each.key[:2] for each in compare(before, after, YEAR)}

    assert gone == {("category", "CLA"), ("criterion", "VOL"), ("criterion", "FIA")}


def test_two_templates_that_share_nothing_can_be_compared() -> None:
    changes = compare(the_template(), the_template("sample-small"), YEAR)

    assert {each.kind for each in changes} == set(ChangeKind)
