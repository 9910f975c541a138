"""What deserves a second look in dates that hold: a long silence, a closing on a day off."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.civil import Area, is_working_day, next_working_day
from domain.refusals import N_, Refusal

# August is idle in France; more than that between two phases is a slip of the pen.
LONGEST_GAP = timedelta(days=62)
# Days off of their own; those of Alsace and Moselle are not those of the whole region.
AREAS: Mapping[str, Area] = {
    "REG-01": Area.GUADELOUPE,
    "REG-02": Area.MARTINIQUE,
    "REG-03": Area.GUYANE,
    "REG-04": Area.LA_REUNION,
    "REG-06": Area.MAYOTTE,
    "DEP-57": Area.ALSACE_MOSELLE,
    "DEP-67": Area.ALSACE_MOSELLE,
    "DEP-68": Area.ALSACE_MOSELLE,
    "DEP-971": Area.GUADELOUPE,
    "DEP-972": Area.MARTINIQUE,
    "DEP-973": Area.GUYANE,
    "DEP-974": Area.LA_REUNION,
    "DEP-976": Area.MAYOTTE,
}


def check_gap(end: datetime, start: datetime) -> None:
    """Refuse months in which nothing would happen, with both dates."""
    gap = start - end
    if gap > LONGEST_GAP:
        raise Refusal(
            N_(
                "Rien ne se passe pendant %(days)s jours, du %(end)s au %(start)s : rapprochez ces "
                "deux dates (%(most)s jours au plus)."
            ),
            days=gap.days,
            end=end,
            start=start,
            most=LONGEST_GAP.days,
        )


def idle_closing(closes_at: datetime, zone: str, place: str = "") -> Refusal | None:
    """A warning, not a refusal: a closing on a day that is not worked there, and the next one that is."""
    day, area = closes_at.astimezone(ZoneInfo(zone)).date(), AREAS.get(place, Area.COMMON)
    if is_working_day(day, area):
        return None
    return Refusal(
        N_(
            "La clôture du %(day)s tombe un jour non travaillé ; le jour travaillé suivant "
            "est le %(next)s."
        ),
        day=_in_figures(day),
        next=_in_figures(next_working_day(day, area)),
    )


def _in_figures(day: date) -> str:
    return f"{day:%d/%m/%Y}"
