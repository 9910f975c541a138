"""The places where a cycle may run: regions, départements, the nation, or one company."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from domain.levels import Level
from domain.mistakes import Mistake
from domain.refusals import N_
from domain.template_reading import Node
from domain.texts import Text

FRANCE = Path(__file__).resolve().parent.parent / "data" / "territories" / "france-v1.yaml"
PARIS = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Territory:
    """A place, the zone of its clock, and the level of trophies that is held there."""

    code: str
    name: Text
    zone: str = PARIS
    level: Level = Level.TERRITORIAL


NATIONAL = Territory("national", Text("National", "National"), level=Level.NATIONAL)
INTERNAL = Territory("internal", Text("Interne", "Internal"), level=Level.INTERNAL)


@cache
def territories() -> Mapping[str, Territory]:
    """Every place, by its code."""
    root = Node(yaml.safe_load(FRANCE.read_text(encoding="utf-8")))
    known = {place.code: place for place in (NATIONAL, INTERNAL)}
    for region in root.at("territories").each():
        zone = region.at("zone").text()
        code = region.at("code").text()
        known[code] = Territory(code, region.at("name").words(), zone)
        for department in region.texts_under("departments"):
            number = department.removeprefix("DEP-")
            known[department] = Territory(
                department, Text(f"Département {number}", f"Département {number}"), zone
            )
    return known


@cache
def departments_by_place() -> Mapping[str, frozenset[str]]:
    """The départements of each region, and each département as itself."""
    root = Node(yaml.safe_load(FRANCE.read_text(encoding="utf-8")))
    known: dict[str, frozenset[str]] = {}
    for region in root.at("territories").each():
        departments = region.texts_under("departments")
        known[region.at("code").text()] = frozenset(departments)
        known |= {each: frozenset({each}) for each in departments}
    return known


@cache
def regions() -> tuple[Territory, ...]:
    """The regions of France, in the order of the file."""
    return tuple(place for code, place in territories().items() if code.startswith("REG-"))


def territory_called(code: str) -> Territory:
    """The place of that code, or a refusal that shows how codes are written."""
    place = territories().get(code.strip())
    if place is None:
        raise Mistake(
            N_(
                "Territoire inconnu : « %(code)s ». Utilisez REG-84, DEP-38, national ou internal, "
                "par exemple."
            ),
            code=code[:40],
        )
    return place
