from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calibration.adjusting import Asked, calibrate
from domain.calibration.readings import Reading, juries_in, table_of
from domain.calibration.results import Adjusted, Calibration, Uncorrected, Zone
from domain.calibration.rules import CalibrationRules
from domain.calibration.spread import spread_factors
from tests.domain.juries import a_jury, a_reading

seeds = st.integers(0, 10_000)


def _ranks(found: Calibration) -> dict[str, int | None]:
    return {each.file: each.rank for each in found.files}


def _file(found: Calibration, name: str) -> Adjusted:
    return next(each for each in found.files if each.file == name)


def test_a_severe_juror_is_known_by_those_who_read_the_same_files() -> None:
    found = calibrate(a_jury(1, files=60, severity=12), Asked())

    severities = [float(each.severity) for each in found.severities]
    assert severities == sorted(severities)
    assert np.allclose(severities, np.linspace(-12, 12, 6), atol=3)


def test_whoever_reads_the_marks_of_one_file_checks_its_score_by_hand() -> None:
    found = calibrate(a_jury(2), Asked())

    for file in found.files:
        by_hand = sum((each.note + each.correction for each in file.readings), Decimal())
        assert abs(file.score - by_hand / len(file.readings)) <= Decimal("0.005")


def test_a_correction_follows_from_what_is_said_of_its_juror() -> None:
    readings = a_jury(3)

    found = calibrate(readings, Asked())

    said = {each.juror: each for each in found.severities}
    for file in found.files:
        for reading in file.readings:
            juror = said[reading.juror]
            by_hand = juror.mean + (reading.note - juror.mean) * juror.factor - juror.severity
            assert abs(reading.result - by_hand) < Decimal("0.25")


@given(seeds, st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_in_which_cards_arrive_changes_nothing(seed: int, random: object) -> None:
    readings = a_jury(seed, files=12, jurors=5)
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  (hypothesis gives a random.Random)

    assert calibrate(shuffled, Asked()) == calibrate(readings, Asked())


@given(seeds)
@settings(max_examples=5, deadline=None)
def test_juries_that_share_no_juror_are_never_compared(seed: int) -> None:
    here = a_jury(seed, files=10, jurors=4, prefix="a")
    there = a_jury(seed + 1, files=10, jurors=4, prefix="b")
    generous = [replace(each, note=min(each.note + 20, Decimal(100))) for each in there]

    alone, beside, beside_generous = (
        calibrate(each, Asked()) for each in (here, here + there, here + generous)
    )

    kept = list(alone.files)
    assert [each for each in beside.files if each.jury == 1] == kept
    assert [each for each in beside_generous.files if each.jury == 1] == kept
    assert min(each.rank or 0 for each in beside.files if each.jury == 2) == 1


def test_the_same_seed_makes_the_same_draws() -> None:
    readings = a_jury(4)

    assert calibrate(readings, Asked(seed=7)) == calibrate(readings, Asked(seed=7))
    assert calibrate(readings, Asked(seed=7)) != calibrate(readings, Asked(seed=8))


def test_a_constant_on_every_mark_moves_no_rank() -> None:
    readings = [each for each in a_jury(5) if 10 < each.note < 85]
    higher = [replace(each, note=each.note + 10) for each in readings]

    assert _ranks(calibrate(higher, Asked())) == _ranks(calibrate(readings, Asked()))


@pytest.mark.parametrize(
    ("readings", "why"),
    [
        pytest.param(
            [a_reading(f"f{n}", f"j{m}", 50 + n + 9 * m) for n in range(8) for m in range(2)],
            Uncorrected.FEW_JURORS,
            id="two jurors",
        ),
        pytest.param(
            [a_reading(f"f{n}", f"j{n % 2}", 50 + n % 9) for n in range(60)]
            + [a_reading(f"g{n}", f"j{2 + n % 2}", 50 + n % 9) for n in range(60)]
            + [a_reading("bridge", f"j{n}", 50) for n in range(4)],
            Uncorrected.WEAK_LINK,
            id="one file for all links",
        ),
    ],
)
def test_a_jury_that_little_joins_is_left_as_it_is(readings: list[Reading], why: str) -> None:
    found = calibrate(readings, Asked(fewest_readings=1))

    assert [each.uncorrected for each in found.juries] == [why]
    assert {each.correction for file in found.files for each in file.readings} == {Decimal(0)}


def test_a_correction_never_exceeds_its_cap() -> None:
    found = calibrate(a_jury(6, files=60, severity=25), Asked(CalibrationRules(correction_cap=10)))

    assert max(abs(each.severity) for each in found.severities) == Decimal("10.00")
    assert found.severities[0].is_capped
    assert not found.severities[3].is_capped


def test_a_file_with_too_few_readings_has_no_rank() -> None:
    readings = [*a_jury(7), a_reading("late", "j00", 99)]

    late = _file(calibrate(readings, Asked(fewest_readings=2)), "late")

    assert (late.rank, late.chance, late.zone, len(late.readings)) == (None, None, None, 1)


def test_a_file_that_may_not_win_has_no_chance() -> None:
    readings = a_jury(8)
    first = next(each.file for each in calibrate(readings, Asked()).files if each.rank == 1)

    barred = _file(calibrate(readings, Asked(barred=(first,))), first)

    assert (barred.rank, barred.chance, barred.zone) == (1, Decimal("0.00"), Zone.OUT)


def test_a_file_far_above_the_others_is_net_laureate_and_the_last_is_net_out() -> None:
    readings = [each for each in a_jury(9, severity=4) if each.file != "f00"]
    best = [a_reading("best", f"j0{juror}", 99) for juror in range(3)]

    found = calibrate([*readings, *best], Asked())

    last = max(found.files, key=lambda each: each.rank or 0)
    assert (_file(found, "best").zone, last.zone) == (Zone.LAUREATE, Zone.OUT)
    assert _file(found, "best").rank == _file(found, "best").best == 1


def test_the_chances_of_a_category_add_up_to_its_prize() -> None:
    readings = a_jury(10, category="A") + a_jury(11, prefix="b", category="B")

    found = calibrate(readings, Asked())

    for category in ("A", "B"):
        total = sum((each.chance or 0) for each in found.files if each.category == category)
        assert abs(total - 1) < Decimal("0.10")


def test_a_category_of_better_files_is_not_taken_for_lenient_jurors() -> None:
    poor = a_jury(12, files=20, jurors=4, severity=0, prefix="a", category="A")
    rich = [
        replace(each, note=min(each.note + 15, Decimal(100)), category="B")
        for each in a_jury(13, files=20, jurors=4, severity=0, prefix="b")
    ]
    bridge = [a_reading("af00", "bj00", float(poor[0].note))]

    found = calibrate(poor + rich + bridge, Asked())

    assert len(found.juries) == 1
    assert max(abs(each.severity) for each in found.severities) < 5


def test_a_juror_who_gives_the_same_mark_to_all_is_flagged_and_kept() -> None:
    readings = [
        replace(each, note=Decimal(60)) if each.juror == "j02" else each for each in a_jury(14)
    ]

    found = calibrate(readings, Asked())

    assert [each.juror for each in found.severities if each.is_constant] == ["j02"]
    assert {each.factor for each in found.severities if each.juror == "j02"} == {Decimal("1.00")}


def test_a_mark_far_from_all_that_is_expected_asks_to_be_read_again() -> None:
    odd, *others = a_jury(15)
    readings = [replace(odd, note=Decimal(0)), *others]

    found = calibrate(readings, Asked())

    unusual = {(f.file, r.juror) for f in found.files for r in f.readings if r.is_unusual}
    assert (odd.file, odd.juror) in unusual


def test_jurors_with_the_same_width_keep_it_and_a_wide_one_is_narrowed() -> None:
    readings = a_jury(16, files=60, severity=0)
    mean = Decimal(60)
    wide = [
        replace(each, note=mean + (each.note - mean) * 2) if each.juror == "j05" else each
        for each in readings
    ]

    same, narrowed = spread_factors(table_of(readings)), spread_factors(table_of(wide))

    assert np.allclose(same, 1, atol=0.15)
    assert narrowed[5] == min(narrowed)
    assert narrowed[5] < 0.8


def test_one_juror_less_is_counted_by_the_firsts_that_change() -> None:
    found = calibrate(a_jury(17), Asked())

    assert {each.changes for each in found.severities} <= {0, 1}


def test_a_jury_is_all_who_are_joined_by_shared_jurors_and_no_more() -> None:
    apart = [a_reading(f"f{n}", f"j{n % 2}", 50) for n in range(6)]
    joined = [*apart, a_reading("f0", "j1", 50)]

    assert [len(jury) for jury in juries_in(apart)] == [3, 3]
    assert [len(jury) for jury in juries_in(joined)] == [7]


def test_nothing_to_read_is_nothing_to_say() -> None:
    assert calibrate([], Asked()) == Calibration(0)
