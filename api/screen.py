"""What a page handler shows, or where it sends the reader next."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.responses import Response

from api.i18n import language_of, translate
from api.identity.viewer import Viewer
from api.rendering import Pages
from api.security import SESSION_COOKIE, VISITOR_COOKIE, csrf_token, fingerprint, new_secret
from domain.texts import Language
from settings import Settings
from storage.identity import SESSION_LASTS

LANGUAGE_COOKIE = "language"
FLASH_COOKIE = "flash"
FLASH_SECONDS = 60
A_YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Flash:
    """A sentence shown once, at the top of the next page."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """The viewer as the layout shows them."""

    name: str
    navigation: tuple[tuple[str, str], ...]


class Screen:
    """One answer to one person, in their language."""

    def __init__(self, request: Request, viewer: Viewer | None, now: datetime) -> None:
        self.request = request
        self.viewer = viewer
        self.now = now
        self._settings: Settings = request.app.state.settings
        self._pages: Pages = request.app.state.pages
        self._browser = browser_of(request)
        self._is_new_browser = not self._browser
        if self._is_new_browser:
            self._browser = new_secret()

    @property
    def language(self) -> Language:
        """The language chosen here, else that of the person, else that of the browser."""
        chosen = self.request.cookies.get(LANGUAGE_COOKIE)
        preferred = chosen or (self.viewer.language if self.viewer else None)
        return language_of(self.request.headers.get("accept-language"), preferred)

    @property
    def csrf_token(self) -> str:
        """The token that the forms of this answer carry."""
        return csrf_token(self._settings.secret_key.get_secret_value(), self._browser)

    @property
    def visitor(self) -> str:
        """What tells this browser from others, for what must look the same at each of its visits."""
        return self._browser

    def say(self, sentence: str, **facts: object) -> str:
        """Say a French sentence in the language of the reader."""
        return translate(self.language, sentence, **facts)

    def show(self, template: str, status: int = 200, **context: object) -> Response:
        """Show a page."""
        given: dict[str, object] = {
            "viewer": self._reader(),
            "csrf_token": self.csrf_token,
            "path": self.request.url.path,
            "flashes": self._flashes(),
            "now": self.now,
        }
        html = self._pages.render(template, self.language, **(given | context))
        response = HTMLResponse(html, status)
        if self._is_new_browser:
            self.keep(response, VISITOR_COOKIE, self._browser)
        if FLASH_COOKIE in self.request.cookies:
            response.delete_cookie(FLASH_COOKIE)
        return response

    def draw(self, template: str, **context: object) -> str:
        """Give a picture in the reader's language."""
        return self._pages.render(template, self.language, **context)

    def go(self, url: str, flash: str = "", kind: str = "success", **facts: object) -> Response:
        """Send the reader to another page, with a sentence to show there."""
        response = RedirectResponse(url, 303)
        if flash:
            said = self._signer.dumps([kind, self.say(flash, **facts)])
            self.keep(response, FLASH_COOKIE, str(said), FLASH_SECONDS)
        return response

    def keep(self, response: Response, name: str, value: str, seconds: int | None = None) -> None:
        """Have the browser remember something that scripts cannot read, until it closes or for so long."""
        secure = self._settings.base_url.startswith("https:")
        response.set_cookie(
            name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure
        )

    def keep_session(self, response: Response, secret: str) -> None:
        """Have the browser come back as the person who just came in."""
        self.keep(response, SESSION_COOKIE, secret, int(SESSION_LASTS.total_seconds()))

    def forget_session(self, response: Response) -> None:
        """Have the browser come back as nobody."""
        response.delete_cookie(SESSION_COOKIE)

    @property
    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._settings.secret_key.get_secret_value(), "flash")

    def _flashes(self) -> tuple[Flash, ...]:
        kept = self.request.cookies.get(FLASH_COOKIE)
        if not kept:
            return ()
        try:
            kind, text = self._signer.loads(kept, max_age=FLASH_SECONDS)
        except (BadData, ValueError, TypeError):
            return ()
        return (Flash(str(kind), str(text)),)

    def _reader(self) -> Reader | None:
        if self.viewer is None:
            return None
        links = tuple((url, self.say(label)) for url, label in self.viewer.navigation)
        return Reader(self.viewer.name or self.viewer.email, links)


def browser_of(request: Request) -> str:
    """What tells this browser from others: its session, else its visit; empty when new."""
    secret = request.cookies.get(SESSION_COOKIE)
    return fingerprint(secret) if secret else request.cookies.get(VISITOR_COOKIE, "")
