"""Fill the texts of a charter: numbers from its own periods, days and SIREN as people read them."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time

from domain.charter.periods import CharterPeriods, Day
from domain.texts import Text

_PLACE = re.compile(r"\{([^{}]*)\}")
_NO_BREAK = "\u00a0"
_MONTHS = (
    Text("janvier", "January"),
    Text("février", "February"),
    Text("mars", "March"),
    Text("avril", "April"),
    Text("mai", "May"),
    Text("juin", "June"),
    Text("juillet", "July"),
    Text("août", "August"),
    Text("septembre", "September"),
    Text("octobre", "October"),
    Text("novembre", "November"),
    Text("décembre", "December"),
)


def filled(text: Text, facts: Mapping[str, Text]) -> Text:
    """The text with every {name} replaced; what the facts bring is never read again for names.

    Raises KeyError for a name that the facts do not know.
    """
    return Text(
        _PLACE.sub(lambda found: facts[found[1]].fr, text.fr),
        _PLACE.sub(lambda found: facts[found[1]].en, text.en),
    )


def period_facts(periods: CharterPeriods) -> dict[str, Text]:
    """The periods by the names that the document gives them; lists of days are not said."""
    numbers = {name: said(str(value)) for name, value in asdict(periods).items() if _is_one(value)}
    window = periods.window
    return numbers | {
        "removal_on": day_of_year(periods.removal_on),
        "window.opens": day_of_year(window.opens),
        "window.closes": day_of_year(window.closes),
        "window.exempt_if_accepted_after": day_of_year(window.exempt_if_accepted_after),
        "window.hour": _hour(window.hour),
    }


def said(word: str) -> Text:
    """The same word in both languages."""
    return Text(word, word)


def day_in_words(day: date) -> Text:
    """A civil day: 1er octobre 2026, 1 October 2026."""
    yearly = day_of_year((day.month, day.day))
    return Text(f"{yearly.fr} {day.year}", f"{yearly.en} {day.year}")


def day_of_year(day: Day) -> Text:
    """A day of every year: 1er février, 1 February."""
    month, number = day
    name = _MONTHS[month - 1]
    first = "1er" if number == 1 else str(number)
    return Text(f"{first}{_NO_BREAK}{name.fr}", f"{number}{_NO_BREAK}{name.en}")


def siren_in_groups(siren: str) -> str:
    """As people read it: 123 456 782, with no-break spaces."""
    return _NO_BREAK.join((siren[:3], siren[3:6], siren[6:9]))


def _is_one(value: object) -> bool:
    return isinstance(value, int)


def _hour(hour: time) -> Text:
    return Text(f"{hour.hour}{_NO_BREAK}h{_NO_BREAK}{hour:%M}", f"{hour:%H:%M}")
