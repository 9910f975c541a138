"""How a cycle is called where its edition is not on the page: by its awards, its year and its place."""

from dataclasses import dataclass

# What these territories are called by default says where, not what: a sentence needs more.
WITHOUT_A_PLACE = {"national": ("National", "cycle national"), "internal": ("Interne", "")}


@dataclass(frozen=True, slots=True)
class CycleName:
    """The name of a cycle: whole for the words of a letter, short for its subject."""

    whole: str
    short: str


def called(edition: str, year: int, place: str, territory: str) -> CycleName:
    """« Trophées de l’insertion 2027, Bretagne », and « Bretagne 2027 »; nothing is said twice."""
    awards = edition if str(year) in edition else f"{edition} {year}"
    default, instead = WITHOUT_A_PLACE.get(territory, ("", ""))
    where = instead if place == default else place_alone(place, year)
    if not where:
        return CycleName(awards, awards)
    if where.startswith(awards):
        return CycleName(where, where)
    return CycleName(f"{awards}, {where}", f"{where} {year}")


def place_alone(name: str, year: int) -> str:
    """The name of a cycle without its year, for words that say the year themselves."""
    return name.removesuffix(str(year)).rstrip(" ,")
