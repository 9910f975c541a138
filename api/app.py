"""The FastAPI application: its parts, opened and closed together."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from importlib.util import find_spec

import structlog
from fastapi import FastAPI

from api.clock import Clock, system_clock
from api.engine import Engine
from api.error_pages import answer_errors
from api.last_resort import LastResort
from api.limits import BodyLimit
from api.rendering import STATIC, Pages
from api.security import SecurityHeaders
from api.static_files import LongLivedFiles
from api.temporal_client import client_for
from settings import Settings
from settings import settings as environment_settings
from storage.database import Database

log = structlog.get_logger()
AREAS = (
    "api.pages.plain",
    "api.pages.sign_in",
    "api.pages.public",
    "api.pages.applications",
    "api.pages.jury",
    "api.pages.organiser",
    "api.pages.my_space",
    "api.rest",
)


def create_app(settings: Settings | None = None, clock: Clock = system_clock) -> FastAPI:
    """The application, with the settings of the environment unless given others."""
    chosen = settings or environment_settings()
    app = FastAPI(
        title="Trophées de l'insertion",
        lifespan=_open_parts,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.settings = chosen
    app.state.clock = clock
    app.state.pages = Pages()
    app.mount("/static", LongLivedFiles(directory=STATIC), name="static")
    for area in filter(find_spec, AREAS):
        _include(app, area)
    answer_errors(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders, settings=chosen)
    return app


def _include(app: FastAPI, area: str) -> None:
    # While areas are being written by several hands, one that does not import yet stops nobody.
    try:
        app.include_router(
            import_module(area).router, include_in_schema=area.startswith("api.rest")
        )
    except (ImportError, AttributeError, SyntaxError) as error:
        log.warning("area_left_out", area=area, problem=repr(error))


def _open_parts(app: FastAPI) -> AbstractAsyncContextManager[None]:
    return _parts(app, app.state.settings)


@asynccontextmanager
async def _parts(app: FastAPI, settings: Settings) -> AsyncGenerator[None]:
    """Open what the pages need; Temporal is reached at the first question, so it may be late."""
    app.state.engine = Engine(await client_for(settings))
    app.state.database = Database(settings.database_url, connections=settings.database_connections)
    try:
        yield
    finally:
        await app.state.database.close()
