"""The palmarès: the list of those published, and each of them; before its hour, only the hour."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, MaybeViewer, Screen
from api.errors import NotFound
from api.pages.public.documents import palmares_in
from api.pages.public.downloads import Version
from api.rights import knower_of
from domain.phases import Phase
from storage.reads.public import cycle_called, palmares_of, published_cycles

router = APIRouter()


@router.get("/palmares")
async def index(db: Db, screen: Screen) -> Response:
    """Every published palmarès, by year."""
    async with db.transaction() as session:
        cycles = await published_cycles(session)
    years = sorted({cycle.year for cycle in cycles}, reverse=True)
    by_year = [(year, [cycle for cycle in cycles if cycle.year == year]) for year in years]
    return screen.show("pages/public/palmares_index.html", years=by_year)


@router.get("/palmares/{cycle_code}/versions/{version}")
async def show_version(
    cycle_code: str, version: Version, viewer: MaybeViewer, db: Db, screen: Screen
) -> Response:
    """A version as it was published, kept once another one has replaced it."""
    async with db.transaction() as session:
        knower = knower_of(viewer)
        latest = await palmares_of(session, cycle_code, knower=knower)
        document = await palmares_of(session, cycle_code, version, knower)
    if latest is None or document is None:
        raise NotFound
    return screen.show(
        "pages/public/palmares.html",
        palmares=palmares_in(document),
        latest=palmares_in(latest),
    )


@router.get("/palmares/{cycle_code}")
async def show(cycle_code: str, viewer: MaybeViewer, db: Db, screen: Screen) -> Response:
    """The palmarès of a cycle, or the hour at which it will be read."""
    async with db.transaction() as session:
        document = await palmares_of(session, cycle_code, knower=knower_of(viewer))
        cycle = await cycle_called(session, cycle_code, knower_of(viewer))
    if document is not None:
        palmares = palmares_in(document)
        return screen.show("pages/public/palmares.html", palmares=palmares, latest=palmares)
    if cycle is None:
        raise NotFound
    return screen.show(
        "pages/public/palmares_later.html",
        404,
        cycle=cycle,
        is_cancelled=cycle.phase is Phase.CANCELLED,
    )
