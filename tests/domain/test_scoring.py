from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.edition import EditionTemplate
from domain.refusals import Refusal
from domain.scoring import (
    ScoreCard,
    at_national_level,
    check_card,
    check_marks,
    exact_note,
    is_valid,
    note,
    shown,
)

CRITERIA = ("VOL", "FIA", "IMP", "PER", "REP")
MARKS = st.fixed_dictionaries(dict.fromkeys(CRITERIA, st.integers(0, 5)))


def _marks(*values: int) -> dict[str, int]:
    return dict(zip(CRITERIA, values, strict=True))


def test_a_card_with_ordinary_marks_needs_no_comment(shipped: EditionTemplate) -> None:
    assert check_card(shipped.category("CLA"), shipped.scale, _marks(2, 3, 4, 3, 2), {}) == ()


@pytest.mark.parametrize("nothing", ["", " ", " \u200b\u00a0"], ids=["empty", "space", "unseen"])
@pytest.mark.parametrize("value", [0, 1, 5])
def test_extreme_marks_are_explained(shipped: EditionTemplate, value: int, nothing: str) -> None:
    marks = _marks(value, 3, 4, 3, 2)

    silent = check_card(shipped.category("CLA"), shipped.scale, marks, {"VOL": nothing})
    explained = check_card(
        shipped.category("CLA"), shipped.scale, marks, {"VOL": "Rien n’est dit."}
    )

    assert [(each.code, str(each)) for each in silent] == [
        ("VOL", "Expliquez cette valeur en quelques mots.")
    ]
    assert explained == ()


@pytest.mark.parametrize(
    "value", [-1, 6, 2.0, "3", None, True], ids=["below", "above", "float", "text", "none", "bool"]
)
def test_a_mark_is_a_whole_number_of_the_scale(shipped: EditionTemplate, value: object) -> None:
    complaints = check_marks(shipped.category("CLA"), shipped.scale, {"VOL": value}, {})

    assert [str(each) for each in complaints] == ["Donnez un nombre entier de 0 à 5."]


def test_a_blank_keeps_a_card_from_being_handed_in_but_not_from_being_saved(
    shipped: EditionTemplate,
) -> None:
    marks = {"VOL": 3, "FIA": 3, "IMP": 3, "PER": 3}

    saved = check_marks(shipped.category("CLA"), shipped.scale, marks, {})
    handed_in = check_card(shipped.category("CLA"), shipped.scale, marks, {})

    assert saved == ()
    assert [(each.code, str(each)) for each in handed_in] == [
        ("REP", "Donnez une valeur à ce critère\u00a0: une case vide ne vaut pas zéro.")
    ]


def test_a_criterion_of_another_category_is_refused(shipped: EditionTemplate) -> None:
    complaints = check_marks(shipped.category("CLA"), shipped.scale, {"NOU": 3}, {})

    assert [each.code for each in complaints] == ["NOU"]


def test_a_note_weighs_the_marks(shipped: EditionTemplate) -> None:
    category = shipped.category("CLA")

    notes = [
        note(category, shipped.scale, _marks(*values))
        for values in [(5, 5, 5, 5, 5), (0, 0, 0, 0, 0), (5, 0, 0, 0, 0), (3, 2, 4, 1, 5)]
    ]

    assert notes == [Decimal("100.00"), Decimal("0.00"), Decimal("25.00"), Decimal("63.00")]


def test_a_blank_has_no_note(shipped: EditionTemplate) -> None:
    with pytest.raises(Refusal) as refused:
        note(shipped.category("CLA"), shipped.scale, {"VOL": 5})

    assert str(refused.value) == "Cette fiche est incomplète\u00a0: elle n’a pas encore de note."


def test_another_scale_keeps_thirds_exact(small: EditionTemplate) -> None:
    category = small.category("EQUIPE")

    assert exact_note(category, small.scale, {"EFF": 3, "EQU": 1}) == Fraction(55)
    assert note(category, small.scale, {"EFF": 4, "EQU": 4}) == Decimal("100.00")


@pytest.mark.parametrize(
    ("number", "people_see"),
    [
        (Decimal("49.49"), 49),
        (Decimal("49.50"), 50),
        (Decimal("50.50"), 51),
        (Fraction(99, 2), 50),
        (Fraction(9899, 200), 49),
        (Decimal(0), 0),
    ],
    ids=str,
)
def test_people_see_no_decimals_and_halves_go_up(
    number: Decimal | Fraction, people_see: int
) -> None:
    assert shown(number) == people_see


def test_the_national_level_adds_a_tenth_for_reach(shipped: EditionTemplate) -> None:
    category = at_national_level(shipped.category("CLA"), shipped.national.extra_criterion)
    marks = {**_marks(5, 5, 5, 5, 5), "RAY": 0}

    shares = {
        each.code: Fraction(100 * each.weight, category.total_weight) for each in category.criteria
    }

    assert note(category, shipped.scale, marks) == Decimal("90.00")
    assert shares == {
        "VOL": Fraction(45, 2),
        "FIA": Fraction(27, 2),
        "IMP": 27,
        "PER": Fraction(27, 2),
        "REP": Fraction(27, 2),
        "RAY": 10,
    }


def test_a_card_counts_only_when_every_criterion_is_marked(shipped: EditionTemplate) -> None:
    category = shipped.category("CLA")
    full = _marks(1, 2, 3, 4, 5)
    cards = [full, {**full, "NOU": 3}, {"VOL": 3}, {**full, "VOL": 6}]

    counted = [is_valid(category, shipped.scale, ScoreCard("j", values)) for values in cards]

    assert counted == [True, False, False, False]


@given(MARKS)
def test_a_note_is_exact(shipped: EditionTemplate, marks: dict[str, int]) -> None:
    category = shipped.category("CLA")

    by_hand = sum(each.weight * Fraction(marks[each.code], 5) for each in category.criteria)

    assert exact_note(category, shipped.scale, marks) == by_hand
    assert note(category, shipped.scale, marks) == Decimal(by_hand.numerator) / by_hand.denominator


@given(MARKS, st.sampled_from(CRITERIA))
def test_a_higher_mark_gives_a_higher_note(
    shipped: EditionTemplate, marks: dict[str, int], code: str
) -> None:
    category = shipped.category("CLA")
    lower, higher = {**marks, code: 2}, {**marks, code: 3}

    assert exact_note(category, shipped.scale, lower) < exact_note(category, shipped.scale, higher)
