"""The adherents: by state, by territory, by name or number, fifty at a time, and as a table to keep."""

import csv
import io
from collections.abc import AsyncIterator
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from api.dependencies import Db, Screen
from api.pages.charter.organiser.desk import BASE, AtCharterDesk, CharterDesk
from api.pages.charter.organiser.words import SIZES, TONES
from api.pages.organiser.asking import uuid_in
from api.pages.public.downloads import MARK, safe_cell
from api.screen import Screen as TheScreen
from domain.charter.states import NAMES, State
from storage.database import Database
from storage.reads.charter.organiser.adherents import (
    ORDER,
    AdherentLine,
    SoughtAdherent,
    adherent_page,
)
from storage.reads.charter.organiser.board import state_tally

router = APIRouter()

LIST = BASE + "/adherents"
LONGEST_WORDS = 100
AT_ONCE = 1000
HEADERS = (
    "siren",
    "siret",
    "raison_sociale",
    "territoire",
    "taille",
    "etat",
    "depuis",
    "acceptee_le",
    "terme",
)


@router.get(LIST)
async def show(  # noqa: PLR0913, PLR0917  (the filters are in the address)
    desk: AtCharterDesk,
    db: Db,
    screen: Screen,
    etat: str = "",
    territoire: str = "",
    cherche: str = "",
    apres: str = "",
) -> Response:
    """Fifty adherents, those for whom something is to do first."""
    sought, after = _sought(etat, territoire, cherche), uuid_in(apres)
    async with db.transaction() as session:
        page = await adherent_page(session, sought, after)
        tally = await state_tally(session)
    return screen.show(
        "pages/charter/organiser/adherents.html",
        desk=desk,
        page=page,
        sought=sought,
        is_first=after is None,
        total=_total(sought, dict(tally)),
        next_url=_address(sought, page.last) if page.last else "",
        first_url=_address(sought),
        csv_url=_address(sought, path=f"{LIST}.csv"),
        states=[(each, NAMES[each], tally.get(each, 0)) for each in ORDER],
        names={state: screen.say(name) for state, name in NAMES.items()},
        tones=TONES,
        sizes={size: screen.say(name) for size, name in SIZES.items()},
    )


@router.get(LIST + ".csv")
async def export(  # noqa: PLR0913, PLR0917  (the filters are in the address)
    desk: AtCharterDesk,
    db: Db,
    screen: Screen,
    etat: str = "",
    territoire: str = "",
    cherche: str = "",
) -> Response:
    """All of them, as a spreadsheet reads it; nobody's name or address is in it."""
    sought = _sought(etat, territoire, cherche)
    headers = {
        "Content-Disposition": 'attachment; filename="adherents.csv"',
        "Cache-Control": "private, no-store",
    }
    lines = _csv(db, desk, screen, sought)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


async def _csv(
    db: Database, desk: CharterDesk, screen: TheScreen, sought: SoughtAdherent
) -> AsyncIterator[str]:
    """The lines, a thousand at a time, each thousand in a transaction of its own."""
    yield MARK + _written([list(HEADERS)])
    after: UUID | None = None
    while True:
        async with db.transaction() as session:
            page = await adherent_page(session, sought, after, AT_ONCE)
        yield _written([_cells(desk, screen, line) for line in page.lines])
        after = page.last
        if after is None:
            return


def _written(rows: list[list[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def _cells(desk: CharterDesk, screen: TheScreen, line: AdherentLine) -> list[str]:
    return [
        line.siren,
        line.siret,
        line.company,
        desk.place(line.territory).in_(screen.language),
        line.size,
        screen.say(NAMES[line.state]),
        line.since.date().isoformat(),
        line.accepted_on.isoformat() if line.accepted_on else "",
        line.term_on.isoformat() if line.term_on else "",
    ]


def _sought(state: str, territory: str, words: str) -> SoughtAdherent:
    return SoughtAdherent(
        state=State(state) if state in set(State) else None,
        territory=territory,
        words=words.strip()[:LONGEST_WORDS],
    )


def _total(sought: SoughtAdherent, tally: dict[State, int]) -> int | None:
    """How many there are, when the tally says it."""
    if sought.words or sought.territory:
        return None
    return tally.get(sought.state, 0) if sought.state else sum(tally.values())


def _address(sought: SoughtAdherent, after: UUID | None = None, path: str = LIST) -> str:
    query = {
        "etat": sought.state or "",
        "territoire": sought.territory,
        "cherche": sought.words,
        "apres": after or "",
    }
    filled = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{filled}" if filled else path
