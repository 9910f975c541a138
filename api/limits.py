"""How much a request may carry."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooLarge

FORM_BYTES = 30_000_000
JSON_BYTES = 1_000_000
# A browser that is cut while it still sends shows its own error, not our sentence.
READ_AND_THROWN_AWAY = 60_000_000


class BodyLimit:
    """Stops reading a body that is too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, which meets TooLarge when it reads too much."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = JSON_BYTES if scope["path"].startswith("/api/") else FORM_BYTES
        read = 0

        async def receive_within_limit() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                await _throw_away(receive, message)
                raise TooLarge(limit)
            return message

        if _declared(scope) > limit:
            await self._app(scope, _refusing(receive, limit), send)
        else:
            await self._app(scope, receive_within_limit, send)


def _refusing(receive: Receive, limit: int) -> Receive:
    async def refuse() -> Message:
        await _throw_away(receive, await receive())
        raise TooLarge(limit)

    return refuse


async def _throw_away(receive: Receive, message: Message) -> None:
    thrown = 0
    while message.get("more_body") and thrown < READ_AND_THROWN_AWAY:
        message = await receive()
        thrown += len(message.get("body", b""))


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
