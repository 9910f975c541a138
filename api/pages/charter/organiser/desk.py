"""The desk of those who run the charter: whoever does not organise everything finds nothing there."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends

from api.dependencies import SignedInViewer, Viewer
from api.rights import check_organises_everything
from domain.refusals import N_
from domain.texts import Text
from storage.reads.charter.organiser.board import forget_board
from storage.reads.charter.organiser.campaign import forget_campaign
from storage.reads.charter.organiser.letters import forget_letters
from storage.reads.charter.organiser.outgoing import forget_outgoing
from storage.territories import NATIONAL, PARIS, territories

BASE = "/organisation/charte"
FOUR_DIGITS = re.compile(r"[1-9][0-9]{3}")
TABS = (
    ("", N_("Tableau de bord")),
    ("/dossiers", N_("Dossiers")),
    ("/bilans", N_("Bilans")),
    ("/adherents", N_("Adhérents")),
    ("/signalements", N_("Signalements")),
    ("/lettres", N_("Lettres")),
    ("/versions", N_("Versions")),
)


@dataclass(frozen=True, slots=True)
class CharterDesk:
    """The organiser of the charter, and the pages that are theirs."""

    viewer: Viewer

    @property
    def base(self) -> str:
        """The address of the board."""
        return BASE

    @property
    def tabs(self) -> tuple[tuple[str, str], ...]:
        """The pages of the charter, with French labels."""
        return tuple((BASE + path, label) for path, label in TABS)

    def place(self, code: str) -> Text:
        """The name of a territory."""
        return territories().get(code, NATIONAL).name

    @property
    def places(self) -> tuple[tuple[str, Text], ...]:
        """Where an adherent may be, by name."""
        regions = [
            (each.code, each.name)
            for each in territories().values()
            if each.code.startswith("REG-")
        ]
        return (*sorted(regions, key=lambda each: each[1].fr), (NATIONAL.code, NATIONAL.name))


def year_in(text: str) -> int | None:
    """The year that an address says; a filter left blank says none."""
    return int(text) if FOUR_DIGITS.fullmatch(text) else None


def today_in_paris(now: datetime) -> date:
    """The civil day by which a version of the charter is in force."""
    return now.astimezone(ZoneInfo(PARIS)).date()


def count_again() -> None:
    """Forget what was counted: something has just changed."""
    forget_board()
    forget_campaign()
    forget_outgoing()
    forget_letters()


async def _desk(viewer: SignedInViewer) -> CharterDesk:
    check_organises_everything(viewer)
    return CharterDesk(viewer)


AtCharterDesk = Annotated[CharterDesk, Depends(_desk)]
