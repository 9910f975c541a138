"""Which territories an edition has: grouped, separated, left out, taken back, with dates of their own."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace

from domain.calendar import CycleCalendar
from domain.edition_plan import PlannedTerritory
from domain.mistakes import Mistake
from domain.refusals import N_

LONGEST_NAME = 80
LONGEST_CODE = 24
_NOT_IN_CODES = re.compile(r"[^A-Z0-9]+")


def grouped(
    territories: Collection[PlannedTerritory], codes: Collection[str], code: str, name: str
) -> tuple[PlannedTerritory, ...]:
    """The territories with several of them made into one, where the first of them stood."""
    chosen = [each for each in territories if each.code in codes]
    if len(chosen) < 2:  # noqa: PLR2004  (two make a group)
        raise Mistake(N_("Choisissez au moins deux territoires à regrouper."))
    parts = tuple(part for each in chosen for part in each.places)
    group = PlannedTerritory(code, name, chosen[0].zone, parts)
    kept = [each for each in territories if each.code not in codes]
    where = next(place for place, each in enumerate(territories) if each.code in codes)
    return (*kept[:where], group, *kept[where:])


def without(territories: Collection[PlannedTerritory], code: str) -> tuple[PlannedTerritory, ...]:
    """The territories without one of them, which sits this edition out."""
    return tuple(each for each in territories if each.code != code)


def separated(
    territories: Iterable[PlannedTerritory], code: str, parts: Iterable[PlannedTerritory]
) -> tuple[PlannedTerritory, ...]:
    """The territories with a group made into its parts again, where it stood."""
    pieces = tuple(parts)
    return tuple(
        part for each in territories for part in (pieces if each.code == code else (each,))
    )


def with_territory(
    territories: Iterable[PlannedTerritory], added: PlannedTerritory
) -> tuple[PlannedTerritory, ...]:
    """The territories with one more, at their end."""
    return (*territories, added)


def dated(
    territories: Iterable[PlannedTerritory], code: str, calendar: CycleCalendar | None
) -> tuple[PlannedTerritory, ...]:
    """The territories, one of them with dates of its own, or with those of the edition again."""
    return tuple(
        replace(each, calendar=calendar) if each.code == code else each for each in territories
    )


def group_code(name: str) -> str:
    """The code of a group, from its name: « Grand Ouest » is GRP-GRAND-OUEST."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Mistake(
            N_("Donnez un nom au regroupement, en %(most)s caractères au plus."), most=LONGEST_NAME
        )
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    kept = _NOT_IN_CODES.sub("-", plain).strip("-")[:LONGEST_CODE].strip("-")
    if not kept:
        raise Mistake(N_("Donnez au regroupement un nom qui a des lettres."))
    return f"GRP-{kept}"
