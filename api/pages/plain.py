"""Pages that say the same to everybody, and the choice of a language."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from api.dependencies import Db, Screen, SettingsDep
from api.identity.paths import local_path
from api.screen import A_YEAR_SECONDS, LANGUAGE_COOKIE
from domain.edition import Retention
from domain.texts import Language
from storage.database import database_now

router = APIRouter()


@router.get("/language/{language}")
async def choose_language(language: Language, screen: Screen, next: str = "/") -> Response:  # noqa: A002  (the name in the address)
    """Remember the language, and go back to the page."""
    response = screen.go(local_path(next))
    screen.keep(response, LANGUAGE_COOKIE, language, A_YEAR_SECONDS)
    return response


@router.get("/health")
async def health(db: Db) -> Response:
    """Say that the pages and their database answer."""
    async with db.transaction() as session:
        await database_now(session)
    return PlainTextResponse("ok")


@router.get("/accessibilite")
async def accessibility(screen: Screen, settings: SettingsDep) -> Response:
    """Declare how accessible the service is, with the structure that the law gives."""
    return screen.show("pages/plain/accessibility.html", contact=settings.mail_contact)


@router.get("/donnees-personnelles")
async def personal_data(screen: Screen, settings: SettingsDep) -> Response:
    """Say what is kept of people, why, for how long, and what they may ask."""
    return screen.show(
        "pages/plain/personal_data.html", contact=settings.mail_contact, kept=Retention()
    )


@router.get("/contact")
async def contact(screen: Screen, settings: SettingsDep) -> Response:
    """Say where to write."""
    return screen.show("pages/plain/contact.html", contact=settings.mail_contact)
