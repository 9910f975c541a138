"""The rules of a cycle, as articles made of the template that it froze and of its dates."""

import asyncio
from itertools import pairwise

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from activities.documents.rules import rules_document
from api.dependencies import Db, MaybeViewer, Screen, SettingsDep, Viewer
from api.errors import NotFound
from api.pages.compared import said_changes
from api.rights import is_organiser_of
from domain.levels import INTERNAL, Level
from domain.rules_text import articles
from domain.template_compare import compare
from storage.reads.insiders import is_insider
from storage.reads.public import every_cycle
from storage.reads.rules import Rules, public_versions, rules_of
from wording.articles import said_articles

router = APIRouter()
RULES = "/reglement/{cycle_code}"


@router.get("/reglement")
async def index(db: Db, screen: Screen) -> Response:
    """The rules that one may read, by year; those of internal trophies are for their people."""
    async with db.transaction() as session:
        every = await every_cycle(session)
    cycles = [cycle for cycle in every if cycle.territory != INTERNAL]
    years = sorted({cycle.year for cycle in cycles}, reverse=True)
    by_year = [(year, [cycle for cycle in cycles if cycle.year == year]) for year in years]
    return screen.show("pages/public/rules_index.html", years=by_year)


@router.get(RULES)
async def show(
    cycle_code: str, viewer: MaybeViewer, db: Db, screen: Screen, settings: SettingsDep
) -> Response:
    """The rules of one cycle, as they were frozen."""
    async with db.transaction() as session:
        rules = await _readable(session, cycle_code, viewer)
    written = articles(rules.subject(settings.mail_contact))
    return screen.show(
        "pages/public/rules.html",
        cycle=rules,
        edition=rules.edition,
        articles=said_articles(written, screen.language),
        pdf=f"/reglement/{rules.code}/reglement.pdf",
        versions=f"/reglement/{rules.code}/versions",
    )


@router.get(RULES + "/reglement.pdf")
async def as_pdf(cycle_code: str, viewer: MaybeViewer, db: Db, settings: SettingsDep) -> Response:
    """The same articles to keep and to print, in French, which is the text that holds."""
    async with db.transaction() as session:
        rules = await _readable(session, cycle_code, viewer)
    pdf = await asyncio.to_thread(rules_document, rules.subject(settings.mail_contact))
    name = f'inline; filename="reglement-{rules.code.replace(":", "-")}.pdf"'
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": name})


@router.get(RULES + "/versions")
async def versions(cycle_code: str, viewer: MaybeViewer, db: Db, screen: Screen) -> Response:
    """Every public version of these rules, the latest first, with what each one changed."""
    async with db.transaction() as session:
        rules = await _readable(session, cycle_code, viewer)
        known = await public_versions(session, rules.template.code)
    changes = {
        newer.id: said_changes(compare(older.template, newer.template, rules.year), screen.language)
        for older, newer in pairwise(known)
    }
    return screen.show(
        "pages/public/rules_versions.html",
        cycle=rules,
        versions=tuple(reversed(known)),
        changes=changes,
    )


async def _readable(session: AsyncSession, code: str, viewer: Viewer | None) -> Rules:
    """The rules of a cycle, which anybody may read unless it is internal."""
    rules = await rules_of(session, code)
    if rules is None:
        raise NotFound
    if rules.level is Level.INTERNAL and not is_organiser_of(viewer, rules.cycle_id):
        knows = viewer is not None and await is_insider(session, rules.cycle_id, viewer.email)
        if not knows:
            raise NotFound
    return rules
