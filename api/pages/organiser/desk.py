"""One cycle on its organiser's desk: whoever does not organise it finds nothing there."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from api.dependencies import Db, SignedInViewer, Viewer
from api.rights import organised_cycle
from domain.calendar import CycleCalendar
from domain.levels import Level
from domain.phases import NAMES, Phase
from domain.refusals import N_
from storage.tables.cycles import Cycle
from storage.templates import calendar_in

DESK = "/organisation/{cycle_code}"
TABS = (
    ("", N_("Tableau de bord")),
    ("/candidatures", N_("Candidatures")),
    ("/jury", N_("Jury")),
    ("/attribution", N_("Attribution")),
    ("/resultats", N_("Résultats")),
    ("/dates", N_("Dates")),
    ("/promotions", N_("Places en finale")),
    ("/lettres", N_("Lettres")),
    ("/journal", N_("Journal")),
)


# Internal trophies are for whom their organiser lets in.
MEMBERS = ("/membres", N_("Membres"))


@dataclass(frozen=True, slots=True)
class Desk:
    """A cycle, and the organiser who looks at it."""

    cycle: Cycle
    viewer: Viewer

    @property
    def base(self) -> str:
        """The address of the cycle's board."""
        return f"/organisation/{self.cycle.code}"

    @property
    def phase(self) -> Phase:
        """Where the cycle stands."""
        return Phase(self.cycle.phase)

    @property
    def phase_name(self) -> str:
        """The phase, in French."""
        return NAMES[self.phase]

    @property
    def calendar(self) -> CycleCalendar:
        """The dates in force."""
        return calendar_in(self.cycle)

    @property
    def tabs(self) -> tuple[tuple[str, str], ...]:
        """The pages of the cycle, with French labels."""
        shown = (*TABS, MEMBERS) if self.cycle.level == Level.INTERNAL else TABS
        return tuple((self.base + path, label) for path, label in shown)


async def _desk(cycle_code: str, viewer: SignedInViewer, db: Db) -> Desk:
    async with db.transaction() as session:
        return Desk(await organised_cycle(session, viewer, cycle_code), viewer)


AtDesk = Annotated[Desk, Depends(_desk)]
