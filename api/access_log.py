"""A line for each request: which route, on which things, with which outcome, in how long."""

import re
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()
AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Asked by machines, every second or in bunches.
UNSAID = ("/static/", "/health")
PROGRAMS = "/api/v1"


class AccessLog:
    """Says what was answered; never the address as it was asked, which may hold a secret or a name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, and write down what it answered."""
        if scope["type"] != "http" or scope["path"].startswith(UNSAID):
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def notice_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, notice_status)
        finally:
            log.info(
                "answered",
                method=scope["method"],
                route=route_of(scope),
                status=status,
                milliseconds=round((time.perf_counter() - began) * 1000, 1),
                **_ids(scope),
            )


def route_of(scope: Scope) -> str:
    """The route that answers, with names where the address has values; nothing when there is none."""
    route: str = getattr(scope.get("route"), "path", "")
    # A route that was included knows the rest of its path only.
    is_inner = scope["path"].startswith(PROGRAMS) and not route.startswith(PROGRAMS)
    return PROGRAMS + route if route and is_inner else route


def _ids(scope: Scope) -> dict[str, str]:
    """The things that the address names, when it names them by an id."""
    return {
        name: str(value)
        for name, value in scope.get("path_params", {}).items()
        if AN_ID.fullmatch(str(value))
    }
