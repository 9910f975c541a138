from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import Refusal
from domain.siret import format_siret, parse_siren, parse_siret, siren_of


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("12345678200010", id="synthetic"),
        pytest.param("73282932000074", id="ordinary"),
        pytest.param("35600000049837", id="la-poste-not-luhn"),
        pytest.param("35600000000048", id="la-poste-head-office"),
    ],
)
def test_a_valid_siret_keeps_its_digits(typed: str) -> None:
    assert parse_siret(typed) == typed


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("", "Un SIRET compte 14 chiffres\u202f; celui-ci en compte 0.", id="empty"),
        pytest.param(
            "732829320", "Un SIRET compte 14 chiffres\u202f; celui-ci en compte 9.", id="siren"
        ),
        pytest.param("7328293200007A", "Ce numéro ne doit contenir que des chiffres.", id="letter"),
        pytest.param(
            "٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "Ce numéro ne doit contenir que des chiffres.", id="arabic-digits"
        ),
        pytest.param(
            "00000000000018", "Ce numéro n’est composé que de zéros.", id="zeros-though-luhn"
        ),
        pytest.param(
            "73282932000079",
            "Ce SIRET contient une erreur de frappe\u00a0: sa clé de contrôle ne convient pas.",
            id="check-digit",
        ),
        pytest.param(
            "35600000049838",
            "Ce SIRET contient une erreur de frappe\u00a0: sa clé de contrôle ne convient pas.",
            id="la-poste-check",
        ),
        pytest.param(
            "12345678300019",
            "Ce SIRET contient une erreur de frappe\u00a0: sa clé de contrôle ne convient pas.",
            id="siren-check-digit",
        ),
    ],
)
def test_a_wrong_siret_is_refused_with_its_reason(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_siret(typed)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "typed",
    [
        "732 829 320 00074",
        "732.829.320.00074",
        "732\u00a0829\u00a0320\u00a000074",
        "732\u202f829\u202f320\u202f00074",
        " 73282932000074\t",
    ],
    ids=["spaces", "dots", "no-break", "narrow", "around"],
)
def test_separators_are_forgotten(typed: str) -> None:
    assert parse_siret(typed) == "73282932000074"


def test_a_siret_is_shown_in_groups_and_knows_its_siren() -> None:
    siret = parse_siret("12345678200010")

    assert (format_siret(siret), siren_of(siret)) == (
        "123\u00a0456\u00a0782\u00a000010",
        "123456782",
    )


@pytest.mark.parametrize(
    "typed", ["73282932", "000000000", "732829321"], ids=["short", "zeros", "key"]
)
def test_a_wrong_siren_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_siren(typed)


def test_a_siren_keeps_its_digits() -> None:
    assert parse_siren("732 829 320") == "732829320"


def _key(body: str) -> str:
    """The digit that makes a number Luhn-valid, computed apart from the code under test."""
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    return str(-total % 10)


@st.composite
def _sirets(draw: st.DrawFn) -> str:
    body = draw(st.text("0123456789", min_size=8, max_size=8).filter(lambda b: b.strip("0")))
    siren = body + _key(body)
    nic = draw(st.text("0123456789", min_size=4, max_size=4))
    return siren + nic + _key(siren + nic)


@given(_sirets().filter(lambda siret: not siret.startswith("356000000")))
def test_what_is_shown_can_be_typed_again(digits: str) -> None:
    siret = parse_siret(digits)

    assert parse_siret(format_siret(siret)) == siret


@given(_sirets().filter(lambda s: not s.startswith("356")), st.integers(9, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(digits: str, place: int, shift: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]

    with pytest.raises(Refusal):
        parse_siret(wrong)


@given(st.text())
def test_anything_typed_is_either_fourteen_digits_or_a_refusal(typed: str) -> None:
    digits = "".join(each for each in typed if each in "0123456789")

    with suppress(Refusal):
        assert parse_siret(typed) == digits
