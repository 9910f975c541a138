"""Dates as an organiser types them, in the hours of the territory."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from domain.calendar import CycleCalendar
from domain.calendar_moves import DATES
from domain.civil import instant
from domain.refusals import N_, Refusal

NOT_AN_INSTANT = N_("Donnez un jour et une heure, par exemple 30/06/2027 à 18:00.")
FIRST_YEAR, LAST_YEAR = 2000, 2200
MIDNIGHT, LAST_SECOND = time(), time(23, 59, 59)
# What ends « at midnight » ends with its day; what begins at midnight begins with it.
ENDS = frozenset(
    {"closes_at", "screening_until", "evaluation_until", "deliberation_until", "ends_at"}
)


def as_typed(calendar: CycleCalendar, zone: str) -> dict[str, str]:
    """The dates in force, as the form shows them before anybody typed in it."""
    return {name: local_of(getattr(calendar, name), zone) for name in DATES}


def local_of(at: datetime, zone: str) -> str:
    """An instant as a form shows it, in the hours of a zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


def read_dates(
    typed: Mapping[str, str], calendar: CycleCalendar, zone: str
) -> tuple[dict[str, datetime], dict[str, Refusal]]:
    """The dates that somebody changed, and what cannot be read; one left as shown has not changed."""
    shown = as_typed(calendar, zone)
    dates: dict[str, datetime] = {}
    wrong: dict[str, Refusal] = {}
    for name in DATES:
        said = typed.get(name, shown[name]).strip()
        if said == shown[name]:
            continue
        try:
            dates[name] = read_instant(name, said, zone)
        except Refusal as refusal:
            wrong[name] = refusal
    return dates, wrong


def read_instant(name: str, typed: str, zone: str) -> datetime:
    """The instant of a day and an hour there; refuses an hour that is missing, or double."""
    try:
        local = datetime.fromisoformat(typed)
    except ValueError:
        raise Refusal(NOT_AN_INSTANT) from None
    if local.tzinfo is not None or not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise Refusal(NOT_AN_INSTANT)
    is_midnight = name in ENDS and local.time() == MIDNIGHT
    return instant(local.date(), LAST_SECOND if is_midnight else local.time(), zone)
