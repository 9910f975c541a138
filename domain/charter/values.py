"""The values of indicators: as people type them, as they are kept, as they are shown."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from domain.charter.indicators import NUMERIC, Indicator, Kind, Sense
from domain.refusals import N_, Refusal
from domain.texts import Language

Value = Decimal | bool | date

LONGEST = 40
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_NUMBER = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{1,6}))?")
_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_FRENCH_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})")
_NARROW, _NO_BREAK = "\u202f", "\u00a0"
_YES, _NO = frozenset({"yes", "oui"}), frozenset({"no", "non"})
# The unit of the kind may be typed after the number; any other is a mistake worth a sentence.
_OWN_UNIT = {Kind.PERCENT: "%", Kind.MONEY: "€"}
_EXPECTED = {
    Kind.NUMBER: N_("Donnez un nombre positif ou nul, sans unité. Exemple\u00a0: 1 250."),
    Kind.RATIO: N_("Donnez un rapport positif ou nul, sans unité. Exemple\u00a0: 2,5."),
    Kind.MONEY: N_(
        "Donnez un montant en euros, positif ou nul, sans autre unité. Exemple\u00a0: 1 250,50."
    ),
    Kind.PERCENT: N_("Donnez un pourcentage, sans autre unité. Exemple\u00a0: 12,5."),
}
_WHOLE = N_("Donnez un nombre entier, sans point ni virgule.")
_DECIMALS = N_("Donnez au plus %(decimals)s chiffres après la virgule, et aucun point de milliers.")
_RANGE = N_("Donnez un pourcentage entre 0 et %(highest)s.")
_ANSWER = N_("Répondez par oui ou par non.")
_DATE = N_("Donnez une date qui existe. Exemple\u00a0: 30/04/2027.")
_MISSING = N_("Cette valeur est nécessaire.")


def parse_value(indicator: Indicator, typed: str) -> Value:
    """The value that was typed, or a refusal that says what the indicator expects."""
    compact = typed.strip()
    if not compact:
        raise Refusal(_MISSING)
    return _PARSERS[indicator.kind](indicator, compact[:LONGEST])


def parse_day(typed: str) -> date:
    """The civil day that was typed, 2028-12-31 or 31/12/2028, or a refusal."""
    found = _DAY.fullmatch(typed.strip()) or _FRENCH_DAY.fullmatch(typed.strip())
    if found is None:
        raise Refusal(_DATE)
    try:
        return date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        raise Refusal(_DATE) from None


def value_in(indicator: Indicator, kept: str) -> Value | None:
    """The value that was kept, if it still is one."""
    try:
        return parse_value(indicator, kept)
    except Refusal:
        return None


def written(value: Value) -> str:
    """A value as JSON keeps it: ``1250.5``, ``yes``, ``2027-04-30``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def shown(indicator: Indicator, value: Value, language: str) -> str:
    """A value as people read it: 1 250,5, 12,5 %, oui, 30/04/2027; other units are the page's."""
    if isinstance(value, bool):
        return _said(value, language)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    number = _grouped(indicator, value, language)
    if language == Language.ENGLISH:
        return {Kind.PERCENT: f"{number}%", Kind.MONEY: f"€{number}"}.get(indicator.kind, number)
    unit = _OWN_UNIT.get(indicator.kind)
    return f"{number}{_NO_BREAK}{unit}" if unit else number


def is_met(indicator: Indicator, value: Value, target: Value) -> bool:
    """Whether a value reaches its target; what has no sense is met by being told.

    Raises TypeError when the two are of different kinds, which no parsed pair is.
    """
    if indicator.sense is Sense.NONE:
        return True
    if type(value) is not type(target):
        raise TypeError
    reached = value >= target  # type: ignore[operator]  (both are of one type, checked above)
    return reached if indicator.sense is Sense.UP else value <= target  # type: ignore[operator]  (same)


def _number(indicator: Indicator, typed: str) -> Decimal:
    unit = _OWN_UNIT.get(indicator.kind)
    bare = _SPACES.sub("", typed.removesuffix(unit) if unit else typed)
    found = _NUMBER.fullmatch(bare)
    if found is None:
        raise Refusal(_EXPECTED[indicator.kind])
    # 1.250 is one thousand and more for some, one and a quarter for others: nobody guesses.
    if len(found[2] or "") > indicator.decimals:
        raise (
            Refusal(_DECIMALS, decimals=indicator.decimals)
            if indicator.decimals
            else Refusal(_WHOLE)
        )
    return Decimal(bare.replace(",", "."))


def _percent(indicator: Indicator, typed: str) -> Decimal:
    share = _number(indicator, typed)
    if share > indicator.at_most:
        raise Refusal(_RANGE, highest=indicator.at_most)
    return share


def _yes_no(_indicator: Indicator, typed: str) -> bool:
    answer = typed.casefold()
    if answer not in _YES | _NO:
        raise Refusal(_ANSWER)
    return answer in _YES


def _said(value: bool, language: str) -> str:  # noqa: FBT001  (the value itself)
    if language == Language.ENGLISH:
        return "yes" if value else "no"
    return "oui" if value else "non"


def _grouped(indicator: Indicator, value: Decimal, language: str) -> str:
    """Thousands apart; an amount shows its cents all together or not at all."""
    decimals = max(0, -int(value.normalize().as_tuple().exponent)) if value else 0
    if indicator.kind is Kind.MONEY and decimals:
        decimals = 2
    number = f"{value:,.{decimals}f}"
    if language == Language.ENGLISH:
        return number
    return number.replace(",", _NARROW).replace(".", ",")


_PARSERS: dict[Kind, Callable[[Indicator, str], Value]] = {
    **dict.fromkeys(NUMERIC - {Kind.PERCENT}, _number),
    Kind.PERCENT: _percent,
    Kind.YES_NO: _yes_no,
    Kind.DATE: lambda _indicator, typed: parse_day(typed),
}
