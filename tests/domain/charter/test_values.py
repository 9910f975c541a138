from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.charter.indicators import Indicator, Kind, Sense, Span
from domain.charter.values import is_met, parse_day, parse_value, shown, value_in, written
from domain.refusals import Refusal
from domain.texts import NO_TEXT

PLAIN = Indicator("I", NO_TEXT, Kind.NUMBER, NO_TEXT, Sense.UP, Span.YEAR)


def of(kind: Kind, decimals: int = 0) -> Indicator:
    return replace(PLAIN, kind=kind, decimals=decimals)


@pytest.mark.parametrize(
    ("kind", "decimals", "typed", "value"),
    [
        (Kind.NUMBER, 0, "12", Decimal(12)),
        (Kind.NUMBER, 0, " 1 250 ", Decimal(1250)),
        (Kind.NUMBER, 1, "1\u202f250,5", Decimal("1250.5")),
        (Kind.MONEY, 2, "120 000,50 €", Decimal("120000.50")),
        (Kind.PERCENT, 1, "12,5\u00a0%", Decimal("12.5")),
        (Kind.PERCENT, 0, "100", Decimal(100)),
        (Kind.RATIO, 1, "2.5", Decimal("2.5")),
        (Kind.YES_NO, 0, "Oui", True),
        (Kind.YES_NO, 0, "no", False),
        (Kind.DATE, 0, "2028-02-29", date(2028, 2, 29)),
        (Kind.DATE, 0, "1/3/2027", date(2027, 3, 1)),
    ],
)
def test_values_are_read_as_french_people_type_them(
    kind: Kind, decimals: int, typed: str, value: object
) -> None:
    assert parse_value(of(kind, decimals), typed) == value


@pytest.mark.parametrize(
    ("kind", "decimals", "typed", "sentence"),
    [
        (Kind.NUMBER, 0, "  ", "Cette valeur est nécessaire."),
        (Kind.NUMBER, 0, "-3", "Donnez un nombre positif ou nul, sans unité. Exemple : 1 250."),
        (Kind.NUMBER, 0, "12 %", "Donnez un nombre positif ou nul, sans unité. Exemple : 1 250."),
        (Kind.NUMBER, 0, "١٢", "Donnez un nombre positif ou nul, sans unité. Exemple : 1 250."),
        (Kind.NUMBER, 0, "1.250", "Donnez un nombre entier, sans point ni virgule."),
        (
            Kind.MONEY,
            2,
            "1.250",
            "Donnez au plus 2 chiffres après la virgule, et aucun point de milliers.",
        ),
        (
            Kind.MONEY,
            2,
            "12 k€",
            "Donnez un montant en euros, positif ou nul, sans autre unité. Exemple : 1 250,50.",
        ),
        (Kind.PERCENT, 1, "100,1", "Donnez un pourcentage entre 0 et 100."),
        (Kind.PERCENT, 1, "3 €", "Donnez un pourcentage, sans autre unité. Exemple : 12,5."),
        (Kind.YES_NO, 0, "peut-être", "Répondez par oui ou par non."),
        (Kind.DATE, 0, "2027-02-29", "Donnez une date qui existe. Exemple : 30/04/2027."),
        (Kind.DATE, 0, "demain", "Donnez une date qui existe. Exemple : 30/04/2027."),
        (Kind.RATIO, 1, "9" * 60, "Donnez un rapport positif ou nul, sans unité. Exemple : 2,5."),
    ],
)
def test_what_is_no_such_value_is_refused_with_what_is_expected(
    kind: Kind, decimals: int, typed: str, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        parse_value(of(kind, decimals), typed)

    assert str(refused.value).replace("\u00a0", " ") == sentence
    assert value_in(of(kind, decimals), typed) is None


def test_a_rate_may_go_beyond_a_hundred_where_the_charter_says_so() -> None:
    rate = replace(of(Kind.PERCENT), at_most=999)

    assert parse_value(rate, "120") == Decimal(120)


@pytest.mark.parametrize(
    ("kind", "decimals", "typed", "french", "english"),
    [
        (Kind.NUMBER, 1, "1250,5", "1\u202f250,5", "1,250.5"),
        (Kind.NUMBER, 1, "1000,0", "1\u202f000", "1,000"),
        (Kind.MONEY, 2, "120000,5", "120\u202f000,50\u00a0€", "€120,000.50"),
        (Kind.MONEY, 2, "0", "0\u00a0€", "€0"),
        (Kind.PERCENT, 1, "12,5", "12,5\u00a0%", "12.5%"),
        (Kind.YES_NO, 0, "yes", "oui", "yes"),
        (Kind.YES_NO, 0, "no", "non", "no"),
        (Kind.DATE, 0, "2027-04-30", "30/04/2027", "30/04/2027"),
    ],
)
def test_values_are_shown_in_the_language_of_the_reader(
    kind: Kind, decimals: int, typed: str, french: str, english: str
) -> None:
    indicator = of(kind, decimals)
    value = parse_value(indicator, typed)

    assert (shown(indicator, value, "fr"), shown(indicator, value, "en")) == (french, english)


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**14, places=2))
def test_an_amount_survives_being_kept_and_being_shown(amount: Decimal) -> None:
    money = of(Kind.MONEY, 2)

    assert parse_value(money, written(amount)) == amount
    assert parse_value(money, shown(money, amount, "fr")) == amount


@settings(deadline=None)
@given(st.dates())
def test_a_day_survives_being_kept_and_being_shown(day: date) -> None:
    dated = of(Kind.DATE)

    assert parse_value(dated, written(day)) == day
    assert parse_day(f"{day.day}/{day.month}/{day.year:04}") == day


@settings(deadline=None)
@given(st.booleans(), st.sampled_from(["fr", "en"]))
def test_an_answer_survives_being_kept_and_being_shown(answer: object, language: str) -> None:
    asked = of(Kind.YES_NO)

    assert parse_value(asked, written(bool(answer))) is answer
    assert parse_value(asked, shown(asked, bool(answer), language)) is answer


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(Kind))
def test_whatever_is_typed_is_a_value_or_a_sentence(typed: str, kind: Kind) -> None:
    indicator = of(kind)

    value = value_in(indicator, typed)

    assert value is None or value_in(indicator, written(value)) == value


@pytest.mark.parametrize(
    ("sense", "value", "met"),
    [
        (Sense.UP, 9, False),
        (Sense.UP, 10, True),
        (Sense.UP, 11, True),
        (Sense.DOWN, 9, True),
        (Sense.DOWN, 10, True),
        (Sense.DOWN, 11, False),
        (Sense.NONE, 0, True),
    ],
)
def test_a_target_is_met_by_the_sense_of_its_indicator(
    sense: Sense, value: int, met: object
) -> None:
    indicator = replace(PLAIN, sense=sense)

    assert is_met(indicator, Decimal(value), Decimal(10)) is met


def test_a_promise_to_do_is_not_met_by_not_doing() -> None:
    assert is_met(of(Kind.YES_NO), value=False, target=True) is False
    assert is_met(of(Kind.YES_NO), value=True, target=True) is True
