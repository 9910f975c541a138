"""The dates of a cycle to open, as its form says them, in Paris time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from api.pages.organiser.place import Place
from api.pages.public.steps import NAMES
from domain.calendar import CycleCalendar, calendar_of, check_calendar
from domain.civil import instant
from domain.refusals import N_, Refusal
from storage.editions import FIRST_YEAR, LAST_YEAR
from storage.territories import territories

PARIS = "Europe/Paris"
LONGEST_NAME = 120
ZONES = tuple(dict.fromkeys(place.zone for place in territories().values()))
NOT_AN_INSTANT = N_("Donnez un jour et une heure, par exemple 30/06/2027 à 18:00.")


@dataclass(frozen=True, slots=True)
class Plan:
    """A cycle ready to be opened, or what is wrong in its form."""

    name: str
    zone: str
    calendar: CycleCalendar
    complaints: Mapping[str, Refusal]


def proposed(place: Place) -> CycleCalendar:
    """The dates that the template gives for the year, in the zone of the territory."""
    rules = {each.code: each for each in place.template.calendars}
    chosen = rules.get(place.territory.level, place.template.calendar)
    return calendar_of(chosen, place.year, place.territory.zone)


def prefilled(place: Place) -> dict[str, str]:
    """The form before anybody typed in it."""
    dates = proposed(place)
    typed = {name: _local(getattr(dates, name)) for name in NAMES}
    return typed | {"name": place.territory.name.fr, "zone": place.territory.zone}


def plan_in(place: Place, typed: Mapping[str, str], now: datetime) -> Plan:
    """What was typed, with everything that is wrong in it."""
    wrong: dict[str, Refusal] = {}
    name, zone = typed.get("name", "").strip(), typed.get("zone", "")
    if not name or len(name) > LONGEST_NAME:
        wrong["name"] = Refusal(N_("Donnez un nom au cycle, en 120 caractères au plus."))
    if zone not in ZONES:
        wrong["zone"] = Refusal(N_("Choisissez un fuseau horaire de la liste."))
    instants: dict[str, datetime] = {}
    for step in NAMES:
        try:
            instants[step] = _instant(typed.get(step, ""))
        except Refusal as refusal:
            wrong[step] = refusal
    calendar = _with(proposed(place), instants)
    if len(instants) == len(NAMES):
        wrong |= _order(calendar, now)
    return Plan(name, zone, calendar, wrong)


def city_of(zone: str, language: str) -> str:
    """How a zone is shown: the city or the island whose clock it is."""
    return get_timezone_location(zone, locale=language, return_city=True)


def _with(calendar: CycleCalendar, instants: Mapping[str, datetime]) -> CycleCalendar:
    dates = {name: getattr(calendar, name) for name in NAMES} | dict(instants)
    return replace(calendar, **dates)


def _order(calendar: CycleCalendar, now: datetime) -> dict[str, Refusal]:
    try:
        check_calendar(calendar)
    except Refusal as refusal:
        return {"": refusal}
    if calendar.closes_at <= now:
        return {"closes_at": Refusal(N_("Cette clôture est déjà passée."))}
    return {}


def _instant(typed: str) -> datetime:
    """The instant of a day and an hour of Paris; refuses an hour that is missing, or double."""
    try:
        local = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise Refusal(NOT_AN_INSTANT) from None
    if local.tzinfo is not None or not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise Refusal(NOT_AN_INSTANT)
    return instant(local.date(), local.time(), PARIS)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(PARIS)):%Y-%m-%dT%H:%M}"
