"""Civil dates in France: public holidays, working days, and the instants that hours stand for."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.refusals import N_, Refusal

SATURDAY = 5
NO_SUCH_HOUR = N_(
    "L’heure %(hour)s n’existe pas le %(day)s (%(zone)s)\u00a0: "
    "l’horloge avance cette nuit-là. Choisissez une autre heure."
)
HOUR_TWICE = N_(
    "L’heure %(hour)s existe deux fois le %(day)s (%(zone)s)\u00a0: "
    "l’horloge recule cette nuit-là. Choisissez une autre heure."
)


class Area(StrEnum):
    """A part of France with its own public holidays."""

    COMMON = "common"
    ALSACE_MOSELLE = "alsace_moselle"
    GUADELOUPE = "guadeloupe"
    GUYANE = "guyane"
    LA_REUNION = "la_reunion"
    MARTINIQUE = "martinique"
    MAYOTTE = "mayotte"


FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
EASTER_HOLIDAYS = (1, 39, 50)  # days after Easter: Monday, Ascension, Whit Monday
ABOLITION_DAYS = {
    Area.GUADELOUPE: (5, 27),
    Area.GUYANE: (6, 10),
    Area.LA_REUNION: (12, 20),
    Area.MARTINIQUE: (5, 22),
    Area.MAYOTTE: (4, 27),
}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def public_holidays(year: int, area: Area = Area.COMMON) -> frozenset[date]:
    """The public holidays of a year: eleven, and those that the area adds."""
    sunday = easter(year)
    fixed = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
    moving = {sunday + timedelta(days=days) for days in EASTER_HOLIDAYS}
    return frozenset(fixed | moving | _holidays_of(area, year, sunday))


def _holidays_of(area: Area, year: int, sunday: date) -> set[date]:
    if area is Area.ALSACE_MOSELLE:
        return {sunday - timedelta(days=2), date(year, 12, 26)}
    return {date(year, *ABOLITION_DAYS[area])} if area in ABOLITION_DAYS else set()


def is_working_day(day: date, area: Area = Area.COMMON) -> bool:
    """Whether offices are open: neither a weekend nor a public holiday."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year, area)


def next_working_day(day: date, area: Area = Area.COMMON) -> date:
    """That day when it is worked, otherwise the first worked day after it."""
    while not is_working_day(day, area):
        day += timedelta(days=1)
    return day


def previous_working_day(day: date, area: Area = Area.COMMON) -> date:
    """That day when it is worked, otherwise the last worked day before it."""
    while not is_working_day(day, area):
        day -= timedelta(days=1)
    return day


def months_before(day: date, months: int) -> date:
    """The same day, that many months earlier, or the last day of a month that is too short."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(years, month + 1, min(day.day, last))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (0) to Sunday (6) of a month, counted from its end when ``nth`` is negative.

    Raises ValueError when the month has no such day.
    """
    if nth < 0:
        return _from_the_end(year, month, weekday, -nth)
    first = date(year, month, 1)
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    return date(year, month, day)


def last_weekday(year: int, month: int, weekday: int) -> date:
    """The last Monday (0) to Sunday (6) of a month."""
    return nth_weekday(year, month, weekday, -1)


def _from_the_end(year: int, month: int, weekday: int, nth: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(days=1)
    day = last.day - (last.weekday() - weekday) % 7 - 7 * (nth - 1)
    return date(year, month, day)


def instant(day: date, hour: time, zone: str) -> datetime:
    """The instant, in UTC, of that hour in that zone; refuses an hour that is missing or double."""
    local = datetime.combine(day, hour, ZoneInfo(zone))
    utc = local.astimezone(UTC)
    facts = {"hour": f"{hour:%H:%M}", "day": f"{day:%d/%m/%Y}", "zone": zone}
    if utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refusal(NO_SUCH_HOUR, **facts)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise Refusal(HOUR_TWICE, **facts)
    return utc
