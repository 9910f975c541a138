"""The FastAPI application: its parts, opened and closed together."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from activities.registry import registry_at
from api import rest
from api.access_log import AccessLog
from api.clock import Clock, system_clock
from api.engine import Engine
from api.error_pages import answer_errors
from api.head import HeadIsGet
from api.last_resort import LastResort
from api.limits import BodyLimit
from api.pages import (
    applications,
    edition_picture,
    edition_rules,
    jury,
    my_data,
    my_space,
    organiser,
    partnerships,
    plain,
    public,
    sign_in,
)
from api.pages.charter import alerts as charter_alerts
from api.pages.charter import company as charter_company
from api.pages.charter import organiser as charter_organiser
from api.pages.charter import public as charter_public
from api.pages.charter import report as charter_report
from api.rendering import STATIC, Pages
from api.security import SecurityHeaders
from api.static_files import LongLivedFiles
from api.temporal_client import client_for
from logs import configure_engine_logs, configure_logs
from settings import Settings
from settings import settings as environment_settings
from storage.database import Database

AREAS = (
    plain,
    sign_in,
    public,
    applications,
    partnerships,
    jury,
    charter_company,
    charter_report,
    charter_public,
    # Before the organiser's own pages, for whom « charte » would be the code of a cycle.
    charter_organiser,
    charter_alerts,
    edition_picture,
    edition_rules,
    organiser,
    my_space,
    my_data,
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
    for area in AREAS:
        app.include_router(area.router, include_in_schema=False)
    app.include_router(rest.router)
    answer_errors(app)
    app.add_middleware(HeadIsGet)
    app.add_middleware(BodyLimit)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders, settings=chosen)
    app.add_middleware(AccessLog)
    return app


def served() -> FastAPI:
    """The application as a server runs it, with its logs set."""
    settings = environment_settings()
    configure_logs(settings)
    configure_engine_logs()
    return create_app(settings)


def _open_parts(app: FastAPI) -> AbstractAsyncContextManager[None]:
    return _parts(app, app.state.settings)


@asynccontextmanager
async def _parts(app: FastAPI, settings: Settings) -> AsyncGenerator[None]:
    """Open what the pages need; Temporal is reached at the first question, so it may be late."""
    database = Database(settings.database_url, connections=settings.database_connections)
    app.state.database = database
    app.state.engine = Engine(await client_for(settings), database)
    try:
        yield
    finally:
        await registry_at(settings.registry_url).close()
        await database.close()
