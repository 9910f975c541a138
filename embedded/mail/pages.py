"""The mailbox on the web: a list, a letter, and the same as JSON for programs."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from embedded.mail.letters import Letter, Summary
from embedded.mail.store import Store

HERE = Path(__file__).parent / "pages"
MOST_SHOWN = 500

OWN_PAGE = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
)
# A letter may colour itself and show the pictures that it carries; it may run and fetch nothing.
LETTER_PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)

# A page opened inside the frame would be locked in the frame's sandbox.
HEAD = re.compile(r"<head\b[^>]*>|^(?!.*<head\b)", re.IGNORECASE | re.DOTALL)
BESIDE = '<base target="_blank">'

templates = Jinja2Templates(HERE)


def create_mailbox(store: Store) -> Starlette:
    """The web application that shows a store."""
    app = Starlette(
        routes=[
            Route("/health", show_health),
            Route("/", show_list),
            Route("/messages/{name}", show_letter),
            Route("/messages/{name}/html", show_html),
            Route("/messages/{name}/raw", show_raw),
            Route("/mailbox.css", show_style),
            Route("/api/messages", list_messages),
            Route("/api/messages/{name}", read_message),
        ]
    )
    app.state.store = store
    return app


async def show_health(_request: Request) -> Response:
    """Answer that the mailbox is there."""
    return PlainTextResponse("ok")


async def show_list(request: Request) -> Response:
    """Show the newest letters, to a receiver if one is asked for."""
    receiver = request.query_params.get("to", "")
    newest = _store(request).newest(receiver)
    context = {"letters": newest[:MOST_SHOWN], "count": len(newest), "to": receiver}
    return _own_page(templates.TemplateResponse(request, "list.html", context))


async def show_letter(request: Request) -> Response:
    """Show one letter."""
    context = {"letter": _found(request)}
    return _own_page(templates.TemplateResponse(request, "letter.html", context))


async def show_html(request: Request) -> Response:
    """Show the HTML of a letter, which can run and fetch nothing; its links open beside it."""
    html = HEAD.sub(rf"\g<0>{BESIDE}", _found(request).html, count=1)
    return HTMLResponse(html, headers={"Content-Security-Policy": LETTER_PAGE})


async def show_raw(request: Request) -> Response:
    """Show the bytes of a letter, as text."""
    headers = {"X-Content-Type-Options": "nosniff"}
    return PlainTextResponse(_found(request).raw, headers=headers)


async def show_style(_request: Request) -> Response:
    """The style of these pages."""
    return FileResponse(HERE / "mailbox.css", media_type="text/css")


async def list_messages(request: Request) -> Response:
    """Every letter, newest first, to a receiver if one is asked for."""
    newest = _store(request).newest(request.query_params.get("to", ""))
    return JSONResponse([_document(summary) for summary in newest])


async def read_message(request: Request) -> Response:
    """One letter with its texts."""
    letter = _found(request)
    texts = {"text": letter.text, "html": letter.html}
    more = {"headers": letter.headers, "attachments": letter.attachments}
    return JSONResponse(_document(letter.summary) | texts | more)


def _document(summary: Summary) -> dict[str, Any]:
    return asdict(summary) | {"received_at": summary.received_at.isoformat()}


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _found(request: Request) -> Letter:
    if letter := _store(request).find(str(request.path_params["name"])):
        return letter
    raise HTTPException(404, "There is no such letter.")


def _own_page(page: Response) -> Response:
    page.headers["Content-Security-Policy"] = OWN_PAGE
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
