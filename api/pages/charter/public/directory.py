"""The directory of the signatories, fifty at a time, and its open data; anybody may read it."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Now, Screen
from api.errors import NotFound
from api.pages.public.downloads import MARK, safe_cell
from domain.charter.attestation import Bearer, is_valid, standing_of
from domain.charter.document import CharterDocument
from domain.texts import Text
from storage.charters import charter_by_id, charter_in_force
from storage.reads.charter.public import Directory, Signatory, Wanted, directory
from storage.territories import territories

router = APIRouter()
PARIS = ZoneInfo("Europe/Paris")
LONGEST = 100
HEADERS = ("siren", "raison_sociale", "territoire", "situation", "signataire_depuis")


@dataclass(frozen=True, slots=True)
class Line:
    """A signatory as the page shows it."""

    signatory: Signatory
    standing: Text
    territory: Text
    is_valid: bool


@router.get("/signataires.csv")
async def as_csv(db: Db, now: Now) -> Response:
    """Everybody whom the directory names, for a spreadsheet."""
    written = io.StringIO(MARK)
    written.seek(0, io.SEEK_END)
    rows = csv.writer(written, delimiter=";")
    rows.writerow(HEADERS)
    after: UUID | None = None
    while True:
        charter, found = await _found(db, now, Wanted(), after)
        for each in found.lines:
            line = line_of(charter, each)
            rows.writerow(
                [
                    each.siren,
                    safe_cell(each.company),
                    each.territory,
                    line.standing.fr,
                    each.since.isoformat(),
                ]
            )
        if found.last is None:
            break
        after = found.last
    return Response(
        written.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="signataires.csv"',
            "Cache-Control": "no-cache",
        },
    )


@router.get("/signataires")
async def index(  # noqa: PLR0913, PLR0917  (what is looked for, and what the page is made of)
    db: Db, screen: Screen, now: Now, q: str = "", territoire: str = "", apres: UUID | None = None
) -> Response:
    """The signatories: since when, where, and in what situation at this moment."""
    wanted = Wanted(q.strip()[:LONGEST], territoire if territoire in territories() else "")
    charter, found = await _found(db, now, wanted, apres)
    return screen.show(
        "pages/charter/public/directory.html",
        wanted=wanted,
        found=found,
        lines=[line_of(charter, each) for each in found.lines],
        places=[(code, place.name) for code, place in territories().items() if "REG-" in code],
        next_url=_next(wanted, found),
    )


def line_of(charter: CharterDocument, signatory: Signatory) -> Line:
    """A signatory with its situation in words."""
    place = territories().get(signatory.territory)
    return Line(
        signatory=signatory,
        standing=standing_of(charter, bearer(signatory)),
        territory=place.name if place else Text(signatory.territory, signatory.territory),
        is_valid=is_valid(signatory.state),
    )


def bearer(signatory: Signatory) -> Bearer:
    """Who bears an attestation, as its sentences want it."""
    return Bearer(
        company=signatory.company,
        siren=signatory.siren,
        since=signatory.since,
        state=signatory.state,
        since_state=signatory.ended_on or signatory.since,
        left_without_report=signatory.without_report,
    )


async def _found(
    db: Db, now: datetime, wanted: Wanted, after: UUID | None
) -> tuple[CharterDocument, Directory]:
    today: date = now.astimezone(PARIS).date()
    async with db.transaction() as session:
        current = await charter_in_force(session, today)
        if current is None:
            raise NotFound
        charter = await charter_by_id(session, current.id)
        return charter, await directory(session, charter.periods, wanted, today, after)


def _next(wanted: Wanted, found: Directory) -> str:
    if found.last is None:
        return ""
    asked = {"q": wanted.words, "territoire": wanted.territory, "apres": str(found.last)}
    return "/signataires?" + urlencode({name: value for name, value in asked.items() if value})
