"""The palmarès as open data: CSV for spreadsheets, JSON for programs, SIRET and SIREN in both."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse, Response

from api.dependencies import Db, MaybeViewer
from api.errors import NotFound
from api.identity.viewer import Viewer
from api.pages.public.documents import Distinction, PublishedPalmares, distinctions, palmares_in
from api.rights import knower_of
from storage.database import Database
from storage.reads.public import palmares_of

router = APIRouter()

Version = Annotated[int, Path(ge=1, le=2**31 - 1)]

MARK = "\ufeff"  # without it, Excel reads accents wrong
CACHED = {"Cache-Control": "public, max-age=300"}
NOT_CACHED = {"Cache-Control": "private, no-store"}
HEADERS = (
    "edition",
    "territoire",
    "cycle",
    "categorie_code",
    "categorie",
    "distinction",
    "siret",
    "siren",
    "raison_sociale",
    "titre",
    "resume",
    "publie_le",
    "version",
)
WORDS = {"laureate": "laureat", "nominee": "nomme"}
# A spreadsheet takes a cell that starts so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@router.get("/palmares/{cycle_code}.csv")
async def as_csv(cycle_code: str, viewer: MaybeViewer, db: Db) -> Response:
    """One line for each company named."""
    document, kept = await _document(db, viewer, cycle_code)
    headers = kept | _attached(cycle_code, "csv")
    lines = csv_of(palmares_in(document))
    return Response(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/palmares/{cycle_code}.json")
async def as_json(cycle_code: str, viewer: MaybeViewer, db: Db) -> Response:
    """The document as it was published, with its fingerprint."""
    document, kept = await _document(db, viewer, cycle_code)
    return JSONResponse(document, headers=kept | _attached(cycle_code, "json"))


@router.get("/palmares/{cycle_code}/versions/{version}.json")
async def version_as_json(
    cycle_code: str, version: Version, viewer: MaybeViewer, db: Db
) -> Response:
    """A version that is kept, whole."""
    document, kept = await _document(db, viewer, cycle_code, version)
    name = f"{cycle_code}-version-{version}"
    return JSONResponse(document, headers=kept | _attached(name, "json"))


async def _document(
    db: Database, viewer: Viewer | None, cycle_code: str, version: int | None = None
) -> tuple[Mapping[str, Any], dict[str, str]]:
    """What was published, and how long it may be kept: by anybody, or not what is internal."""
    async with db.transaction() as session:
        public = await palmares_of(session, cycle_code, version)
        internal = (
            await palmares_of(session, cycle_code, version, knower_of(viewer))
            if public is None and viewer
            else None
        )
    if public is not None:
        return public, CACHED
    if internal is not None:
        return internal, NOT_CACHED
    raise NotFound


def csv_of(palmares: PublishedPalmares) -> str:
    """The lines of a palmarès, separated as French spreadsheets expect."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(_rows(palmares))
    return MARK + file.getvalue()


def _rows(palmares: PublishedPalmares) -> Iterator[list[str]]:
    for each in distinctions(palmares):
        yield [safe_cell(cell) for cell in _cells(palmares, each)]


def _cells(palmares: PublishedPalmares, each: Distinction) -> Iterable[str]:
    return (
        str(palmares.year),
        palmares.territory,
        palmares.code,
        each.category.code,
        each.category.name.fr,
        WORDS[each.kind],
        each.named.siret,
        each.named.siren,
        each.named.company,
        each.named.title,
        each.named.summary,
        palmares.published_at.isoformat(),
        str(palmares.version),
    )


def safe_cell(cell: str) -> str:
    """The cell as text, whatever a spreadsheet would make of its first sign."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _attached(cycle_code: str, kind: str) -> dict[str, str]:
    plain = "".join(
        letter if letter.isascii() and letter.isalnum() else "-" for letter in cycle_code
    )
    return {"Content-Disposition": f'attachment; filename="palmares-{plain}.{kind}"'}
