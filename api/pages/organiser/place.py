"""Where a cycle would be opened: an edition, known or new, and a territory."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from
from domain.refusals import N_, Refusal
from storage.editions import (
    FIRST_YEAR,
    LAST_YEAR,
    create_cycle,
    create_edition,
    shipped_template,
)
from storage.reads.organiser.editions import (
    cycle_in,
    edition_called,
    edition_on,
    template_of_edition,
)
from storage.tables.cycles import Cycle, Edition
from storage.territories import Territory, territories

# « new:<template> » asks for an edition of that shipped template, for the year given beside it.
NEW = "new:"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cycle would run; an edition that is not there yet is created with it."""

    template: EditionTemplate
    year: int
    territory: Territory
    edition: Edition | None
    cycle: Cycle | None

    @property
    def fields(self) -> dict[str, str]:
        """The place as hidden fields carry it."""
        return {
            "edition": self.edition.code if self.edition else NEW + self.template.code,
            "annee": str(self.year),
            "territoire": self.territory.code,
        }


class Unplaced(Exception):  # noqa: N818  (an answer, not a fault)
    """No cycle may be opened there; ``complaints`` say why, by field."""

    def __init__(self, complaints: Mapping[str, Refusal]) -> None:
        self.complaints = complaints
        super().__init__("no place for a cycle")


async def place_in(session: AsyncSession, typed: Mapping[str, str]) -> Place:
    """The place that was chosen; raises Unplaced with everything that is wrong."""
    wrong: dict[str, Refusal] = {}
    territory = territories().get(typed.get("territoire", ""))
    if territory is None:
        wrong["territoire"] = Refusal(N_("Choisissez un territoire de la liste."))
    found = await _edition(session, typed, wrong)
    if territory is None or found is None:
        raise Unplaced(wrong)
    edition, template, year = found
    cycle = await cycle_in(session, edition, territory.code) if edition else None
    return Place(template, year, territory, edition, cycle)


async def written_there(
    session: AsyncSession, place: Place, name: str, zone: str, calendar: CycleCalendar
) -> Cycle:
    """The cycle of that place, written down with its edition unless they are there already."""
    if place.cycle is not None:
        return place.cycle
    edition = place.edition
    shipped = shipped_template(place.template.code)
    if edition is None and shipped is not None:
        edition = await create_edition(session, shipped.document, place.year)
    if edition is None:
        raise Refusal(N_("Cette édition n'existe plus : recommencez."))
    return await create_cycle(
        session, edition, place.territory.code, name=name, zone=zone, calendar=calendar
    )


async def _edition(
    session: AsyncSession, typed: Mapping[str, str], wrong: dict[str, Refusal]
) -> tuple[Edition | None, EditionTemplate, int] | None:
    """The edition with its template and year; a new one is nobody's yet."""
    code = typed.get("edition", "")
    shipped = shipped_template(code.removeprefix(NEW)) if code.startswith(NEW) else None
    try:
        year = _year(typed.get("annee", "")) if shipped else 0
    except Refusal as refusal:
        wrong["annee"] = refusal
        return None
    edition = await (
        edition_on(session, shipped.code, year) if shipped else edition_called(session, code)
    )
    if edition is not None:
        return edition, await template_of_edition(session, edition), edition.year
    if shipped is None:
        wrong["edition"] = Refusal(N_("Choisissez une édition de la liste."))
        return None
    return None, edition_from(shipped.document), year


def _year(typed: str) -> int:
    digits = typed.strip()
    if not (digits.isascii() and digits.isdecimal()) or not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise Refusal(N_("Indiquez une année en quatre chiffres, par exemple 2027."))
    return int(digits)
