"""Where a company is: its region, the clock there, and the public holidays of its département."""

from dataclasses import dataclass

from domain.civil import Area
from storage.territories import NATIONAL, territories

AREAS = {
    "57": Area.ALSACE_MOSELLE,
    "67": Area.ALSACE_MOSELLE,
    "68": Area.ALSACE_MOSELLE,
    "971": Area.GUADELOUPE,
    "972": Area.MARTINIQUE,
    "973": Area.GUYANE,
    "974": Area.LA_REUNION,
    "976": Area.MAYOTTE,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A territory's code, the zone of its clock, and the holidays that its offices keep."""

    code: str
    zone: str
    area: Area


def place_of(region: str, department: str) -> Place:
    """The place of an establishment by Insee's codes; the nation where they say nothing."""
    territory = territories().get(f"REG-{region}", NATIONAL)
    return Place(territory.code, territory.zone, AREAS.get(department, Area.COMMON))
