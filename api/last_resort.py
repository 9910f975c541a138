"""What nobody foresaw: kept in the log under a reference, said to the person without details."""

import traceback
from uuid import uuid4

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access_log import route_of
from api.error_pages import PROGRAMS, error_page
from api.faults import FAULTS
from api.problems import problem
from storage.database import is_momentary

log = structlog.get_logger()


class LastResort:
    """Answers for the application when it fails."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or say that it failed."""
        started = False

        async def notice_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, notice_start)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            reference = uuid4().hex[:12]
            _write_down(error, reference, scope)
            request = Request(scope, receive)
            fault = FAULTS[503 if is_momentary(error) else 500]
            if scope["path"].startswith(PROGRAMS):
                answer = problem(request, fault, reference=reference)
            else:
                answer = await error_page(request, fault, {}, reference)
            if fault.retry_after:
                answer.headers["Retry-After"] = str(fault.retry_after)
            await answer(scope, receive, send)


def _write_down(error: Exception, reference: str, scope: Scope) -> None:
    # In production where it failed, never with what: messages of exceptions quote what people typed.
    is_development = scope["app"].state.settings.is_development
    log.error(
        "request_failed",
        said="".join(traceback.format_exception_only(error)).strip() if is_development else "",
        reference=reference,
        kind=type(error).__qualname__,
        method=scope["method"],
        route=route_of(scope),
        at=[line.strip() for line in traceback.format_tb(error.__traceback__)[-6:]],
    )
