from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.edition import EditionTemplate, TieBreak
from domain.ranking import FileScores, Flag, Standing, rank
from domain.scoring import ScoreCard, at_national_level, exact_note

CRITERIA = ("VOL", "FIA", "IMP", "PER", "REP")


def _card(juror: str, *values: int) -> ScoreCard:
    return ScoreCard(juror, dict(zip(CRITERIA, values, strict=True)))


def _file(name: str, *cards: tuple[int, ...]) -> FileScores:
    return FileScores(name, tuple(_card(f"j{n}", *values) for n, values in enumerate(cards)))


def _even(name: str, value: int) -> FileScores:
    return _file(name, *[(value,) * 5] * 3)


def _rank(template: EditionTemplate, *files: FileScores) -> tuple[Standing, ...]:
    return rank(template.category("CLA"), template.scale, template.jury, files)


def _places(standings: tuple[Standing, ...]) -> list[tuple[str, int | None]]:
    return [(each.application_id, each.rank) for each in standings]


def test_the_best_mean_comes_first(shipped: EditionTemplate) -> None:
    standings = _rank(shipped, _even("b", 3), _even("a", 4), _even("c", 5))

    assert _places(standings) == [("c", 1), ("a", 2), ("b", 3)]


def test_a_standing_says_what_the_jury_must_know(shipped: EditionTemplate) -> None:
    file = _file("a", (5, 5, 5, 5, 5), (4, 4, 4, 4, 4), (3, 2, 4, 1, 5))

    (standing,) = _rank(shipped, file)

    assert standing == Standing(
        application_id="a",
        rank=1,
        mean=Decimal("81.00"),
        exact_mean=Fraction(81),
        spread=Decimal("37.00"),
        valid=3,
        averages={
            "VOL": Decimal("4.00"),
            "FIA": Decimal("3.67"),
            "IMP": Decimal("4.33"),
            "PER": Decimal("3.33"),
            "REP": Decimal("4.67"),
        },
        flags=(Flag.SPREAD_ALERT,),
    )
    assert standing.is_awardable


@pytest.mark.parametrize(
    ("cards", "flag"),
    [
        ([(3, 3, 3, 3, 3)] * 2, Flag.BELOW_FLOOR),
        ([(2, 2, 2, 2, 2)] * 3, Flag.BELOW_THRESHOLD),
        ([(5, 5, 2, 5, 5), (5, 5, 2, 5, 5), (5, 5, 1, 5, 5)], Flag.IMPACT_TOO_LOW),
    ],
    ids=["two-readings", "forty-points", "impact-under-two"],
)
def test_what_the_rules_forbid_is_flagged(
    shipped: EditionTemplate, cards: list[tuple[int, ...]], flag: Flag
) -> None:
    (standing,) = _rank(shipped, _file("a", *cards))

    assert standing.flags == (flag,)
    assert not standing.is_awardable


def test_limits_themselves_are_good_enough(shipped: EditionTemplate) -> None:
    at_threshold = _file("a", (3, 3, 2, 3, 2), (2, 2, 2, 3, 4), (3, 1, 2, 3, 4))

    (standing,) = _rank(shipped, at_threshold)

    assert standing.averages["IMP"] == Decimal("2.00")
    assert standing.exact_mean >= 50
    assert standing.is_awardable


def test_a_spread_of_thirty_asks_for_another_reading(shipped: EditionTemplate) -> None:
    file = _file("a", (3, 3, 5, 3, 3), (3, 3, 4, 3, 3), (3, 3, 0, 3, 3))

    (standing,) = _rank(shipped, file)

    assert (standing.spread, standing.flags) == (Decimal("30.00"), (Flag.SPREAD_ALERT,))


def test_a_card_with_a_blank_does_not_count(shipped: EditionTemplate) -> None:
    blank = ScoreCard("j9", {"VOL": 1, "FIA": 1, "PER": 1, "REP": 1})
    full = _even("a", 4)

    with_blank = _rank(shipped, replace(full, cards=(*full.cards, blank)))

    assert with_blank == _rank(shipped, full)


def test_a_file_without_valid_cards_comes_last_without_rank(shipped: EditionTemplate) -> None:
    standings = _rank(shipped, FileScores("a", ()), _even("b", 0))

    assert _places(standings) == [("b", 1), ("a", None)]
    assert standings[1].mean is None
    assert not standings[1].is_awardable


def test_impact_separates_equal_means(shipped: EditionTemplate) -> None:
    less = _file("a", *[(3, 3, 3, 5, 3)] * 3)
    more = _file("b", *[(3, 3, 4, 3, 3)] * 3)

    standings = _rank(shipped, less, more)

    assert [each.mean for each in standings] == [Decimal("66.00")] * 2
    assert _places(standings) == [("b", 1), ("a", 2)]
    assert [each.separated_by for each in standings] == [TieBreak.IMPACT] * 2


def test_the_first_specific_criterion_separates_equal_impacts(shipped: EditionTemplate) -> None:
    less = _file("a", *[(1, 5, 3, 3, 4)] * 3)
    more = _file("b", *[(4, 3, 3, 1, 3)] * 3)

    standings = _rank(shipped, less, more)

    assert [each.mean for each in standings] == [Decimal("59.00")] * 2
    assert _places(standings) == [("b", 1), ("a", 2)]
    assert [each.separated_by for each in standings] == [TieBreak.FIRST_SPECIFIC] * 2


def test_what_no_rule_separates_is_left_to_people(shipped: EditionTemplate) -> None:
    standings = _rank(shipped, _even("b", 4), _even("a", 4), _even("c", 3))

    assert _places(standings) == [("a", 1), ("b", 1), ("c", 3)]
    assert [each.tied_with for each in standings] == [("b",), ("a",), ()]
    assert [each.flags for each in standings[:2]] == [(Flag.TO_BE_DECIDED,)] * 2


def test_steps_after_a_vote_are_never_computed(shipped: EditionTemplate) -> None:
    rules = replace(shipped.jury, tie_rule=(TieBreak.JURY_VOTE, TieBreak.IMPACT))
    files = (_file("a", *[(3, 3, 3, 5, 3)] * 3), _file("b", *[(3, 3, 4, 3, 3)] * 3))

    standings = rank(shipped.category("CLA"), shipped.scale, rules, files)

    assert [each.rank for each in standings] == [1, 1]


def test_order_is_kept_where_two_decimals_would_hide_it(shipped: EditionTemplate) -> None:
    """1,001 cards of 60 against 1,000 of 60 and one of 63: the means differ by 0.003."""
    lower = _file("a", *[(3, 3, 3, 3, 3)] * 1001)
    higher = _file("b", *[(3, 3, 3, 3, 3)] * 1000, (3, 3, 3, 4, 3))

    standings = _rank(shipped, lower, higher)

    assert [each.mean for each in standings] == [Decimal("60.00")] * 2
    assert _places(standings) == [("b", 1), ("a", 2)]


def test_another_template_ranks_with_its_own_scale(small: EditionTemplate) -> None:
    files = [
        FileScores(name, tuple(ScoreCard(juror, {"ACH": mark, "EFF": 3}) for juror in ("x", "y")))
        for name, mark in (("a", 2), ("b", 4))
    ]

    standings = rank(small.category("ACHATS"), small.scale, small.jury, files)

    assert [(each.application_id, each.mean) for each in standings] == [
        ("b", Decimal("88.75")),
        ("a", Decimal("61.25")),
    ]


def test_the_national_jury_ranks_with_one_more_criterion(shipped: EditionTemplate) -> None:
    category = at_national_level(shipped.category("CLA"), shipped.national.extra_criterion)
    marks = dict.fromkeys(CRITERIA, 4)
    files = [
        FileScores(name, tuple(ScoreCard(str(n), {**marks, "RAY": reach}) for n in range(3)))
        for name, reach in (("a", 2), ("b", 5))
    ]

    standings = rank(category, shipped.scale, shipped.national.jury, files)

    assert [(each.application_id, each.mean) for each in standings] == [
        ("b", Decimal("82.00")),
        ("a", Decimal("76.00")),
    ]


MARKS = st.fixed_dictionaries(dict.fromkeys(CRITERIA, st.integers(0, 5)))
CARDS = st.lists(MARKS, max_size=4)


@st.composite
def _files(draw: st.DrawFn) -> list[FileScores]:
    every = draw(st.lists(CARDS, min_size=1, max_size=6))
    return [
        FileScores(f"f{n}", tuple(ScoreCard(f"j{m}", marks) for m, marks in enumerate(cards)))
        for n, cards in enumerate(every)
    ]


@given(_files(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    shipped: EditionTemplate, files: list[FileScores], chance: object
) -> None:
    shuffled = [
        replace(file, cards=tuple(chance.sample(file.cards, len(file.cards))))
        for file in chance.sample(files, len(files))
    ]

    assert _rank(shipped, *shuffled) == _rank(shipped, *files)


@given(_files(), st.data())
def test_a_higher_mark_never_lowers_the_rank_of_its_file(
    shipped: EditionTemplate, files: list[FileScores], data: st.DataObject
) -> None:
    marked = [file for file in files if file.cards]
    if not marked:
        return
    file = data.draw(st.sampled_from(marked))
    card = data.draw(st.sampled_from(file.cards))
    code = data.draw(st.sampled_from(CRITERIA))
    better = replace(card, values={**card.values, code: min(5, card.values[code] + 1)})
    raised = replace(file, cards=tuple(better if each is card else each for each in file.cards))

    before = dict(_places(_rank(shipped, *files)))
    after = dict(_places(_rank(shipped, *(raised if each is file else each for each in files))))

    assert after[file.application_id] <= before[file.application_id]


@given(_files())
def test_means_are_exact_and_ranks_follow_them(
    shipped: EditionTemplate, files: list[FileScores]
) -> None:
    category = shipped.category("CLA")
    means = {
        file.application_id: sum(
            (exact_note(category, shipped.scale, card.values) for card in file.cards), Fraction()
        )
        / len(file.cards)
        for file in files
        if file.cards
    }

    standings = [each for each in _rank(shipped, *files) if each.rank]

    assert {each.application_id: each.exact_mean for each in standings} == means
    assert [each.exact_mean for each in standings] == sorted(means.values(), reverse=True)


@given(_files(), st.sampled_from(CRITERIA))
def test_a_blank_is_never_a_zero(
    shipped: EditionTemplate, files: list[FileScores], code: str
) -> None:
    marks = {each: 5 for each in CRITERIA if each != code}
    blank = ScoreCard("late", marks)

    with_blank = [replace(file, cards=(*file.cards, blank)) for file in files]

    assert _rank(shipped, *with_blank) == _rank(shipped, *files)
