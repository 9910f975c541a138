"""Secrets of browsers, tokens of forms, and the headers of every answer."""

import hmac
import secrets
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from settings import Settings

SESSION_COOKIE = "session"
VISITOR_COOKIE = "visitor"
POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
A_YEAR = "max-age=31536000; includeSubDomains"


def new_secret() -> str:
    """A secret of 256 bits, as a cookie carries it."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """What is kept of a secret: enough to know it again, not to use it."""
    return sha256(secret.encode()).hexdigest()


def csrf_token(key: str, browser: str) -> str:
    """The token that our forms carry, good for one browser only."""
    return hmac.new(key.encode(), f"form:{browser}".encode(), sha256).hexdigest()


def is_ours(key: str, browser: str, token: str) -> bool:
    """Whether a form that came back is one that we gave to this browser."""
    expected = csrf_token(key, browser).encode()
    return bool(browser) and hmac.compare_digest(expected, token.encode())


class SecurityHeaders:
    """Adds to every answer what browsers need to be strict."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._headers = dict(HEADERS)
        if settings.base_url.startswith("https:"):
            self._headers["Strict-Transport-Security"] = A_YEAR

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers added."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
