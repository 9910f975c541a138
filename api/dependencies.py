"""What a page handler asks for, by the type of its arguments."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from api.engine import Engine
from api.errors import SignInNeeded
from api.identity.current import viewer_of
from api.identity.viewer import Viewer
from api.posted import PostedForm, checked_form
from api.screen import Screen as TheScreen
from api.screen import browser_of
from settings import Settings
from storage.database import Database

__all__ = [
    "Asking",
    "Db",
    "Form",
    "MaybeViewer",
    "Now",
    "Screen",
    "SettingsDep",
    "SignedInViewer",
    "Viewer",
    "form_of",
]


# Each is a coroutine although it waits for nothing: a plain function would visit a thread and come back.


async def _settings(request: Request) -> Settings:
    return request.app.state.settings


async def _database(request: Request) -> Database:
    return request.app.state.database


async def _engine(request: Request) -> Engine:
    return request.app.state.engine


async def _now(request: Request) -> datetime:
    return request.app.state.clock()


SettingsDep = Annotated[Settings, Depends(_settings)]
Db = Annotated[Database, Depends(_database)]
Asking = Annotated[Engine, Depends(_engine)]
Now = Annotated[datetime, Depends(_now)]


async def _maybe_viewer(request: Request) -> Viewer | None:
    return await viewer_of(request)


MaybeViewer = Annotated[Viewer | None, Depends(_maybe_viewer)]


async def _signed_in_viewer(viewer: MaybeViewer) -> Viewer:
    if viewer is None:
        raise SignInNeeded
    return viewer


async def _screen(request: Request, viewer: MaybeViewer, now: Now) -> TheScreen:
    return TheScreen(request, viewer, now)


async def form_of(request: Request, settings: SettingsDep) -> PostedForm:
    """The form of a request, if it is one that we gave to this browser."""
    return await checked_form(request, settings.secret_key.get_secret_value(), browser_of(request))


SignedInViewer = Annotated[Viewer, Depends(_signed_in_viewer)]
Screen = Annotated[TheScreen, Depends(_screen)]
Form = Annotated[PostedForm, Depends(form_of)]
