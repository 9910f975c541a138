import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.charter.verifying import ALPHABET, CODES, LENGTH, code_of, in_groups, parse_code
from domain.refusals import Refusal

DRAWN = st.integers(0, CODES - 1)
SLIP = "Ce code contient une erreur de frappe\u00a0: relisez-le signe par signe."


def test_no_two_signs_look_alike() -> None:
    assert set("01ILO") & set(ALPHABET) == set()
    assert len(set(ALPHABET)) == 31


@settings(deadline=None)
@given(DRAWN)
def test_a_code_is_read_however_it_is_typed(drawn: int) -> None:
    code = code_of(drawn)

    assert parse_code(code) == code
    assert parse_code(f"  {in_groups(code).lower()} ") == code
    assert parse_code(in_groups(code).replace("-", "\u2011")) == code


@settings(deadline=None)
@given(DRAWN, DRAWN)
def test_two_draws_make_two_codes(one: int, other: int) -> None:
    assert (code_of(one) == code_of(other)) is (one == other)


@settings(deadline=None)
@given(DRAWN, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_a_slip_of_typing(drawn: int, place: int, sign: str) -> None:
    code = code_of(drawn)
    typed = code[:place] + sign + code[place + 1 :]
    if typed == code:
        assert parse_code(typed) == code
        return

    with pytest.raises(Refusal) as refused:
        parse_code(typed)

    assert str(refused.value) == SLIP


@settings(deadline=None)
@given(DRAWN, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_signs_exchanged_are_a_slip_of_typing(drawn: int, one: int, other: int) -> None:
    signs = list(code_of(drawn))
    signs[one], signs[other] = signs[other], signs[one]
    typed = "".join(signs)
    if typed == code_of(drawn):
        return

    with pytest.raises(Refusal) as refused:
        parse_code(typed)

    assert str(refused.value) == SLIP


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Un code de vérification compte 12 signes\u202f; celui-ci en compte 0."),
        ("ABCD-EFGH", "Un code de vérification compte 12 signes\u202f; celui-ci en compte 8."),
        (
            "ABCD-EFGH-JKM0",
            (
                "Ce code contient un signe que nos codes n’emploient pas. "
                "Ils n’ont ni 0, ni 1, ni les lettres I, L et O."
            ),
        ),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_code(typed)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("drawn", [-1, CODES])
def test_a_number_out_of_reach_makes_no_code(drawn: int) -> None:
    with pytest.raises(ValueError, match=str(drawn)):
        code_of(drawn)
