"""The home page: what the trophies are, the open calls, the next dates, the last palmarès."""

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.public.documents import PublishedPalmares, palmares_in
from api.pages.public.steps import coming_dates
from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from
from domain.phases import Phase
from storage.editions import shipped_templates
from storage.reads.public import PublicCycle, cycles_under_way, palmares_of, published_cycles
from storage.templates import template_by_id

router = APIRouter()

DATES = 8


@router.get("/")
async def home(db: Db, screen: Screen) -> Response:
    """Say what the trophies are, and what one may do today."""
    async with db.transaction() as session:
        cycles = await cycles_under_way(session)
        template = await _template(session, cycles)
        palmares = await _last_palmares(session)
    return screen.show(
        "pages/public/home.html",
        calls=[cycle for cycle in cycles if cycle.phase is Phase.OPEN],
        dates=coming_dates(cycles, screen.now, DATES),
        awards=template,
        palmares=palmares,
    )


async def _template(session: AsyncSession, cycles: tuple[PublicCycle, ...]) -> EditionTemplate:
    """The template of a cycle under way, or the one that we ship, to say what is rewarded."""
    if cycles:
        return await template_by_id(session, cycles[0].template_id)
    return edition_from(shipped_templates()[0].document)


async def _last_palmares(session: AsyncSession) -> PublishedPalmares | None:
    latest = await published_cycles(session, most=1)
    document = await palmares_of(session, latest[0].code) if latest else None
    return palmares_in(document) if document else None
