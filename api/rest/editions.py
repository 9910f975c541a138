"""Editions: read them, check a template, open one."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from api.dependencies import Asking, Db, Now
from api.errors import NotFound
from api.identity.programs import Program
from api.rest.reaching import wrong_input
from api.rest.shapes import EditionWanted, Items
from api.rights import check_organises_everything
from domain.calendar import calendar_of
from domain.edition_parsing import edition_from, fingerprint
from domain.mistakes import Mistake
from domain.refusals import N_
from domain.template_reading import TemplateError
from storage.acts.edition_opening import prepare_edition
from storage.acts.unstarted import run_of_edition
from storage.database import Database
from storage.editions import create_edition, shipped_template, shipped_templates
from storage.reads.rest.editions import EditionShown, TemplateRef, edition_shown, editions

router = APIRouter(prefix="/editions", tags=["Editions"])
PARIS = ZoneInfo("Europe/Paris")


@router.get("")
async def list_editions(program: Program, db: Db, after: str | None = None) -> Items[EditionShown]:  # noqa: ARG001  (any token reads editions)
    """List the editions."""
    async with db.transaction() as session:
        with wrong_input():
            found = await editions(session, after)
    return Items(found.items, found.after)


@router.get("/{edition}")
async def show_edition(edition: str, program: Program, db: Db) -> EditionShown:  # noqa: ARG001  (any token reads editions)
    """Show one edition, by its code or its id."""
    return await _shown(db, edition)


@router.post("", status_code=201)
async def open_edition(  # noqa: PLR0913  (what a handler needs, by dependency)
    wanted: EditionWanted,
    program: Program,
    db: Db,
    now: Now,
    response: Response,
    *,
    dry_run: bool = False,
) -> EditionShown | TemplateRef:
    """Open an edition on a shipped `template`, by its code, or on a `document`; `dry_run` only checks."""
    check_organises_everything(program)
    with _template_errors():
        document = _document(wanted)
        if dry_run:
            response.status_code = 200
            return _checked(document)
        year = wanted.year or _next_year(document, now)
        async with db.transaction() as session:
            edition = await create_edition(
                session, document, year, code=wanted.code or "", name=wanted.name
            )
    return await _shown(db, str(edition.id))


@router.post("/prepare", status_code=201)
async def prepare(
    wanted: EditionWanted, program: Program, db: Db, engine: Asking, now: Now
) -> EditionShown:
    """Prepare an edition of two levels, which opens nothing until its organiser confirms it."""
    check_organises_everything(program)
    with _template_errors():
        document = _document(wanted)
        year = wanted.year or _next_year(document, now)
        async with db.transaction() as session:
            edition = await prepare_edition(
                session, document, year, code=wanted.code or "", name=wanted.name
            )
            run = await run_of_edition(session, edition.id)
    if run is not None:
        await engine.run_edition(run.code, run.run)
    return await _shown(db, str(edition.id))


def _document(wanted: EditionWanted) -> Mapping[str, Any]:
    if wanted.document is not None and wanted.template is None:
        return wanted.document
    shipped = shipped_template(wanted.template) if wanted.template else None
    if shipped is None or wanted.document is not None:
        known = ", ".join(each.code for each in shipped_templates())
        raise Mistake(
            N_("Donnez un document, ou le code d'un modèle livré : %(known)s."), known=known
        )
    return shipped.document


def _next_year(document: Mapping[str, Any], now: datetime) -> int:
    """The first year whose call for applications has not closed yet."""
    year = now.astimezone(PARIS).year
    closes_at = calendar_of(edition_from(document).calendar, year).closes_at
    return year if now < closes_at else year + 1


def _checked(document: Mapping[str, Any]) -> TemplateRef:
    read = edition_from(document)
    return TemplateRef(read.code, read.version, fingerprint(document))


async def _shown(db: Database, name: str) -> EditionShown:
    async with db.transaction() as session:
        shown = await edition_shown(session, name)
    if shown is None:
        raise NotFound
    return shown


@contextmanager
def _template_errors() -> Generator[None]:
    """Say where a document is wrong."""
    try:
        yield
    except TemplateError as error:
        raise Mistake(
            N_("Le modèle est à corriger, à « %(path)s » : %(problem)s."),
            path=error.path[:200] or "document",
            problem=error.problem[:300],
        ) from error
