"""Sessions of browsers: opened by a link, closed by their owner."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from api.screen import LANGUAGE_COOKIE, Screen
from api.security import SESSION_COOKIE, fingerprint, new_secret
from storage.identity import LONGEST_NAME, close_session, know_better, open_session
from storage.login_links import use_link


async def welcome(
    session: AsyncSession, link_id: UUID | None, name: str, screen: Screen
) -> str | None:
    """Use the link and open a session: the secret for the browser, or none if the link is spent."""
    person_id = await use_link(session, link_id, screen.now) if link_id else None
    if person_id is None:
        return None
    has_chosen = LANGUAGE_COOKIE in screen.request.cookies
    await know_better(
        session,
        person_id,
        name=" ".join(name.split())[:LONGEST_NAME],
        language=screen.language if has_chosen else "",
    )
    secret = new_secret()
    await open_session(session, person_id, fingerprint(secret), screen.now)
    return secret


async def forget_browser(session: AsyncSession, request: Request) -> None:
    """Close the session of this browser, if it has one."""
    secret = request.cookies.get(SESSION_COOKIE)
    if secret:
        await close_session(session, fingerprint(secret))
