"""Pages that say the same to everybody, and the choice of a language."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from api.dependencies import Db, Screen
from api.identity.paths import local_path
from api.screen import LANGUAGE_COOKIE
from domain.texts import Language
from storage.database import database_now

router = APIRouter()


@router.get("/language/{language}")
async def choose_language(language: Language, screen: Screen, next: str = "/") -> Response:  # noqa: A002  (the name in the address)
    """Remember the language, and go back to the page."""
    response = screen.go(local_path(next))
    screen.keep(response, LANGUAGE_COOKIE, language)
    return response


@router.get("/health")
async def health(db: Db) -> Response:
    """Say that the pages and their database answer."""
    async with db.transaction() as session:
        await database_now(session)
    return PlainTextResponse("ok")
