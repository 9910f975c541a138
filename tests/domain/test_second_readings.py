"""What second readings are expected to bring: never less than nothing, and less to surer files."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calibration.expecting import Expected, Read, expected

TEN = Decimal(10)
NOTES = st.decimals(40, 90, places=2, allow_nan=False)


@settings(max_examples=25, deadline=None)
@given(st.lists(NOTES, min_size=2, max_size=8))
def test_reading_again_never_makes_the_first_less_sure(notes: list[Decimal]) -> None:
    found = expected([Read(each, 3) for each in notes], TEN, TEN, seed=1)

    assert Decimal(0) <= found.before <= found.after <= Decimal(1)
    assert found == expected([Read(each, 3) for each in notes], TEN, TEN, seed=1)


def test_a_file_alone_needs_no_other_reading() -> None:
    assert expected([Read(TEN, 3)], TEN, TEN, seed=1) == Expected(Decimal("1.00"), Decimal("1.00"))


def test_six_equals_gain_much_and_more_readings_gain_more() -> None:
    equals = [Read(Decimal(70), 3)] * 6

    once, thrice = (expected(equals, TEN, TEN, seed=1, more=more) for more in (1, 3))

    assert abs(once.before - Decimal(1) / 6) < Decimal("0.03")
    assert once.before + Decimal("0.15") < once.after < thrice.after
