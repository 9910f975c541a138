"""How dates, amounts and sentences are written for the person who reads, in French or in English."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup, escape

from domain.texts import Language, Text

PARIS = "Europe/Paris"
NO_BREAK = "\u00a0"
NARROW = "\u202f"
APOSTROPHE = "\u2019"
Number = int | float | Decimal

_LOCALES = {Language.FRENCH: "fr_FR", Language.ENGLISH: "en_GB"}
_SET_IN_FRENCH = (
    (re.compile(r"(?<=\S) (?=[;!?](?!\w))"), NARROW),
    (re.compile(r"(?<=\S) (?=:(?:\s|$|<))"), NO_BREAK),
    (re.compile(r"(?<=«) | (?=»)"), NO_BREAK),
    (re.compile(r"(?<=[\d)s]) (?=[%€](?!\())"), NO_BREAK),
    (re.compile(r"(?<=\bn°) (?=\S)"), NO_BREAK),
    (re.compile(r"(?<=\d) (?=h\b)|(?<=\dh) (?=\d\d\b)|(?<=\d h) (?=\d\d\b)"), NO_BREAK),
    (re.compile(rf"(?<=\d{NO_BREAK}h) (?=\d\d\b)"), NO_BREAK),
)
# The same sentences come back on every page; ``typed``, so that markup never stands for plain text.
_SEEN = lru_cache(maxsize=2048, typed=True)
_STRAIGHT = re.compile(r"(?<=\w)'(?=[\w«<%])")

# How an overseas hour is named; elsewhere the city that Unicode gives to the zone is used.
_PLACES = {
    "America/Cayenne": "de Guyane",
    "America/Guadeloupe": "de Guadeloupe",
    "America/Martinique": "de Martinique",
    "America/Miquelon": "de Saint-Pierre-et-Miquelon",
    "Indian/Mayotte": "de Mayotte",
    "Indian/Reunion": "de La Réunion",
    "Pacific/Noumea": "de Nouvelle-Calédonie",
    "Pacific/Tahiti": "de Polynésie",
    "Pacific/Wallis": "de Wallis-et-Futuna",
}

# From the coarsest: a span at least this long is said in this unit; {} is the count.
_LEFT = {
    Language.FRENCH: (
        (timedelta(days=2), timedelta(days=1), "il reste {} jours"),
        (timedelta(hours=2), timedelta(hours=1), "il reste {} heures"),
        (timedelta(minutes=2), timedelta(minutes=1), "il reste {} minutes"),
        (timedelta(0), timedelta(minutes=1), f"il reste moins de deux{NO_BREAK}minutes"),
    ),
    Language.ENGLISH: (
        (timedelta(days=2), timedelta(days=1), "{} days left"),
        (timedelta(hours=2), timedelta(hours=1), "{} hours left"),
        (timedelta(minutes=2), timedelta(minutes=1), "{} minutes left"),
        (timedelta(0), timedelta(minutes=1), "less than two minutes left"),
    ),
}
_OVER = {Language.FRENCH: "échéance passée", Language.ENGLISH: "deadline passed"}
_UNITS = {
    Language.FRENCH: ("octets", "Ko", "Mo", "Go"),
    Language.ENGLISH: ("bytes", "kB", "MB", "GB"),
}


@_SEEN
def french(text: str) -> str:
    """Our own sentence with the no-break spaces and the apostrophes of French print."""
    for where, space in _SET_IN_FRENCH:
        text = where.sub(space, text)
    return english(text)


@_SEEN
def english(text: str) -> str:
    """Our own sentence with the apostrophes of print."""
    return _STRAIGHT.sub(APOSTROPHE, text)


def words(said: str | Text, language: str) -> str:
    """What is said, in the language of the reader, well set; markup stays markup."""
    text = said.in_(language) if isinstance(said, Text) else said
    well_set = english(text) if language == Language.ENGLISH else french(text)
    return Markup(well_set) if isinstance(text, Markup) else well_set  # noqa: S704  (it was markup)


def day(moment: date, language: str) -> str:
    """Give the civil day in words: mercredi 30 juin 2027."""
    civil = _in_paris(moment) if isinstance(moment, datetime) else moment
    written = format_date(civil, "EEEE d MMMM y", locale=_LOCALES[Language(language)])
    return written.replace(" 1 ", " 1er ", 1) if language == Language.FRENCH else written


def short_day(moment: date, language: str) -> str:
    """Give the civil day in figures: 30/06/2027."""
    civil = _in_paris(moment) if isinstance(moment, datetime) else moment
    return format_date(civil, "dd/MM/y", locale=_LOCALES[Language(language)])


def hour(moment: datetime, language: str, zone: str = PARIS) -> str:
    """Give the hour in that zone: 18 h 00, or 18:00."""
    local = moment.astimezone(ZoneInfo(zone))
    if language == Language.ENGLISH:
        return f"{local:%H:%M}"
    return f"{local.hour}{NO_BREAK}h{NO_BREAK}{local:%M}"


@_SEEN
def instant(moment: datetime, zone: str = PARIS, *, language: str) -> str:
    """Give day and hour of Paris, then those of ``zone`` where its clock differs."""
    written = f"{day(moment, language)} {_at(language)} {hour(moment, language)}"
    written += ", Paris time" if language == Language.ENGLISH else ", heure de Paris"
    local = moment.astimezone(ZoneInfo(zone))
    if local.utcoffset() == _in_paris(moment).utcoffset():
        return written
    other = hour(moment, language, zone)
    if local.date() != _in_paris(moment).date():
        other = f"{day(local.date(), language)} {_at(language)} {other}"
    return f"{written} ({other}, {_clock(zone, language)})"


def short_instant(moment: datetime, language: str) -> str:
    """Give day in figures and hour of Paris: 30/06/2027 à 18 h 00."""
    return f"{short_day(moment, language)} {_at(language)} {hour(moment, language)}"


def time_left(deadline: datetime, now: datetime, *, language: str) -> str:
    """Say what remains before the deadline, in the unit that matters: il reste 3 jours."""
    left = deadline - now
    for at_least, unit, said in _LEFT[Language(language)]:
        if left >= at_least and left > timedelta(0):
            return said.format(left // unit)
    return _OVER[Language(language)]


@_SEEN
def number(value: Number, decimals: int | None = None, *, language: str) -> str:
    """Write a number with the separators of the language, and exactly ``decimals`` when given."""
    pattern = None if decimals is None else "#,##0" + "." * bool(decimals) + "0" * decimals
    return format_decimal(value, format=pattern, locale=_LOCALES[Language(language)])


def money(value: Number, *, language: str) -> str:
    """Write an amount in euros, with cents only when there are some."""
    digits = "#,##0" if value == int(value) else "#,##0.00"
    pattern = f"¤{digits}" if language == Language.ENGLISH else f"{digits}{NO_BREAK}¤"
    locale = _LOCALES[Language(language)]
    return format_currency(value, "EUR", format=pattern, locale=locale, currency_digits=False)


def percent(share: Number, *, language: str) -> str:
    """Write a share of one as a percentage: 0.125 gives 12,5 %."""
    pattern = "#,##0.#%" if language == Language.ENGLISH else f"#,##0.#{NO_BREAK}%"
    return format_percent(share, format=pattern, locale=_LOCALES[Language(language)])


def siret(digits: str) -> str:
    """Write a SIRET or a SIREN in its groups: 123 456 782 00010."""
    groups = (digits[:3], digits[3:6], digits[6:9], digits[9:])
    return NO_BREAK.join(filter(None, groups)) if len(digits) in {9, 14} else digits


def size(octets: int, *, language: str) -> str:
    """Write the size of a file: 2,4 Mo."""
    power = min((len(str(octets)) - 1) // 3, 3)
    unit = _UNITS[Language(language)][power]
    value = round(octets / 1000**power, 1)
    return f"{number(value, language=language)}{NO_BREAK}{unit}"


def paragraphs(text: str) -> Markup:
    """Give people's text, escaped, with its paragraphs and its line breaks."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup("\n").join(Markup("<p>{}</p>").format(block) for block in lines if block)


def _in_paris(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(PARIS))


def _at(language: str) -> str:
    return "at" if language == Language.ENGLISH else "à"


@lru_cache(maxsize=256)
def _clock(zone: str, language: str) -> str:
    city = get_timezone_location(zone, locale=_LOCALES[Language(language)], return_city=True)
    if language == Language.ENGLISH:
        return f"{city} time"
    return f"heure {_PLACES.get(zone, f'de {city}')}"
